import type { Support } from "@/lib/domain/ledger/change";
import type { Json } from "@/lib/domain/memory/memory";

/** What an improvement cycle can propose. The last five tune parameters; all others move memories or the graph. */
export const PROPOSAL_KINDS = [
  "merge",
  "supersede",
  "contest",
  "quarantine",
  "archive",
  "link",
  "weights",
  "threshold",
  "halfLife",
  "trust",
  "calibration",
] as const;
export type ProposalKind = (typeof PROPOSAL_KINDS)[number];

export const TUNING_KINDS = [
  "weights",
  "threshold",
  "halfLife",
  "trust",
  "calibration",
] as const satisfies readonly ProposalKind[];
/** Kinds of which some are surer than others; what tunes parameters is tested by its gate alone. */
export const JUDGED_KINDS = [
  "merge",
  "supersede",
  "contest",
  "quarantine",
  "archive",
  "link",
] as const satisfies readonly ProposalKind[];
export type JudgedKind = (typeof JUDGED_KINDS)[number];
export const isJudged = (kind: ProposalKind): kind is JudgedKind =>
  JUDGED_KINDS.some((judged) => judged === kind);

export type TuningKind = (typeof TUNING_KINDS)[number];
export const isTuning = (kind: ProposalKind): kind is TuningKind =>
  TUNING_KINDS.some((tuning) => tuning === kind);

/**
 * `rejected`: its gate failed, kept to be looked at. `failed`: it passed, but what it was made for had moved when it was to be
 * applied. `expired`: nobody decided in time, or the cycle was cancelled. `reverted` follows from the ledger alone.
 */
export const PROPOSAL_STATES = [
  "waiting",
  "applied",
  "declined",
  "rejected",
  "expired",
  "reverted",
  "failed",
] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** Low applies itself, high waits for a person. */
export const RISKS = ["low", "high"] as const;
export type Risk = (typeof RISKS)[number];

/** What exactly would be done, by kind; ids are memories' ids. A payload is a constant once proposed. */
export interface ProposalPayloads {
  /** `content` absent: the text that `mergeText` makes of the sources. */
  readonly merge: { readonly sources: readonly string[]; readonly content?: string };
  readonly supersede: { readonly older: string; readonly newer: string };
  readonly contest: { readonly memory: string; readonly rival: string };
  readonly quarantine: { readonly memory: string };
  readonly archive: { readonly memory: string };
  readonly link: { readonly from: string; readonly to: string; readonly relation: string };
  readonly weights: TuningPayload;
  readonly threshold: TuningPayload;
  readonly halfLife: TuningPayload;
  readonly trust: TuningPayload;
  readonly calibration: TuningPayload;
}

/** Parameters with the value they had when the proposal was made; one that moved meanwhile makes the proposal fail. */
export interface TuningPayload {
  readonly values: readonly { readonly name: string; readonly before: number; readonly value: number }[];
}

export interface ProposalTarget {
  readonly type: "memory" | "relation" | "parameter";
  readonly id: string;
  /** Beginning of the memory's text, or the parameter's name. */
  readonly label: string;
}

/** One figure that a gate compared. */
export interface GateFigure {
  /** In plain words, e.g. `similarity of the most distant two`. */
  readonly name: string;
  readonly value: number;
  readonly threshold: number;
  readonly passed: boolean;
}

/** Name of the figure that holds the lowest cosine of any two sources of a merge. */
export const MOST_DISTANT = "similarity of the most distant two";

/** Name of the figure that holds how sure a cycle is of the proposal. */
export const CERTAINTY = "certainty";

/** What was tested before the proposal may be applied. It passes when every figure does. */
export interface Gate {
  readonly passed: boolean;
  readonly figures: readonly GateFigure[];
}

/** The value has to be at least the threshold. */
export const atLeast = (name: string, value: number, threshold: number): GateFigure => ({
  name,
  value,
  threshold,
  passed: value >= threshold,
});
/** The value has to be at most the threshold. */
export const atMost = (name: string, value: number, threshold: number): GateFigure => ({
  name,
  value,
  threshold,
  passed: value <= threshold,
});
export const gateOf = (figures: readonly GateFigure[]): Gate => ({
  passed: figures.every((f) => f.passed),
  figures,
});

interface DraftOf<K extends ProposalKind> {
  readonly kind: K;
  /** One short line, e.g. `Merge 2 memories about tea`. */
  readonly title: string;
  /** Why, in plain words, for a person who decides. */
  readonly why: string;
  readonly targets: readonly ProposalTarget[];
  /** Text or value as it is and as it would be, for a word diff; null where there is none. */
  readonly before: Json;
  readonly after: Json;
  readonly payload: ProposalPayloads[K];
  /** 0…1, how sure the proposer is that a person would agree. Compared with `cycle.accept.<kind>` and `cycle.auto.<kind>`. */
  readonly certainty: number;
  /** How often the targets were shown so far. */
  readonly uses: number;
  /** The proposer's own figures; the engine adds its own to them. */
  readonly gate: Gate;
  /** Additive evidence the decision rests on, tested again when some of it is reverted; null: no such evidence. */
  readonly support: Support | null;
  /** Mean nDCG@10 gained over judged recalls with its interval, where the proposer has replayed it; absent: the engine replays it. */
  readonly predicted?: { readonly ndcgDelta: number; readonly interval: readonly [number, number] };
  /** `high`: a person has to look whatever the certainty; absent: the engine decides by the certainty. */
  readonly risk?: Risk;
}

/** What a proposer returns. */
export type ProposalDraft = { [K in ProposalKind]: DraftOf<K> }[ProposalKind];
export type DraftWith<K extends ProposalKind> = DraftOf<K>;

/** A proposer: reads, and proposes. It never writes. `View` is what commands give it; see lib/commands/cycle/proposer.ts. */
export type ProposerOf<View> = (view: View) => Promise<readonly ProposalDraft[]>;

/**
 * What a decision about a proposal is remembered under: the kind and its targets, whatever their order, so that the same
 * pair is never asked about twice. A supersession and a contest of the same two memories are one question.
 */
export function subjectOf({ kind, targets }: Pick<ProposalDraft, "kind" | "targets">): string {
  const ids = [...new Set(targets.map((t) => t.id))].sort();
  return `${kind === "contest" ? "supersede" : kind}:${ids.join("|")}`;
}
