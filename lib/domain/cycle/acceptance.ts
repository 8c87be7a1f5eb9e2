import { atLeast, gateOf, type Gate } from "./proposal";
import { CONSTANTS } from "@/lib/domain/parameters";
import { stepTowards } from "./bounds";

/** A proposal that was decided: how sure the proposer was, and whether it was accepted and stayed so. */
export interface Decided {
  readonly certainty: number;
  readonly accepted: boolean;
  /** Anything that does not change; half of the decisions, by its hash, are held out. */
  readonly heldOut: boolean;
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
 * threshold has the largest sum. It is chosen on one half of the decisions; on the other half, which it has not seen, the step
 * has to be worth something and must not lower the precision of what is proposed. null: there is nothing to learn yet.
 */
export function learnThreshold(decisions: readonly Decided[], now: ThresholdNow): LearnedThreshold | null {
  const seen = decisions.filter((d) => !d.heldOut);
  const held = decisions.filter((d) => d.heldOut);
  if (Math.min(seen.length, held.length) * 2 < now.fewest) return null;
  const worth = (of: readonly Decided[], from: number) => of.filter((d) => d.certainty >= from).reduce((sum, d) => sum + (d.accepted ? 1 : 0) - now.precision, 0);
  const candidates = [now.value, ...seen.flatMap((d) => [d.certainty, d.certainty + CONSTANTS.tiny])];
  const best = candidates.reduce((a, b) => (worth(seen, b) > worth(seen, a) ? b : a));
  const value = stepTowards(now.value, best === now.value && isUnanimous(seen, now) ? now.value - now.step : best, now);
  if (value === now.value) return null;
  return {
    value,
    gate: gateOf([
      atLeast("decisions", decisions.length, now.fewest),
      atLeast("worth of the step on held-out decisions", worth(held, value) - worth(held, now.value), 0),
      atLeast("share accepted of held-out proposals above it", precisionAbove(held, value), precisionAbove(held, now.value)),
    ]),
  };
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
