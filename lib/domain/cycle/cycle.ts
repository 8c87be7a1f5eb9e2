import type { ProposalState } from "./proposal";

export const CYCLE_STAGES = ["collect", "attribute", "propose", "gate", "apply", "verify", "watch"] as const;
export type CycleStage = (typeof CYCLE_STAGES)[number];

export const STAGE_STATES = ["waiting", "running", "done", "failed", "skipped"] as const;
export type StageState = (typeof STAGE_STATES)[number];

export const CYCLE_TRIGGERS = ["timer", "person", "key"] as const;
export type CycleTrigger = (typeof CYCLE_TRIGGERS)[number];

export const CYCLE_STATES = [
  "running",
  "waiting",
  "applied",
  "partly",
  "declined",
  "reverted",
  "failed",
  "cancelled",
] as const;
export type CycleState = (typeof CYCLE_STATES)[number];

export interface StageRecord {
  readonly stage: CycleStage;
  readonly state: StageState;
  readonly counts: Readonly<Record<string, number>>;
  readonly tookMs: number | null;
  readonly error?: string;
}

export const noStages = (): StageRecord[] =>
  CYCLE_STAGES.map((stage) => ({ stage, state: "waiting", counts: {}, tookMs: null }));

/** The same stages with one of them replaced. */
export const withStage = (stages: readonly StageRecord[], record: StageRecord): StageRecord[] =>
  stages.map((s) => (s.stage === record.stage ? record : s));

/**
 * State of a cycle whose stages are through, from what has become of its proposals. Rejected ones were never offered. A cycle
 * with nothing to do is applied: what it found is in force.
 */
export function settledState(states: readonly ProposalState[]): CycleState {
  const offered: readonly ProposalState[] = states.filter((s) => s !== "rejected");
  const has = (state: ProposalState) => offered.includes(state);
  if (has("waiting")) return "waiting";
  if (offered.length === 0 || offered.every((s) => s === "applied")) return "applied";
  if (has("applied")) return "partly";
  return has("reverted") ? "reverted" : "declined";
}
