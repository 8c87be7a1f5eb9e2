import { atLeast, gateOf, type Gate } from "./proposal";
import { CONSTANTS } from "@/lib/domain/parameters";
import { stepTowards } from "./bounds";

/** A proposal that was decided: how sure the proposer was, and whether it was accepted and stayed so. */
export interface Decided {
  readonly certainty: number;
  readonly accepted: boolean;
  /** Anything in 0…1 that has nothing to do with either, such as a hash of its id; stretches of it are held out in turn. */
  readonly fold: number;
}

export interface LearnedThreshold {
  readonly value: number;
  readonly gate: Gate;
}

export interface ThresholdNow {
  readonly value: number;
  readonly step: number;
  readonly min: number;
  readonly max: number;
  /** Share of acceptance from which a proposal is worth making, 0…1. */
  readonly precision: number;
  readonly fewest: number;
}

/**
 * The threshold that people's decisions ask for, one step away at most. A proposal of certainty c is worth making when it is
 * accepted with probability ≥ p*, so each decided one above a threshold is worth y − p* (y = 1 accepted, 0 not), and the best
 * threshold has the largest sum. The gate tells whether such a step pays on decisions that it was not learned from: each fifth
 * of them is held out in turn, a step is learned from the others, and on the fifth it has to be worth something and must not
 * lower the share of what is accepted. null: there is nothing to learn yet.
 */
export function learnThreshold(decisions: readonly Decided[], now: ThresholdNow): LearnedThreshold | null {
  if (decisions.length < now.fewest) return null;
  const value = stepFrom(decisions, now);
  if (value === now.value) return null;
  const folds = Array.from({ length: CONSTANTS.firstFive }, (_, i) => {
    const isHeld = (d: Decided) =>
      Math.min(CONSTANTS.firstFive - 1, Math.floor(d.fold * CONSTANTS.firstFive)) === i;
    return {
      held: decisions.filter(isHeld),
      value: stepFrom(
        decisions.filter((d) => !isHeld(d)),
        now,
      ),
    };
  });
  const total = (of: (fold: (typeof folds)[number]) => number) =>
    folds.reduce((sum, fold) => sum + of(fold), 0);
  const share = (from: (fold: (typeof folds)[number]) => number) => {
    const above = folds.flatMap((fold) => fold.held.filter((d) => d.certainty >= from(fold)));
    return precisionAbove(above, 0);
  };
  return {
    value,
    gate: gateOf([
      atLeast("decisions", decisions.length, now.fewest),
      atLeast(
        "worth of such a step on held-out decisions",
        total((f) => worthOf(f.held, f.value, now) - worthOf(f.held, now.value, now)),
        0,
      ),
      atLeast(
        "share accepted of held-out proposals above it",
        share((f) => f.value),
        share(() => now.value),
      ),
    ]),
  };
}

const worthOf = (of: readonly Decided[], from: number, { precision }: ThresholdNow): number =>
  of.filter((d) => d.certainty >= from).reduce((sum, d) => sum + (d.accepted ? 1 : 0) - precision, 0);

/** One step from the threshold in force towards the best one. */
function stepFrom(seen: readonly Decided[], now: ThresholdNow): number {
  const candidates = [now.value, ...seen.flatMap((d) => [d.certainty, d.certainty + CONSTANTS.tiny])].map(
    (at) => ({ at, worth: worthOf(seen, at, now) }),
  );
  const best = candidates.reduce((a, b) => (b.worth > a.worth ? b : a)).at;
  return stepTowards(
    now.value,
    best === now.value && isUnanimous(seen, now) ? now.value - now.step : best,
    now,
  );
}

/** What is proposed least surely was accepted without exception: a little less sure may do, too, which only trying can tell. */
function isUnanimous(seen: readonly Decided[], { value, step, fewest }: ThresholdNow): boolean {
  const lowest = seen.filter((d) => d.certainty < value + step);
  return lowest.length * 2 >= fewest && lowest.every((d) => d.accepted);
}

/** Share of the proposals at or above a certainty that were accepted; 1 where there are none, for nobody is bothered. */
export function precisionAbove(decisions: readonly Decided[], threshold: number): number {
  const above = decisions.filter((d) => d.certainty >= threshold);
  return above.length === 0 ? 1 : above.filter((d) => d.accepted).length / above.length;
}
