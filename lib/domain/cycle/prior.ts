import { atLeast, gateOf, type Gate } from "./proposal";
import { CONSTANTS } from "@/lib/domain/parameters";
import { estimate } from "@/lib/domain/learning/comparison";
import { stepTowards } from "./bounds";
import type { Decided } from "./acceptance";

/**
 * How sure one may be of a proposal, 0…1, given how people decided about others of its kind: logit(p) = logit(certainty) + prior.
 * The prior is in log odds; 0 leaves the proposer's own certainty as it is.
 */
export function posteriorOf(certainty: number, prior: number): number {
  if (prior === 0) return certainty;
  return 1 / (1 + Math.exp(-(logit(certainty) + prior)));
}

const logit = (p: number): number => {
  const inside = Math.min(1 - CONSTANTS.tiny, Math.max(CONSTANTS.tiny, p));
  return Math.log(inside / (1 - inside));
};

export interface PriorNow {
  readonly value: number;
  /** How far one cycle may move it, in log odds. */
  readonly step: number;
  readonly min: number;
  readonly max: number;
  readonly fewest: number;
}

/**
 * The prior under which what people decided was least surprising, one step away at most. The gate: a fifth of the decisions is
 * held out in turn, a step is learned from the others, and the fifth has to be less surprising under it (lower end of the log
 * likelihood gained on each). null: there is nothing to learn yet, or nothing to move.
 */
export function learnPrior(
  decisions: readonly Decided[],
  now: PriorNow,
): { readonly value: number; readonly gate: Gate } | null {
  if (decisions.length < now.fewest) return null;
  const value = stepFrom(decisions, now);
  if (Math.abs(value - now.value) < CONSTANTS.tiny) return null;
  const gains = Array.from({ length: CONSTANTS.firstFive }, (_, i) => {
    const isHeld = (d: Decided) =>
      Math.min(CONSTANTS.firstFive - 1, Math.floor(d.fold * CONSTANTS.firstFive)) === i;
    const learned = stepFrom(
      decisions.filter((d) => !isHeld(d)),
      now,
    );
    return decisions.filter(isHeld).map((d) => likelihood(d, learned) - likelihood(d, now.value));
  }).flat();
  return {
    value,
    gate: gateOf([
      atLeast("decisions", decisions.length, now.fewest),
      atLeast("log likelihood gained on each held-out decision, lower end", estimate(gains)?.low ?? -1, 0),
    ]),
  };
}

/** Log likelihood of one decision, in nats. */
function likelihood({ certainty, accepted }: Decided, prior: number): number {
  const p = Math.min(1 - CONSTANTS.tiny, Math.max(CONSTANTS.tiny, posteriorOf(certainty, prior)));
  return Math.log(accepted ? p : 1 - p);
}

/**
 * One Newton step of the only coefficient there is, cut to what one cycle may do. One decision's worth of doubt (a ridge of 1) keeps
 * a few of them, all alike, from running to the end of the range.
 */
function stepFrom(seen: readonly Decided[], now: PriorNow): number {
  const sums = seen.reduce(
    (sum, d) => {
      const p = posteriorOf(d.certainty, now.value);
      return { slope: sum.slope + (d.accepted ? 1 : 0) - p, curve: sum.curve + p * (1 - p) };
    },
    { slope: -now.value, curve: 1 },
  );
  return stepTowards(now.value, now.value + sums.slope / sums.curve, now);
}
