import type {
  ChangeId,
  CycleId,
  EntityId,
  GroupId,
  MemoryId,
  Millis,
  RetrievalId,
  Seq,
  SignalId,
} from "@/lib/domain/ids";
import type { EntityType } from "@/lib/domain/graph/extraction";
import type { Kind, Metadata, Scope, Source, TrustClass } from "@/lib/domain/memory/memory";

/**
 * One immutable row of the ledger. State is a fold over the live ones, so everything that can ever happen to a store is a
 * member of this union: a new op that no register folds does not compile.
 */
export const OPS = [
  "create",
  "edit",
  "set",
  "archive",
  "restore",
  "delete",
  "observe",
  "pin",
  "quarantine",
  "supersede",
  "contest",
  "merge",
  "member",
  "link",
  "tune",
  "revert",
  "purge",
  "introduce",
  "rename",
  "retype",
  "alias",
  "relate",
  "weigh",
  "hide",
  "decline",
] as const;
export type Op = (typeof OPS)[number];

/** A relation is between two memories, an edge between two entities; a question is one that cycles put to people. */
export const TARGET_TYPES = ["memory", "relation", "workspace", "entity", "edge", "question"] as const;
export type TargetType = (typeof TARGET_TYPES)[number];

/** What a change writes to. */
export interface Target {
  readonly type: TargetType;
  readonly id: string;
}
export type TargetKey = `${TargetType}:${string}`;
export const targetKey = (target: Target): TargetKey => `${target.type}:${target.id}`;

/** Alpha (for) and beta (against) in millionths of one observation; integers ≥ 0, so that sums are exact in any order. */
export type Weight = readonly [alpha: number, beta: number];

/** Who is credited with an observation: trust class and principal, e.g. `ordinary:key/…`. The caps on read are per such key. */
export type SourceKey = `${TrustClass}:${string}`;

/** What a memory is made of at birth. `content` is null only after an erasure. */
export interface MemoryBirth {
  readonly content: string | null;
  readonly kind: Kind;
  readonly tags: readonly string[];
  readonly metadata: Metadata;
  readonly scope: Scope;
  readonly source: Source;
  readonly trust: TrustClass;
  readonly validAt: Millis;
  readonly invalidAt: Millis | null;
}

export type SetPayload =
  | { readonly register: "kind"; readonly value: Kind }
  | { readonly register: "tags"; readonly value: readonly string[] }
  | { readonly register: "metadata"; readonly value: Metadata }
  | { readonly register: "validAt"; readonly value: Millis }
  | { readonly register: "invalidAt"; readonly value: Millis | null };

export interface ObservePayload {
  readonly weight: Weight;
  readonly source: SourceKey;
  /** When it was observed, by the client's clock; late observations are normal. */
  readonly at: Millis;
  readonly signalId: SignalId | null;
  readonly retrievalId: RetrievalId | null;
  /** Rank at which the memory was shown, from 1; null when it was not shown. */
  readonly rank: number | null;
  /** Hash of the query it was observed for, so that what was learned for one kind of question can be told apart. */
  readonly queryKey: string | null;
  /** On a merge's result: who gets how much of it while the merge is not in force. Sums to `weight`, leaf by leaf. */
  readonly shares: Readonly<Record<MemoryId, Weight>> | null;
}

export interface MergePayload extends MemoryBirth {
  /** Whose words the text uses. When one of them leaves the merge, the text is not used any more. */
  readonly madeFrom: readonly MemoryId[];
  readonly sources: readonly MemoryId[];
  /** Lowest pairwise cosine among the sources, −1…1; null when it was not measured. */
  readonly similarity: number | null;
}

export type ParameterValue = number | string | boolean;

/** Which entity a change is about, by its normal name. Names are words, so they stand apart from the ledger's rows. */
export interface EntityNamed {
  readonly name: string;
}

/** Which edge a change is about: the normal names of both ends and what is said of them, e.g. `works for`. */
export interface EdgeEnds {
  readonly from: string;
  readonly to: string;
  readonly relation: string;
}

export interface WeighPayload extends EdgeEnds {
  readonly weight: Weight;
  readonly source: SourceKey;
  readonly at: Millis;
}

export interface DeclinePayload {
  /** The kind of proposal and the ids it was about, see `subjectOf`; holds no words. */
  readonly question: string;
  readonly kind: string;
  readonly proposal: string;
  /** How sure the proposer was, 0…1. */
  readonly certainty: number;
  readonly forever: boolean;
}

/** Payload by op. A payload is a constant once appended. */
export interface Payloads {
  readonly create: MemoryBirth;
  readonly edit: { readonly content: string | null; readonly madeFrom: readonly MemoryId[] };
  readonly set: SetPayload;
  readonly archive: Record<string, never>;
  readonly restore: Record<string, never>;
  readonly delete: Record<string, never>;
  readonly observe: ObservePayload;
  readonly pin: Record<string, never>;
  readonly quarantine: Record<string, never>;
  readonly supersede: { readonly by: MemoryId };
  readonly contest: { readonly with: MemoryId };
  readonly merge: MergePayload;
  readonly member: { readonly into: MemoryId };
  readonly link: { readonly from: MemoryId; readonly to: MemoryId; readonly relation: string };
  readonly tune: { readonly name: string; readonly value: ParameterValue };
  readonly revert: Record<string, never>;
  readonly purge: Record<string, never>;
  /** A person says that there is such an entity, whether a text names it or not. */
  readonly introduce: EntityNamed & { readonly called: string; readonly type: EntityType };
  readonly rename: EntityNamed & { readonly called: string };
  readonly retype: EntityNamed & { readonly type: EntityType };
  /** The entity is another name of `into`. A split is the revert of it. */
  readonly alias: EntityNamed & { readonly into: EntityId; readonly intoName: string };
  /** A person says that two entities are related, and since when; null: no limit. */
  readonly relate: EdgeEnds & { readonly validAt: Millis | null; readonly invalidAt: Millis | null };
  /** Evidence about an edge, whoever says that it is there. */
  readonly weigh: WeighPayload;
  /** Takes an entity or an edge out of sight and out of recall. */
  readonly hide: EntityNamed | EdgeEnds;
  /** A person said no to what a cycle proposed. Nothing moves but that it is not asked again, for a while or for ever. */
  readonly decline: DeclinePayload;
}

export type ActorType = "person" | "key" | "system" | "cycle";
/** On whose behalf, as `type:id`; `key:<id>` for an API key, `person:<id>` in the browser. */
export type Actor = `${ActorType}:${string}`;

export const CAUSE_KINDS = ["request", "signal", "import", "cycle", "system"] as const;
export type CauseKind = (typeof CAUSE_KINDS)[number];
/** Why the change exists. */
export interface Cause {
  readonly kind: CauseKind;
  readonly signalId?: SignalId;
  readonly retrievalId?: RetrievalId;
  readonly importId?: string;
  readonly stage?: string;
  /** A person's own words; erased together with the target's text. */
  readonly reason?: string;
}

/**
 * The evidence a decision rested on: an additive statistic (a log-likelihood ratio, a sum of weights) with the amount each
 * change contributed, in millionths. The gate passes while the amounts of the live ones sum to the threshold or more, so
 * it can be tested again, exactly, whenever some of the evidence is reverted.
 */
export interface Support {
  readonly terms: readonly { readonly change: ChangeId; readonly amount: number }[];
  readonly threshold: number;
}

interface ChangeOf<O extends Op> {
  readonly seq: Seq;
  readonly id: ChangeId;
  readonly at: Millis;
  readonly actor: Actor;
  readonly cause: Cause;
  readonly groupId: GroupId;
  readonly cycleId: CycleId | null;
  readonly op: O;
  readonly target: Target;
  readonly payload: Payloads[O];
  /** Structural dependencies: earlier changes that must be live for this one to make sense. */
  readonly dependsOn: readonly ChangeId[];
  readonly support: Support | null;
  /** The change that this one takes out of force; only for `revert`. */
  readonly reverts: ChangeId | null;
  /** Channel or label it came from, and the conversation: handles for a mass revert. */
  readonly origin: string | null;
  readonly session: string | null;
}

export type Change = { [O in Op]: ChangeOf<O> }[Op];
export type ChangeWith<O extends Op> = ChangeOf<O>;
/** A change before the ledger gave it a place. Its id is made by the caller, so that drafts can name each other. */
export type Draft = { [O in Op]: Omit<ChangeOf<O>, "seq" | "at"> }[Op];

/** The other target a change names, if any: the merge's result, the superseding memory, the contested one, the entity meant. */
export function objectOf(change: Pick<Change, "op" | "payload">): MemoryId | EntityId | null {
  // TypeScript does not narrow a payload by a sibling `op` through Pick, so the pair is read as a whole change.
  const c = change as Change;
  switch (c.op) {
    case "member":
      return c.payload.into;
    case "supersede":
      return c.payload.by;
    case "contest":
      return c.payload.with;
    case "alias":
      return c.payload.into;
    default:
      return null;
  }
}

/** Everything but these depends on nothing but its own target's creation, which the target's index finds. */
const CROSSING: ReadonlySet<Op> = new Set<Op>(["merge", "member", "supersede", "contest", "link"]);
export const crossesTargets = (change: Pick<Change, "op" | "dependsOn">): boolean =>
  CROSSING.has(change.op) && change.dependsOn.length > 0;
