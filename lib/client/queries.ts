import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "./api";
import {
  keys,
  type AuditInput,
  type ChangeListInput,
  type CycleListInput,
  type EntityListInput,
  type GraphInput,
  type MemoryListInput,
  type MergeListInput,
  type ProposalListInput,
  type RecallInput,
  type RequestsInput,
  type RetrievalListInput,
  type SignalListInput,
  type TestQuestionListInput,
} from "./keys";
import { metricQueries } from "./metric-queries";
import { page, paging, windowsOf } from "./paging";
import { previewQueries } from "./preview-queries";

/** One options object per question; pages, prefetches and invalidations all use it. Lists come in windows, page by cursor. */

const WATCHED_MS = 4000;
const DEFAULT_POINTS = 300;

export const queries = {
  ...previewQueries,
  ...metricQueries,
  memories: (input: MemoryListInput) =>
    infiniteQueryOptions({
      ...paging,
      queryKey: keys.memories.list(input),
      queryFn: ({ pageParam, signal }) => windowsOf.memories(input, pageParam, { signal }),
    }),
  memory: (id: string) =>
    queryOptions({
      queryKey: keys.memories.detail(id),
      queryFn: ({ signal }) => call("memories.get", { params: { id } }, { signal }),
    }),
  memoryHistory: (id: string) =>
    infiniteQueryOptions({
      ...paging,
      queryKey: keys.memories.history(id),
      queryFn: ({ pageParam, signal }) =>
        call("memories.history", { params: { id }, query: page({}, pageParam) }, { signal }),
    }),
  memoryConfidence: (id: string, points = DEFAULT_POINTS) =>
    queryOptions({
      queryKey: keys.memories.confidence(id, points),
      queryFn: ({ signal }) => call("memories.confidence", { params: { id }, query: { points } }, { signal }),
    }),
  /** A recall for looking: it is not logged and moves nothing. */
  recallPreview: (input: RecallInput) =>
    queryOptions({
      queryKey: keys.recalls.look(input),
      queryFn: ({ signal }) => call("recall", { body: { ...input, dryRun: true } }, { signal }),
      placeholderData: keepPreviousData,
    }),
  retrievals: (input: RetrievalListInput) =>
    infiniteQueryOptions({
      ...paging,
      queryKey: keys.retrievals.list(input),
      queryFn: ({ pageParam, signal }) =>
        call("retrievals.list", { query: page(input, pageParam) }, { signal }),
    }),
  retrieval: (id: string) =>
    queryOptions({
      queryKey: keys.retrievals.detail(id),
      queryFn: ({ signal }) => call("retrievals.get", { params: { id } }, { signal }),
    }),
  changes: (input: ChangeListInput) =>
    infiniteQueryOptions({
      ...paging,
      queryKey: keys.changes.list(input),
      queryFn: ({ pageParam, signal }) => windowsOf.changes(input, pageParam, { signal }),
    }),
  newestChange: () =>
    queryOptions({
      queryKey: keys.changes.newest,
      queryFn: async ({ signal }) =>
        (await call("changes.list", { query: { limit: 1 } }, { signal })).items[0] ?? null,
    }),
  change: (id: string) =>
    queryOptions({
      queryKey: keys.changes.detail(id),
      queryFn: ({ signal }) => call("changes.get", { params: { id } }, { signal }),
    }),
  testQuestions: (input: TestQuestionListInput) =>
    infiniteQueryOptions({
      ...paging,
      queryKey: keys.testQuestions.list(input),
      queryFn: ({ pageParam, signal }) =>
        call("testQuestions.list", { query: page(input, pageParam) }, { signal }),
    }),
  /** Reported outcomes, each with all that it moved. */
  signals: (input: SignalListInput) =>
    infiniteQueryOptions({
      ...paging,
      queryKey: keys.signals.list(input),
      queryFn: ({ pageParam, signal }) => call("signals.list", { query: page(input, pageParam) }, { signal }),
    }),
  /** Reverts that go on beside their requests, and those that ended lately. */
  revertJobs: () =>
    queryOptions({
      queryKey: keys.reverts.jobs,
      queryFn: ({ signal }) => call("reverts.list", {}, { signal }),
    }),
  merges: (input: MergeListInput) =>
    infiniteQueryOptions({
      ...paging,
      queryKey: keys.merges.list(input),
      queryFn: ({ pageParam, signal }) => call("merges.list", { query: page(input, pageParam) }, { signal }),
    }),
  /** The surroundings of an entity, the way between two, what a cycle did, or the map. */
  graph: (input: GraphInput) =>
    queryOptions({
      queryKey: keys.graph.view(input),
      queryFn: ({ signal }) => call("graph.get", { query: input }, { signal }),
      placeholderData: keepPreviousData,
    }),
  entities: (input: EntityListInput) =>
    queryOptions({
      queryKey: keys.graph.entities(input),
      queryFn: ({ signal }) => call("entities.list", { query: input }, { signal }),
      placeholderData: keepPreviousData,
    }),
  entity: (id: string) =>
    queryOptions({
      queryKey: keys.graph.entity(id),
      queryFn: ({ signal }) => call("entities.get", { params: { id } }, { signal }),
    }),
  parameters: () =>
    queryOptions({
      queryKey: keys.parameters.all,
      queryFn: ({ signal }) => call("parameters.list", {}, { signal }),
    }),
  cycles: (input: CycleListInput) =>
    infiniteQueryOptions({
      ...paging,
      queryKey: keys.cycles.list(input),
      queryFn: ({ pageParam, signal }) => call("cycles.list", { query: page(input, pageParam) }, { signal }),
    }),
  cycle: (id: string) =>
    queryOptions({
      queryKey: keys.cycles.detail(id),
      queryFn: ({ signal }) => call("cycles.get", { params: { id } }, { signal }),
    }),
  /** The review queue over all cycles. */
  proposals: (input: ProposalListInput) =>
    infiniteQueryOptions({
      ...paging,
      queryKey: keys.cycles.proposals(input),
      queryFn: ({ pageParam, signal }) =>
        call("proposals.list", { query: page(input, pageParam) }, { signal }),
    }),
  apiKeys: () =>
    queryOptions({ queryKey: keys.apiKeys.all, queryFn: ({ signal }) => call("keys.list", {}, { signal }) }),
  workspaces: () =>
    queryOptions({
      queryKey: keys.workspaces.all,
      queryFn: ({ signal }) => call("workspaces.list", {}, { signal }),
    }),
  people: () =>
    queryOptions({
      queryKey: keys.people.all,
      queryFn: ({ signal }) => call("people.list", {}, { signal }),
    }),
  /** One's own browsers that are signed in. */
  sessions: () =>
    queryOptions({
      queryKey: keys.account.sessions,
      queryFn: ({ signal }) => call("sessions.list", {}, { signal }),
    }),
  /** No event tells of a request, so it is asked for again while somebody looks. */
  requests: (input: RequestsInput) =>
    queryOptions({
      queryKey: keys.requests(input),
      queryFn: ({ signal }) => call("requests.list", { query: input }, { signal }),
      refetchInterval: WATCHED_MS,
    }),
  audit: (input: AuditInput) =>
    infiniteQueryOptions({
      ...paging,
      queryKey: keys.audit.list(input),
      queryFn: ({ pageParam, signal }) => call("audit.list", { query: page(input, pageParam) }, { signal }),
    }),
  webhooks: () =>
    queryOptions({
      queryKey: keys.webhooks.list,
      queryFn: ({ signal }) => call("webhooks.list", {}, { signal }),
    }),
  deliveries: (id: string) =>
    infiniteQueryOptions({
      ...paging,
      queryKey: keys.webhooks.deliveries(id),
      queryFn: ({ pageParam, signal }) =>
        call("webhooks.deliveries", { params: { id }, query: page({ limit: 20 }, pageParam) }, { signal }),
    }),
  models: () =>
    queryOptions({
      queryKey: keys.models.all,
      queryFn: ({ signal }) => call("models.list", {}, { signal }),
    }),
  backups: () =>
    queryOptions({
      queryKey: keys.backups.all,
      queryFn: ({ signal }) => call("backups.list", {}, { signal }),
    }),
  session: () =>
    queryOptions({ queryKey: keys.session, queryFn: ({ signal }) => call("sessions.get", {}, { signal }) }),
  /** Recomputes the whole chain: asked for by a button, never by a mount. */
  verification: () =>
    queryOptions({
      queryKey: keys.verification,
      queryFn: ({ signal }) => call("verify", {}, { signal }),
      enabled: false,
    }),
};
