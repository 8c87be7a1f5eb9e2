import { CONSTANTS } from "@/lib/domain/parameters";

/**
 * What judged recalls prefer, as sums over pairs: Σ d·dᵀ and Σ d, where d is the difference in score parts of a memory that
 * helped and one that did not. Sums, so one recall's part can be taken out again exactly.
 */
export interface Preferences {
  readonly pairs: number;
  readonly products: readonly (readonly number[])[];
  readonly totals: readonly number[];
}

export const noPreferences = (parts: number): Preferences => ({
  pairs: 0,
  products: Array.from({ length: parts }, () => new Array<number>(parts).fill(0)),
  totals: new Array<number>(parts).fill(0),
});

/** One more pair, `sign` −1 takes it out again. */
export function withPair(sums: Preferences, difference: readonly number[], sign: 1 | -1 = 1): Preferences {
  return {
    pairs: sums.pairs + sign,
    products: sums.products.map((row, i) =>
      row.map((value, j) => value + sign * (difference[i] ?? 0) * (difference[j] ?? 0)),
    ),
    totals: sums.totals.map((value, i) => value + sign * (difference[i] ?? 0)),
  };
}

/** A judged recall: the parts of what it showed, in the order shown, and which of it helped. */
export interface Shown {
  readonly parts: readonly number[];
  readonly helped: boolean;
}

/**
 * The pairs a judged recall is good for: what helped against what stood above it and did not, and against the next below.
 * People read from the top, so what stood above was seen; counting all below would reward the order that was shown.
 */
export function pairsOf(shown: readonly Shown[]): number[][] {
  return shown.flatMap((good, rank) => {
    if (!good.helped) return [];
    const above = shown.slice(0, rank).filter((other) => !other.helped);
    const below = shown.slice(rank + 1).find((other) => !other.helped);
    return [...above, ...(below ? [below] : [])].map((bad) =>
      good.parts.map((value, i) => value - (bad.parts[i] ?? 0)),
    );
  });
}

/**
 * Ridge regression of a margin of 1 on the parts: δ minimises Σ(1 − (1 + δ)·d)² + λ|δ|², that is (Σddᵀ + λI)δ = Σd − Σddᵀ·1.
 * The mean of δ is taken off, because scaling all parts alike ranks nothing anew. Part i is to be weighed 1 + δ_i times as much.
 */
export function preferredScales({ products, totals }: Preferences, ridge: number): number[] {
  const right = totals.map((total, i) => total - (products[i] ?? []).reduce((sum, v) => sum + v, 0));
  const left = products.map((row, i) => row.map((value, j) => value + (i === j ? ridge : 0)));
  const solved = solve(left, right);
  const mean = solved.reduce((sum, v) => sum + v, 0) / Math.max(1, solved.length);
  return solved.map((v) => 1 + v - mean);
}

/** Gaussian elimination with the largest pivot; the matrix is symmetric and positive, so there is one. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  const size = rows.length;
  for (let at = 0; at < size; at += 1) {
    const pivot = rows
      .slice(at)
      .reduce(
        (best, row, i) => (Math.abs(row[at] ?? 0) > Math.abs(rows[best]?.[at] ?? 0) ? at + i : best),
        at,
      );
    const [a, b] = [rows[at] ?? [], rows[pivot] ?? []];
    rows[at] = b;
    rows[pivot] = a;
    eliminate(rows, at);
  }
  return rows.map((row) => row[size] ?? 0);
}

function eliminate(rows: number[][], at: number): void {
  const own = rows[at] ?? [];
  const lead = own[at] ?? 0;
  if (Math.abs(lead) < CONSTANTS.tiny) return;
  const scaled = own.map((v) => v / lead);
  rows.forEach((row, i) => {
    const factor = row[at] ?? 0;
    rows[i] = i === at ? scaled : row.map((v, j) => v - factor * (scaled[j] ?? 0));
  });
}
