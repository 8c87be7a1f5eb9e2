import { CONSTANTS } from "@/lib/domain/parameters";

/** A mean with its 95 % interval, by the normal approximation over independent values. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** null without values; one value alone has no width to show, so the interval is the whole scale of what is asked. */
export function estimate(values: readonly number[]): Estimate | null {
  const count = values.length;
  if (count === 0) return null;
  const mean = values.reduce((sum, v) => sum + v, 0) / count;
  const variance = count > 1 ? values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (count - 1) : 1;
  const half = CONSTANTS.interval95Z * Math.sqrt(variance / count);
  return { mean, low: mean - half, high: mean + half, count };
}

/**
 * Wilson's score interval of a share, which stays inside 0…1 and is honest for few cases (Wilson 1927). 95 %.
 * null of no cases.
 */
export function shareOf(hits: number, of: number): Estimate | null {
  if (of === 0) return null;
  const z2 = CONSTANTS.interval95Z ** 2;
  const share = hits / of;
  const centre = (share + z2 / (2 * of)) / (1 + z2 / of);
  const half =
    (CONSTANTS.interval95Z / (1 + z2 / of)) * Math.sqrt((share * (1 - share)) / of + z2 / (2 * of) ** 2);
  return { mean: share, low: Math.max(0, centre - half), high: Math.min(1, centre + half), count: of };
}

/** nDCG@k with binary gains: 1 when what helped stands on top. `helped` is not empty. */
export function ndcg(ranked: readonly string[], helped: ReadonlySet<string>, k: number): number {
  const gain = (rank: number): number => 1 / Math.log2(2 + rank);
  const got = ranked.slice(0, k).reduce((sum, id, i) => sum + (helped.has(id) ? gain(i) : 0), 0);
  const ideal = Array.from({ length: Math.min(k, helped.size) }, (_, i) => gain(i)).reduce(
    (sum, g) => sum + g,
    0,
  );
  return got / ideal;
}

/** 1/rank of the first that helped; 0 when none is listed. */
export function reciprocalRank(ranked: readonly string[], helped: ReadonlySet<string>): number {
  const at = ranked.findIndex((id) => helped.has(id));
  return at < 0 ? 0 : 1 / (at + 1);
}
