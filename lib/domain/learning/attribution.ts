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
}

/**
 * Nobody said which memories were used: w = round(10^6 · T · κ · a_r · |y − b|), on alpha when y ≥ b, else on beta; in
 * millionths of an observation. a_r = 1/log2(1 + r): attention at rank r, 1 at the top, .63 at rank 2. b: expected outcome
 * of this kind of query. Worked: owner (T = 1), rank 1, y = 1, b = .5: [500 000, 0].
 */
export function creditOutcome(
  outcome: number,
  shown: Shown,
  by: { readonly trust: TrustClass; readonly parameters: Parameters },
): Weight {
  const { parameters, trust } = by;
  const attention = 1 / Math.log2(1 + shown.rank);
  const size =
    trustFactor(trust, parameters) *
    parameters["learning.signal.weight"] *
    attention *
    Math.abs(outcome - shown.baseline);
  return oriented(outcome >= shown.baseline, size);
}

/** What a report of use says of one shown memory. */
export interface Use {
  readonly used: boolean;
  /** Share of the memories shown at its rank that are used as a rule, 0…1. */
  readonly share: number;
}

/**
 * Somebody said which memories were used: only what differs from the usual at that rank is evidence, because people use
 * what stands in front. With y′ = 2y − 1: used: y′·(1 − b_r), for or against as the answer came out; not used in an answer
 * that came out well: −y′·b_r, so that low ranks, which few look at, lose next to nothing. Times T and κ. Without any
 * relation between use and worth the expected sum is 0. Worked: owner, y = 1, b_r = .3, κ = .5: [350 000, 0] or [0, 150 000].
 */
export function creditUse(
  outcome: number,
  use: Use,
  by: { readonly trust: TrustClass; readonly parameters: Parameters },
): Weight {
  const { parameters, trust } = by;
  const success = 2 * outcome - 1;
  const signed = use.used ? success * (1 - use.share) : -Math.max(0, success) * use.share;
  return oriented(
    signed >= 0,
    trustFactor(trust, parameters) * parameters["learning.used.weight"] * Math.abs(signed),
  );
}

/** b_r from reports so far of what was used at one rank, drawn towards what is expected before any. */
export function useShare(
  reports: { readonly shown: number; readonly used: number },
  parameters: Parameters,
): number {
  const prior = parameters["learning.used.prior"];
  const { shown, used } = reports;
  return shown + prior === 0
    ? parameters["learning.used.share"]
    : (used + prior * parameters["learning.used.share"]) / (shown + prior);
}

/**
 * An explicit verdict: a·v = 1, b = .5, κ = `learning.verdict.weight`, so one owner verdict is one observation.
 * `outdated` and `irrelevant` speak against, like `harmful`: for and against weigh the same, or verdicts that say nothing
 * would drift one way.
 */
export function creditVerdict(
  verdict: Verdict,
  by: { readonly trust: TrustClass; readonly parameters: Parameters },
): Weight {
  const { parameters, trust } = by;
  const size = trustFactor(trust, parameters) * parameters["learning.verdict.weight"] * CONSTANTS.middle;
  return oriented(verdict === "helpful", size);
}

/** Hearing exactly the same again: a little support, never against. */
export const creditSupport = (by: { readonly trust: TrustClass; readonly parameters: Parameters }): Weight =>
  oriented(true, trustFactor(by.trust, by.parameters) * by.parameters["learning.support.weight"]);

/** How much a source's word counts, 0…1; captured in each payload, so that changing it later moves nothing recorded. */
export const trustFactor = (trust: TrustClass, parameters: Parameters): number =>
  parameters[`safety.trust.${trust}`];

/** A weight of nothing is no evidence, and the caller appends no change for it. */
export const isNothing = ([alpha, beta]: Weight): boolean => alpha === 0 && beta === 0;

function oriented(isFor: boolean, size: number): Weight {
  const micros = Math.round(size * CONSTANTS.micro);
  return isFor ? [micros, 0] : [0, micros];
}
