import { CONSTANTS, type Parameters } from "@/lib/domain/parameters";
import type { Weight } from "@/lib/domain/ledger/change";
import type { TrustClass } from "@/lib/domain/memory/memory";
import type { Verdict } from "./signal";

/** What a judged recall says of one shown memory. */
export interface Shown {
  /** Outcome that was expected of this kind of query, 0…1. */
  readonly baseline: number;
  /** From 1. */
  readonly rank: number;
  readonly use: "used" | "unused" | "unknown";
}

/**
 * w = round(10^6 · T · κ · a_r · v · |y − b|), on alpha when y ≥ b, else on beta; in millionths of an observation.
 * a_r = 1/log2(1 + r): attention at rank r, 1 at the top, .63 at rank 2. b: expected outcome of this kind of query.
 * Worked: owner (T = 1), rank 1, use unknown, y = 1, b = .5: [500 000, 0].
 */
export function creditOutcome(outcome: number, shown: Shown, by: { readonly trust: TrustClass; readonly parameters: Parameters }): Weight {
  const { parameters, trust } = by;
  const attention = 1 / Math.log2(1 + shown.rank);
  const size = trustFactor(trust, parameters) * parameters["learning.signal.weight"] * attention * parameters[`learning.visibility.${shown.use}`] * Math.abs(outcome - shown.baseline);
  return oriented(outcome >= shown.baseline, size);
}

/**
 * An explicit verdict: a·v = 1, b = .5, κ = `learning.verdict.weight`, so one owner verdict is one observation.
 * `outdated` and `irrelevant` speak against, like `harmful`, but irrelevance is about the query, so it weighs half.
 */
export function creditVerdict(verdict: Verdict, by: { readonly trust: TrustClass; readonly parameters: Parameters }): Weight {
  const { parameters, trust } = by;
  const certainty = verdict === "irrelevant" ? CONSTANTS.middle : 1;
  const size = trustFactor(trust, parameters) * parameters["learning.verdict.weight"] * CONSTANTS.middle * certainty;
  return oriented(verdict === "helpful", size);
}

/** Hearing exactly the same again: a little support, never against. */
export const creditSupport = (by: { readonly trust: TrustClass; readonly parameters: Parameters }): Weight =>
  oriented(true, trustFactor(by.trust, by.parameters) * by.parameters["learning.support.weight"]);

/** How much a source's word counts, 0…1; captured in each payload, so that changing it later moves nothing recorded. */
export const trustFactor = (trust: TrustClass, parameters: Parameters): number => parameters[`safety.trust.${trust}`];

/** A weight of nothing is no evidence, and the caller appends no change for it. */
export const isNothing = ([alpha, beta]: Weight): boolean => alpha === 0 && beta === 0;

function oriented(isFor: boolean, size: number): Weight {
  const micros = Math.round(size * CONSTANTS.micro);
  return isFor ? [micros, 0] : [0, micros];
}
