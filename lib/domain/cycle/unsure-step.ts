import { atLeast, atMost, gateOf, type Gate } from "./proposal";
import type { Parameters } from "@/lib/domain/parameters";
import { stepTowards } from "./bounds";
import type { Estimate } from "@/lib/domain/learning/comparison";

/** What is in force, for a step whose value is `usual` where nothing is known of the reports. */
export const unsureStepNow = (parameters: Parameters, usual: number): UnsureStepNow => ({
  value: parameters["learning.cue.step"],
  usual,
  most: parameters["cycle.reports.step"],
  full: parameters["cycle.reports.agreement"],
  bound: parameters["cycle.bound.weight"],
  fewest: parameters["cycle.decisions.fewest"],
});

export interface UnsureStepNow {
  /** `learning.cue.step` as it is in force, and as it is where nothing is known of the reports. */
  readonly value: number;
  readonly usual: number;
  /** The longest that it may become, and the agreement from which on it may. */
  readonly most: number;
  readonly full: number;
  /** How far one cycle may move it. */
  readonly bound: number;
  /** Memories that several reports have to speak of. */
  readonly fewest: number;
}

/**
 * How far unsure evidence may move a memory, by how far reports of use agree with one another: from the usual step, where they
 * may be chance, in proportion to their agreement up to the longest. It grows only as far as the lower end of the agreement
 * warrants, and falls back when the mean no longer does: reports that say nothing do not agree, and keep the short step under
 * which they do no harm. null: it stands where it should, or a person has put it outside this range.
 */
export function learnUnsureStep(
  agreement: Estimate | null,
  now: UnsureStepNow,
): { readonly value: number; readonly gate: Gate } | null {
  const { value: before, usual, most, full, bound, fewest } = now;
  if (agreement === null || before < usual || before > most) return null;
  const earnedBy = (share: number): number => usual + (most - usual) * Math.min(1, Math.max(0, share / full));
  const [sure, likely] = [earnedBy(agreement.low), earnedBy(agreement.mean)];
  const wanted = sure > before ? sure : Math.min(before, likely);
  const value = stepTowards(before, wanted, { step: bound, min: usual, max: most });
  if (value === before) return null;
  const askedFor = (step: number): number => (full * (step - usual)) / (most - usual);
  return {
    value,
    gate: gateOf([
      atLeast("memories that several reports speak of", agreement.count, fewest),
      value > before
        ? atLeast("agreement of reports of use, lower end", agreement.low, askedFor(value))
        : atMost("agreement of reports of use", agreement.mean, askedFor(before)),
    ]),
  };
}
