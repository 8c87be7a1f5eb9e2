import type { ChartTable } from "@/components/charts/chart-frame";
import { formatDecimal, plural } from "@/lib/format/number";
import type { Cycle } from "./cycle-words";

export type MovedQuery = Cycle["movedQueries"][number];

/** Less than this is no difference. */
const SAME = 0.005;

export const moveOf = ({ ndcgBefore, ndcgAfter }: MovedQuery): "gain" | "loss" | "same" =>
  Math.abs(ndcgAfter - ndcgBefore) < SAME ? "same" : ndcgAfter > ndcgBefore ? "gain" : "loss";

export function scatterSummary(queries: readonly MovedQuery[]): string {
  if (queries.length === 0) return "No judged query would show another list.";
  const count = (move: ReturnType<typeof moveOf>) => queries.filter((query) => moveOf(query) === move).length;
  return `Of ${plural(queries.length, "judged query", "judged queries")} with another list, ${count("gain")} would get better and ${count("loss")} worse.`;
}

export const scatterTable = (queries: readonly MovedQuery[]): ChartTable => ({
  columns: ["Query", "Before", "After", "Change"],
  rows: queries.map(({ query, ndcgBefore, ndcgAfter }) => [
    query,
    formatDecimal(ndcgBefore),
    formatDecimal(ndcgAfter),
    formatDecimal(ndcgAfter - ndcgBefore),
  ]),
});

/** Queries at one place of the plot. */
export interface Spot {
  readonly key: string;
  readonly queries: readonly [MovedQuery, ...MovedQuery[]];
}

/** Marks that would cover each other are one, with their number. */
export function spotsOf(queries: readonly MovedQuery[]): readonly Spot[] {
  const spots = new Map<string, [MovedQuery, ...MovedQuery[]]>();
  for (const query of queries) {
    const key = `${formatDecimal(query.ndcgBefore)} ${formatDecimal(query.ndcgAfter)}`;
    const held = spots.get(key);
    if (held) held.push(query);
    else spots.set(key, [query]);
  }
  return [...spots].map(([key, held]) => ({ key, queries: held }));
}
