import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call, type CallOptions } from "./api";
import {
  keys,
  type AuditInput,
  type ChangeListInput,
  type CycleListInput,
  type DecisionInput,
  type EntityListInput,
  type EntityMergeInput,
  type GraphInput,
  type MemoryListInput,
  type MergeInput,
  type MergeListInput,
  type MetricsRange,
  type ProposalListInput,
  type RecallInput,
  type RequestsInput,
  type RetrievalListInput,
  type RevertInput,
  type SignalListInput,
} from "./keys";
import { sharedRows } from "./shared-rows";

/** One options object per question; pages, prefetches and invalidations all use it. Lists come in windows, page by cursor. */

const WINDOW_ROWS = 200;
const WATCHED_MS = 4000;
const DEFAULT_POINTS = 300;
const FIRST_PAGE: string | null = null;

interface Paged {
  readonly nextCursor: string | null;
}

const paging = {
  initialPageParam: FIRST_PAGE,
  getNextPageParam: (last: Paged) => last.nextCursor,
  placeholderData: keepPreviousData,
  structuralSharing: sharedRows,
};

/** Keeps an input as it is on the first page and adds the cursor on the others. */
function page<Input extends object>(input: Input, cursor: string | null) {
  return { limit: WINDOW_ROWS, ...input, ...(cursor === null ? {} : { cursor }) };
}

/** How the matches divide is told with the first window and is the same for the others. */
function firstFacets({ facets, ...input }: MemoryListInput, cursor: string | null): MemoryListInput {
  return cursor === null && facets !== undefined ? { ...input, facets } : input;
}

/** One window of a list that is long, for whoever needs no other. */
export const windowsOf = {
  memories: (input: MemoryListInput, cursor: string | null, options?: CallOptions) =>
    call("memories.list", { query: page(firstFacets(input, cursor), cursor) }, options),
  changes: (input: ChangeListInput, cursor: string | null, options?: CallOptions) =>
    call("changes.list", { query: page(input, cursor) }, options),
};

export const queries = {
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
  /** Reported outcomes, each with all that it moved. */
  signals: (input: SignalListInput) =>
    infiniteQueryOptions({
      ...paging,
      queryKey: keys.signals.list(input),
      queryFn: ({ pageParam, signal }) => call("signals.list", { query: page(input, pageParam) }, { signal }),
    }),
  /** The real revert, thrown away: what would change, and which queries would move. */
  revertPreview: (input: RevertInput) =>
    queryOptions({
      queryKey: keys.previews.revert(input),
      queryFn: ({ signal }) => call("reverts.create", { body: { ...input, dryRun: true } }, { signal }),
      staleTime: 0,
    }),
  /** Reverts that go on beside their requests, and those that ended lately. */
  revertJobs: () =>
    queryOptions({
      queryKey: keys.reverts.jobs,
      queryFn: ({ signal }) => call("reverts.list", {}, { signal }),
    }),
  mergePreview: (input: MergeInput) =>
    queryOptions({
      queryKey: keys.previews.merge(input),
      queryFn: ({ signal }) => call("merges.create", { body: { ...input, dryRun: true } }, { signal }),
      staleTime: 0,
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
  /** The real join, thrown away: what would change, and which queries would move. */
  entityMergePreview: (input: EntityMergeInput) =>
    queryOptions({
      queryKey: keys.previews.entityMerge(input),
      queryFn: ({ signal }) => call("entities.merge", { body: { ...input, dryRun: true } }, { signal }),
      staleTime: 0,
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
  /** The real decision, thrown away: what approving these would change, and which queries would move. */
  decisionPreview: (cycleId: string, input: DecisionInput) =>
    queryOptions({
      queryKey: keys.previews.decision(cycleId, input),
      queryFn: ({ signal }) =>
        call("proposals.decide", { params: { id: cycleId }, body: { ...input, dryRun: true } }, { signal }),
      staleTime: 0,
    }),
  overview: (range: MetricsRange) =>
    queryOptions({
      queryKey: keys.metrics.overview(range),
      queryFn: ({ signal }) => call("metrics.overview", { query: range }, { signal }),
      placeholderData: keepPreviousData,
    }),
  learning: (range: MetricsRange) =>
    queryOptions({
      queryKey: keys.metrics.learning(range),
      queryFn: ({ signal }) => call("metrics.learning", { query: range }, { signal }),
      placeholderData: keepPreviousData,
    }),
  quality: (range: MetricsRange) =>
    queryOptions({
      queryKey: keys.metrics.quality(range),
      queryFn: ({ signal }) => call("metrics.quality", { query: range }, { signal }),
      placeholderData: keepPreviousData,
    }),
  calibration: (range: MetricsRange) =>
    queryOptions({
      queryKey: keys.metrics.calibration(range),
      queryFn: ({ signal }) => call("metrics.calibration", { query: range }, { signal }),
      placeholderData: keepPreviousData,
    }),
  diagnosis: (range: MetricsRange) =>
    queryOptions({
      queryKey: keys.metrics.diagnosis(range),
      queryFn: ({ signal }) => call("metrics.diagnosis", { query: range }, { signal }),
      placeholderData: keepPreviousData,
    }),
  safety: () =>
    queryOptions({
      queryKey: keys.metrics.safety,
      queryFn: ({ signal }) => call("metrics.safety", {}, { signal }),
    }),
  cost: () =>
    queryOptions({
      queryKey: keys.metrics.cost,
      queryFn: ({ signal }) => call("metrics.cost", {}, { signal }),
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
