import { CONSTANTS } from "@/lib/domain/parameters";

/** One logged decision: how likely what was shown was under the ranking that logged it and under the one in question. */
export interface LoggedDecision {
  /** Probability under the logging policy, 0 < p ≤ 1; known because exploration is seeded. */
  readonly logged: number;
  /** Probability under the policy in question, 0…1. */
  readonly proposed: number;
  /** Outcome 0…1. */
  readonly reward: number;
  /** What a model expected of what was shown, and of what the policy in question would show; 0…1. */
  readonly expected?: { readonly shown: number; readonly proposed: number };
}

export interface OffPolicyEstimate {
  readonly value: number;
  /** Lower end of the 90 % interval. */
  readonly low: number;
  readonly high: number;
  /** (Σw)²/Σw²: how many decisions under the policy in question the log is worth. */
  readonly effectiveSize: number;
}

/**
 * Self-normalised inverse propensity, Σw·r/Σw with w = proposed/logged cut at `CONSTANTS.weightCap` (Swaminathan &
 * Joachims 2015); its error by the delta method, √Σw²(r − v)²/Σw. Nothing logged: null.
 */
export function snips(decisions: readonly LoggedDecision[]): OffPolicyEstimate | null {
  const weighted = decisions.map((d) => ({ ...d, weight: weightOf(d) }));
  const total = sum(weighted.map((d) => d.weight));
  if (total === 0) return null;
  const value = sum(weighted.map((d) => d.weight * d.reward)) / total;
  const error = Math.sqrt(sum(weighted.map((d) => (d.weight * (d.reward - value)) ** 2))) / total;
  return around(value, error, effectiveSize(weighted.map((d) => d.weight)));
}

/**
 * Doubly robust: mean of q_proposed + w·(r − q_shown) (Dudík, Langford & Li 2011). Right when either the propensities or
 * the expectations are. Decisions without an expectation are taken to expect the mean reward.
 */
export function doublyRobust(decisions: readonly LoggedDecision[]): OffPolicyEstimate | null {
  if (decisions.length === 0) return null;
  const usual = sum(decisions.map((d) => d.reward)) / decisions.length;
  const terms = decisions.map(
    (d) => (d.expected?.proposed ?? usual) + weightOf(d) * (d.reward - (d.expected?.shown ?? usual)),
  );
  const value = sum(terms) / terms.length;
  const error = Math.sqrt(
    sum(terms.map((term) => (term - value) ** 2)) / (terms.length * Math.max(1, terms.length - 1)),
  );
  return around(value, error, effectiveSize(decisions.map(weightOf)));
}

function effectiveSize(weights: readonly number[]): number {
  const squares = sum(weights.map((w) => w * w));
  return squares === 0 ? 0 : sum(weights) ** 2 / squares;
}

const weightOf = ({ logged, proposed }: LoggedDecision): number =>
  Math.min(CONSTANTS.weightCap, proposed / logged);

const around = (value: number, error: number, size: number): OffPolicyEstimate => ({
  value,
  low: value - CONSTANTS.intervalZ * error,
  high: value + CONSTANTS.intervalZ * error,
  effectiveSize: size,
});

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
