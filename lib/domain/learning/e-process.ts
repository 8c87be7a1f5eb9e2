import { CONSTANTS } from "@/lib/domain/parameters";

/**
 * Evidence against "the new one is no better", as the capital of somebody who bets on each difference of outcomes. Under
 * that hypothesis the capital is a supermartingale, so by Ville's inequality it ever reaches 1/α with probability ≤ α,
 * however often one looks and whenever one stops.
 */
export interface EProcess {
  /** Natural logarithm of the capital; starts at 0. */
  readonly logCapital: number;
  readonly count: number;
  /** Sum and sum of squares of the differences so far; the next stake follows from these alone, so it is set beforehand. */
  readonly sum: number;
  readonly squares: number;
}

export const NOTHING_STAKED: EProcess = { logCapital: 0, count: 0, sum: 0, squares: 0 };

/**
 * One more pair of outcomes, as difference new − old in −1…1. Capital times 1 + λ·d, with the predictable stake
 * λ = clip(Σd/(Σd² + 1), 0, ½) (an approximation of the growth-optimal bet; Waudby-Smith & Ramdas 2024).
 */
export function bet(process: EProcess, difference: number): EProcess {
  const { logCapital, count, sum, squares } = process;
  const d = Math.min(1, Math.max(-1, difference));
  const stake = Math.min(CONSTANTS.middle, Math.max(0, sum / (squares + 1)));
  return {
    logCapital: logCapital + Math.log(1 + stake * d),
    count: count + 1,
    sum: sum + d,
    squares: squares + d * d,
  };
}

export const evidenceOf = (process: EProcess): number => Math.exp(process.logCapital);

/** Promote at E ≥ 1/α. */
export const isPromoted = (process: EProcess, alpha: number): boolean =>
  process.logCapital >= -Math.log(alpha);

/** α_j = α·6/(π²·j²) for the j-th proposal, from 1: all proposals together promote falsely with probability ≤ α. */
export const levelOf = (proposal: number, alpha: number): number =>
  (alpha * CONSTANTS.baselSum) / proposal ** 2;
