import { PAIR_SCORE } from "@/lib/domain/parameters";
import type { PairFeatures } from "./pair-features";

/** How sure it is that two texts say the same, 0…1: a logistic combination of what was measured of them. */
export function pairCertainty(features: PairFeatures): number {
  return 1 / (1 + Math.exp(-logOddsOf(scoredOf(features))));
}

/** The measures that the score adds up, by name; a product of two stands under both names, joined by "*". */
export function scoredOf(features: PairFeatures): Readonly<Record<keyof typeof PAIR_SCORE.weights, number>> {
  const {
    cosine,
    rare,
    rareContainment,
    sequence,
    length,
    swapped,
    added,
    clause,
    values,
    names,
    moreValues,
    negation,
    roles,
  } = features;
  return {
    cosine,
    rare,
    rareContainment,
    sequence,
    length,
    swapped,
    added,
    clause,
    values,
    names,
    moreValues,
    negation,
    roles,
    "cosine*added": cosine * added,
    "length*added": length * added,
    "added*roles": added * roles,
  };
}

function logOddsOf(scored: ReturnType<typeof scoredOf>): number {
  // Keys of the weights are the names that are scored.
  const names = Object.keys(PAIR_SCORE.weights) as (keyof typeof PAIR_SCORE.weights)[];
  return names.reduce<number>(
    (sum, name) => sum + PAIR_SCORE.weights[name] * scored[name],
    PAIR_SCORE.offset,
  );
}
