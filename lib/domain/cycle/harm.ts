import { bet, evidenceOf, NOTHING_STAKED, type EProcess } from "@/lib/domain/learning/e-process";
import { CONSTANTS } from "@/lib/domain/parameters";

/** An outcome after a cycle: what was expected of such a question, what came, and whether the cycle had a hand in the answer. */
export interface Aftermath {
  readonly expected: number;
  readonly outcome: number;
  /** The recall showed, or would have shown, a memory that the cycle moved. */
  readonly touched: boolean;
}

/**
 * Evidence that a cycle did harm, as the capital of somebody who bets that answers it had a hand in come out worse than
 * expected. What comes out worse everywhere is no fault of the cycle, so the mean shortfall of the untouched ones so far is
 * taken off first; it is known before each bet. Oldest first. Reaches 10 for one harmless cycle in ten at most.
 */
export function harmEvidence(outcomes: readonly Aftermath[]): number {
  let process: EProcess = NOTHING_STAKED;
  let [others, shortfall] = [0, 0];
  for (const { expected, outcome, touched } of outcomes) {
    const short = expected - outcome;
    if (touched) process = bet(process, short - (others === 0 ? 0 : shortfall / others));
    else [others, shortfall] = [others + 1, shortfall + short];
  }
  return Math.min(1 / CONSTANTS.tiny, evidenceOf(process));
}
