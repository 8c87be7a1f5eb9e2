import { accessibility, belief } from "@/lib/domain/memory/confidence";
import { atMost, gateOf, type Gate } from "./proposal";
import { CONSTANTS, type Parameters } from "@/lib/domain/parameters";
import type { Kind } from "@/lib/domain/memory/memory";
import type { EvidenceSums } from "@/lib/domain/registers/evidence";
import type { Millis } from "@/lib/domain/ids";

export interface Forgotten {
  readonly evidence: EvidenceSums;
  readonly kind: Kind;
  readonly createdAt: Millis;
}

/**
 * Whether a memory has fallen out of use: accessibility R below `cycle.archive.accessibility`, and P(p > ½) below
 * `cycle.archive.belief`, p being how often it helps. R below .2 means more than a hundred times its stability without a
 * useful recall, so the design's "none in 2·S" is no figure of its own. Certainty: 1 − R.
 */
export function archiveCase(
  memory: Forgotten,
  now: Millis,
  parameters: Parameters,
): { readonly gate: Gate; readonly certainty: number } {
  const at = { kind: memory.kind, now, parameters };
  const reach = accessibility(memory.evidence, memory.createdAt, at);
  const { alpha, beta } = belief(memory.evidence, at);
  const standardScore = Math.log(alpha / beta) / Math.sqrt(1 / alpha + 1 / beta);
  const helpful = 1 / (1 + Math.exp(-CONSTANTS.logisticForNormal * standardScore));
  return {
    gate: gateOf([
      atMost("accessibility", reach, parameters["cycle.archive.accessibility"]),
      atMost("chance that it helps more often than not", helpful, parameters["cycle.archive.belief"]),
    ]),
    certainty: 1 - reach,
  };
}

/** Days without a useful recall before a memory of this kind can be forgotten at all: t = S₀·(R⁻² − 1)/F. */
export function daysToForget(kind: Kind, parameters: Parameters): number {
  const reach = Math.max(CONSTANTS.tiny, parameters["cycle.archive.accessibility"]);
  return (
    (parameters[`time.stability.${kind}`] * (reach ** (1 / CONSTANTS.forgettingExponent) - 1)) /
    CONSTANTS.forgettingFactor
  );
}
