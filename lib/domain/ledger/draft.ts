import type { Change, Draft, EdgeEnds, EntityNamed, MergePayload, Payloads, Support, Target } from "./change";
import type {
  ChangeId,
  EdgeId,
  EntityId,
  MemoryId,
  QuestionId,
  RelationId,
  WorkspaceId,
} from "@/lib/domain/ids";

/** What every draft carries beside its op: its own id, on whose behalf and why, its group, and the handles for a mass revert. */
export type DraftHead = Pick<
  Draft,
  "id" | "actor" | "cause" | "groupId" | "cycleId" | "origin" | "session"
> & {
  /** The evidence the decision rested on; left out for what is not a decision. */
  readonly support?: Support | null;
};

/** A memory that a draft names: its id, and the `create` or `merge` change that made it. A view of one that exists is one. */
export interface Made {
  readonly id: MemoryId;
  readonly createdBy: ChangeId;
}

/** A source of a merge; one with members of its own is itself a merge's result. */
export interface MadeSource extends Made {
  readonly mergedFrom: readonly MemoryId[];
}

/** A relation that a draft names, and the `link` change that made it. */
export interface Linked {
  readonly id: RelationId;
  readonly linkedBy: ChangeId;
}

/**
 * One maker per op. Each writes down the structural dependencies of its change, and nothing else does: a change stands on
 * the creation of its target and of whatever memory it names; numbers never stand on numbers; a revert stands on nothing.
 */
export const draft = {
  create: (head: DraftHead, memory: MemoryId, payload: Payloads["create"]): Draft => ({
    ...common(head, memoryTarget(memory)),
    op: "create",
    payload,
    dependsOn: [],
  }),

  edit: (head: DraftHead, on: Made, payload: Payloads["edit"]): Draft => ({
    ...standing(head, on),
    op: "edit",
    payload,
  }),
  set: (head: DraftHead, on: Made, payload: Payloads["set"]): Draft => ({
    ...standing(head, on),
    op: "set",
    payload,
  }),
  archive: (head: DraftHead, on: Made): Draft => ({ ...standing(head, on), op: "archive", payload: {} }),
  restore: (head: DraftHead, on: Made): Draft => ({ ...standing(head, on), op: "restore", payload: {} }),
  delete: (head: DraftHead, on: Made): Draft => ({ ...standing(head, on), op: "delete", payload: {} }),
  pin: (head: DraftHead, on: Made): Draft => ({ ...standing(head, on), op: "pin", payload: {} }),
  quarantine: (head: DraftHead, on: Made): Draft => ({
    ...standing(head, on),
    op: "quarantine",
    payload: {},
  }),

  /**
   * What a merge's result is told stays in force without the merge, for its shares count for the leaves then. So an
   * observation with shares stands on nothing; one without stands on the creation like any other change.
   */
  observe: (head: DraftHead, on: Made, payload: Payloads["observe"]): Draft => ({
    ...standing(head, on),
    op: "observe",
    payload,
    dependsOn: payload.shares === null ? [on.createdBy] : [],
  }),
  observeRelation: (head: DraftHead, on: Linked, payload: Payloads["observe"]): Draft => ({
    ...common(head, { type: "relation", id: on.id }),
    op: "observe",
    payload,
    dependsOn: [on.linkedBy],
  }),

  supersede: (head: DraftHead, on: Made, by: Made): Draft => ({
    ...naming(head, on, by),
    op: "supersede",
    payload: { by: by.id },
  }),
  contest: (head: DraftHead, on: Made, rival: Made): Draft => ({
    ...naming(head, on, rival),
    op: "contest",
    payload: { with: rival.id },
  }),

  /** The result and its text; each source joins by a `member` change of its own, so that it can leave alone. */
  merge: (head: DraftHead, result: MemoryId, payload: MergeOf): Draft => ({
    ...common(head, memoryTarget(result)),
    op: "merge",
    payload: { ...payload, sources: payload.sources.map((s) => s.id) },
    dependsOn: payload.sources.filter((s) => s.mergedFrom.length > 0).map((s) => s.createdBy),
  }),
  member: (head: DraftHead, source: Made, into: Made): Draft => ({
    ...naming(head, source, into),
    op: "member",
    payload: { into: into.id },
  }),

  link: (head: DraftHead, relation: RelationId, ends: LinkOf): Draft => ({
    ...common(head, { type: "relation", id: relation }),
    op: "link",
    payload: { from: ends.from.id, to: ends.to.id, relation: ends.relation },
    dependsOn: distinct(ends.from.createdBy, ends.to.createdBy),
  }),
  tune: (head: DraftHead, workspace: WorkspaceId, payload: Payloads["tune"]): Draft => ({
    ...common(head, { type: "workspace", id: workspace }),
    op: "tune",
    payload,
    dependsOn: [],
  }),

  /** Names are there or not by the texts that hold them, so what is said of an entity or an edge stands on no change. */
  introduce: (head: DraftHead, entity: EntityId, payload: Payloads["introduce"]): Draft => ({
    ...ofEntity(head, entity),
    op: "introduce",
    payload,
  }),
  rename: (head: DraftHead, entity: EntityId, payload: Payloads["rename"]): Draft => ({
    ...ofEntity(head, entity),
    op: "rename",
    payload,
  }),
  retype: (head: DraftHead, entity: EntityId, payload: Payloads["retype"]): Draft => ({
    ...ofEntity(head, entity),
    op: "retype",
    payload,
  }),
  alias: (head: DraftHead, entity: EntityId, payload: Payloads["alias"]): Draft => ({
    ...ofEntity(head, entity),
    op: "alias",
    payload,
  }),
  hideEntity: (head: DraftHead, entity: EntityId, payload: EntityNamed): Draft => ({
    ...ofEntity(head, entity),
    op: "hide",
    payload,
  }),
  relate: (head: DraftHead, edge: EdgeId, payload: Payloads["relate"]): Draft => ({
    ...ofEdge(head, edge),
    op: "relate",
    payload,
  }),
  weigh: (head: DraftHead, edge: EdgeId, payload: Payloads["weigh"]): Draft => ({
    ...ofEdge(head, edge),
    op: "weigh",
    payload,
  }),
  hideEdge: (head: DraftHead, edge: EdgeId, payload: EdgeEnds): Draft => ({
    ...ofEdge(head, edge),
    op: "hide",
    payload,
  }),

  /** Stands on nothing: a question is one whatever has become of what it was about. */
  decline: (head: DraftHead, question: QuestionId, payload: Payloads["decline"]): Draft => ({
    ...common(head, { type: "question", id: question }),
    op: "decline",
    payload,
    dependsOn: [],
  }),

  revert: (head: DraftHead, change: Pick<Change, "id" | "target">): Draft => ({
    ...common(head, change.target),
    op: "revert",
    payload: {},
    dependsOn: [],
    reverts: change.id,
  }),
  /** Stands on nothing, so that no revert of anything else can suspend it. */
  purge: (head: DraftHead, memory: MemoryId): Draft => ({
    ...common(head, memoryTarget(memory)),
    op: "purge",
    payload: {},
    dependsOn: [],
  }),
};

/** A merge's payload, with its sources as memories so that those which are results can be told apart. */
export interface MergeOf extends Omit<MergePayload, "sources"> {
  readonly sources: readonly MadeSource[];
}

export interface LinkOf {
  readonly from: Made;
  readonly to: Made;
  readonly relation: string;
}

const ofEntity = (head: DraftHead, id: EntityId) => ({
  ...common(head, { type: "entity", id }),
  dependsOn: [],
});
const ofEdge = (head: DraftHead, id: EdgeId) => ({ ...common(head, { type: "edge", id }), dependsOn: [] });

const memoryTarget = (id: MemoryId): Target => ({ type: "memory", id });

const common = (head: DraftHead, target: Target) => ({
  ...head,
  support: head.support ?? null,
  target,
  reverts: null,
});

/** Of a memory that was made by an earlier change. */
const standing = (head: DraftHead, on: Made) => ({
  ...common(head, memoryTarget(on.id)),
  dependsOn: [on.createdBy],
});

/** Of a memory, naming another one. */
const naming = (head: DraftHead, on: Made, other: Made) => ({
  ...common(head, memoryTarget(on.id)),
  dependsOn: distinct(on.createdBy, other.createdBy),
});

const distinct = (...ids: readonly ChangeId[]): readonly ChangeId[] => [...new Set(ids)];
