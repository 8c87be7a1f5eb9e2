import type { Epoch } from "./epoch";
import type { Parameters } from "@/lib/domain/parameters";

/**
 * One stem's part of BM25: idf·tf·(k1 + 1)/(tf + k1·(1 − b + b·length/averageLength)), ≥ 0 (Robertson & Zaragoza 2009).
 * Worked: idf 1, tf 1, average length, k1 .9, b .5: 1.
 */
export function keywordTerm(
  term: { readonly idf: number; readonly occurrences: number; readonly length: number },
  epoch: Epoch,
  parameters: Parameters,
): number {
  const k1 = parameters["recall.keyword.k1"];
  const b = parameters["recall.keyword.b"];
  const { idf, occurrences, length } = term;
  return (idf * occurrences * (k1 + 1)) / (occurrences + k1 * (1 - b + (b * length) / epoch.averageLength));
}
