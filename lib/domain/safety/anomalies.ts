import { dot } from "@/lib/domain/vector";
import type { Parameters } from "@/lib/domain/parameters";

/** How much of what recalls showed came from one source, beside how much of the store did. Shares 0…1. */
export interface SourceShare {
  readonly shown: number;
  readonly stored: number;
}

/** Shown far more often than its part of the store explains: fair for a store's only source, suspicious for a small one. */
export const isCrowdingOut = ({ shown, stored }: SourceShare, parameters: Parameters): boolean =>
  shown > parameters["safety.anomaly.share"] && shown > 2 * stored;

/** One memory among the best for more kinds of question than one fact can be about. `kinds` ≥ 1. */
export const isEverywhere = (hits: number, kinds: number, parameters: Parameters): boolean =>
  hits > 2 && hits / kinds > parameters["safety.anomaly.reach"];

/** So many in one hour, beside its usual number an hour: above the mean of a Poisson count by so many standard deviations. */
export const isBurst = (inHour: number, usualPerHour: number, parameters: Parameters): boolean =>
  inHour - usualPerHour > parameters["safety.anomaly.burst"] * Math.sqrt(usualPerHour + 1);

/**
 * Kinds of question by leader clustering in the order given: a question joins the first leader at least as alike as
 * `alike` (cosine), else it leads a kind of its own. Returns a kind number per question. Vectors are of length 1.
 */
export function questionKinds(vectors: readonly Float32Array[], alike: number): number[] {
  const leaders: Float32Array[] = [];
  return vectors.map((vector) => {
    const found = leaders.findIndex((leader) => dot(leader, vector) >= alike);
    return found >= 0 ? found : leaders.push(vector) - 1;
  });
}
