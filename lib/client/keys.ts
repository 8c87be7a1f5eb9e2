import type { CallInput, ClientOperationId } from "./api";

/**
 * Query keys as a ladder: a rung holds all below it, so an invalidation names a rung. `memories.all` covers every list and
 * every single memory; `memories.one(id)` covers one memory with its history and its confidence.
 */

type QueryOf<Id extends ClientOperationId> =
  CallInput<Id> extends { readonly query?: infer Query } ? Query : never;

export type MemoryListInput = NonNullable<QueryOf<"memories.list">>;
export type RetrievalListInput = NonNullable<QueryOf<"retrievals.list">>;
export type ChangeListInput = NonNullable<QueryOf<"changes.list">>;
export type SignalListInput = NonNullable<QueryOf<"signals.list">>;
export type TestQuestionListInput = NonNullable<QueryOf<"testQuestions.list">>;
export type MergeListInput = NonNullable<QueryOf<"merges.list">>;
export type CycleListInput = NonNullable<QueryOf<"cycles.list">>;
export type ProposalListInput = NonNullable<QueryOf<"proposals.list">>;
export type GraphInput = NonNullable<QueryOf<"graph.get">>;
export type EntityListInput = NonNullable<QueryOf<"entities.list">>;
export type MetricsRange = NonNullable<QueryOf<"metrics.overview">>;
export type RecallInput = CallInput<"recall">["body"];
export type RevertInput = CallInput<"reverts.create">["body"];
export type StartRevertInput = CallInput<"reverts.start">["body"];
export type DecisionInput = CallInput<"proposals.decide">["body"];
export type MergeInput = CallInput<"merges.create">["body"];
export type EntityMergeInput = CallInput<"entities.merge">["body"];

export type AuditInput = NonNullable<QueryOf<"audit.list">>;
export type RequestsInput = NonNullable<QueryOf<"requests.list">>;

export const keys = {
  memories: {
    all: ["memories"],
    lists: ["memories", "list"],
    list: (input: MemoryListInput) => ["memories", "list", input],
    one: (id: string) => ["memories", "one", id],
    detail: (id: string) => ["memories", "one", id, "detail"],
    history: (id: string) => ["memories", "one", id, "history"],
    confidence: (id: string, points: number) => ["memories", "one", id, "confidence", points],
  },
  recalls: {
    all: ["recalls"],
    look: (input: RecallInput) => ["recalls", "look", input],
  },
  retrievals: {
    all: ["retrievals"],
    list: (input: RetrievalListInput) => ["retrievals", "list", input],
    detail: (id: string) => ["retrievals", "one", id],
  },
  changes: {
    all: ["changes"],
    list: (input: ChangeListInput) => ["changes", "list", input],
    newest: ["changes", "newest"],
    detail: (id: string) => ["changes", "one", id],
  },
  signals: {
    all: ["signals"],
    list: (input: SignalListInput) => ["signals", "list", input],
  },
  testQuestions: {
    all: ["testQuestions"],
    list: (input: TestQuestionListInput) => ["testQuestions", "list", input],
  },
  previews: {
    all: ["previews"],
    revert: (input: RevertInput) => ["previews", "revert", input],
    merge: (input: MergeInput) => ["previews", "merge", input],
    entityMerge: (input: EntityMergeInput) => ["previews", "entityMerge", input],
    decision: (cycleId: string, input: DecisionInput) => ["previews", "decision", cycleId, input],
  },
  reverts: { jobs: ["reverts", "jobs"] },
  merges: {
    all: ["merges"],
    list: (input: MergeListInput) => ["merges", "list", input],
  },
  cycles: {
    all: ["cycles"],
    list: (input: CycleListInput) => ["cycles", "list", input],
    detail: (id: string) => ["cycles", "one", id],
    proposals: (input: ProposalListInput) => ["cycles", "proposals", input],
  },
  graph: {
    all: ["graph"],
    view: (input: GraphInput) => ["graph", "view", input],
    entities: (input: EntityListInput) => ["graph", "entities", input],
    entity: (id: string) => ["graph", "entity", id],
  },
  parameters: { all: ["parameters"] },
  metrics: {
    all: ["metrics"],
    overview: (range: MetricsRange) => ["metrics", "overview", range],
    learning: (range: MetricsRange) => ["metrics", "learning", range],
    quality: (range: MetricsRange) => ["metrics", "quality", range],
    calibration: (range: MetricsRange) => ["metrics", "calibration", range],
    diagnosis: (range: MetricsRange) => ["metrics", "diagnosis", range],
    safety: ["metrics", "safety"],
    cost: ["metrics", "cost"],
  },
  apiKeys: { all: ["apiKeys"] },
  workspaces: { all: ["workspaces"] },
  people: { all: ["people"] },
  account: { all: ["account"], sessions: ["account", "sessions"], own: ["account", "own"] },
  audit: { all: ["audit"], list: (input: AuditInput) => ["audit", "list", input] },
  requests: (input: RequestsInput) => ["requests", input],
  webhooks: {
    all: ["webhooks"],
    list: ["webhooks", "list"],
    deliveries: (id: string) => ["webhooks", "one", id, "deliveries"],
  },
  models: { all: ["models"] },
  backups: { all: ["backups"] },
  session: ["session"],
  verification: ["verification"],
} as const;

/** What any change of the ledger may move: everything that is read from its projection. */
export const ledgerRungs = [
  keys.memories.all,
  keys.recalls.all,
  keys.changes.all,
  keys.signals.all,
  // Their grades count for what memories were merged into, and cannot be met while a memory is gone.
  keys.testQuestions.all,
  keys.previews.all,
  keys.merges.all,
  keys.cycles.all,
  keys.graph.all,
  keys.metrics.all,
  keys.verification,
] as const;
