import { CONSTANTS, type Parameters } from "@/lib/domain/parameters";
import type { Posterior } from "@/lib/domain/memory/confidence";

/**
 * A number in 0…1 that looks random and follows from the text alone: FNV-1a, mixed once more so that texts which differ
 * in one letter differ in everything.
 */
export function seeded(text: string): number {
  let hash: number = CONSTANTS.fnvOffset;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), CONSTANTS.fnvPrime);
  const mixed = Math.imul(hash ^ (hash >>> CONSTANTS.halfWord), CONSTANTS.mixPrime);
  return ((mixed ^ (mixed >>> CONSTANTS.halfWord)) >>> 0) / CONSTANTS.word;
}

/** Whether a recall explores: so many of all, told from its id, so that the log can tell it again. */
export const explores = (recall: string, parameters: Parameters): boolean =>
  seeded(recall) < parameters["learning.explore.share"];

/**
 * How much an exploring recall adds to a memory's score, in 0 ± about `learning.explore.weight`/4 for one that nobody
 * judged, less for one that is known well: w·(p̃ − p), p̃ drawn from its posterior. Drawn on the log odds, where
 * Beta(A, B) is nearly normal: θ̃ = ln(A/B) + √(1/A + 1/B)·z. The seed is the recall and the memory, so one memory's draw
 * does not depend on which others there are (law 5).
 */
export function drawn(
  { alpha, beta }: Posterior,
  seed: { readonly recall: string; readonly memory: string },
  parameters: Parameters,
): number {
  const [u, v] = [seeded(`${seed.recall} ${seed.memory} u`), seeded(`${seed.recall} ${seed.memory} v`)];
  const normal = Math.sqrt(2 * -Math.log(Math.max(CONSTANTS.tiny, u))) * Math.cos(2 * Math.PI * v);
  const logOdds = Math.log(alpha / beta) + Math.sqrt(1 / alpha + 1 / beta) * normal;
  return parameters["learning.explore.weight"] * (1 / (1 + Math.exp(-logOdds)) - alpha / (alpha + beta));
}

/** Standard deviation of `drawn` over recalls, in score: w·p·(1 − p)·√(1/A + 1/B), by the delta method. */
export function spreadOf({ alpha, beta }: Posterior, parameters: Parameters): number {
  const known = alpha / (alpha + beta);
  return parameters["learning.explore.weight"] * known * (1 - known) * Math.sqrt(1 / alpha + 1 / beta);
}
