import type { ChartTable } from "@/components/charts/chart-frame";
import { formatDecimal, formatPoints, plural } from "@/lib/format/number";
import type { CycleSummary } from "./cycle-words";

/** Quality of judged recalls as one cycle found it. */
export interface TrendPoint {
  readonly id: string;
  readonly number: number;
  readonly ndcg: number;
  readonly low: number;
  readonly high: number;
  readonly frozen: number | null;
  readonly state: CycleSummary["state"];
}

/** Oldest first; dry runs change nothing, and cycles without a judged recall have nothing to show. */
export const trendPoints = (cycles: readonly CycleSummary[]): readonly TrendPoint[] =>
  cycles
    .flatMap(({ id, number, state, dryRun, metrics: { before, control } }): readonly TrendPoint[] =>
      before.ndcg === null || dryRun
        ? []
        : [
            {
              id,
              number,
              state,
              ndcg: before.ndcg.mean,
              low: Math.max(0, before.ndcg.low),
              high: Math.min(1, before.ndcg.high),
              frozen: control.ndcg?.mean ?? null,
            },
          ],
    )
    .toSorted((one, other) => one.number - other.number);

export function trendSummary(points: readonly TrendPoint[]): string {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return "No cycle has found a judged recall yet.";
  const reverted = points.filter(({ state }) => state === "reverted").length;
  const taken = reverted === 0 ? "" : ` ${plural(reverted, "cycle was", "cycles were")} taken back since.`;
  if (points.length === 1) return `nDCG ${formatDecimal(first.ndcg)} at cycle ${first.number}.${taken}`;
  return `nDCG ${formatPoints(last.ndcg - first.ndcg)} from cycle ${first.number} to cycle ${last.number}.${taken}`;
}

export const trendTable = (points: readonly TrendPoint[]): ChartTable => ({
  columns: ["Cycle", "nDCG", "From", "To", "Frozen arm", "State"],
  rows: points.map(({ number, ndcg, low, high, frozen, state }) => [
    `Cycle ${number}`,
    ...[ndcg, low, high, frozen].map((value) => formatDecimal(value)),
    state,
  ]),
});
