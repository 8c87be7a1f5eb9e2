import { confidenceTrend, formatConfidence, type ConfidenceScale } from "@/lib/format/confidence";
import { formatCount } from "@/lib/format/number";
import { DAY_MS, formatDay } from "@/lib/format/time";
import type { ChartTable } from "./chart-frame";
import { dayToMs } from "./time-axis";

/** One day of the whole store: a tenth of the memories lies below p10, a tenth above p90. */
export interface BandDay {
  readonly day: string;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  readonly memories: number;
}

export interface BandRow {
  readonly atMs: number;
  readonly median: number | null;
  readonly spread: readonly [p10: number, p90: number] | null;
  readonly memories: number;
}

/** A day without memories has no percentiles: the line is broken there instead of falling to zero. */
export function bandRows(days: readonly BandDay[]): readonly BandRow[] {
  return [...days]
    .sort((one, other) => one.day.localeCompare(other.day))
    .map(({ day, p10, p50, p90, memories }) => ({
      atMs: dayToMs(day),
      median: memories === 0 ? null : p50,
      spread: memories === 0 ? null : [p10, p90],
      memories,
    }));
}

/** A single day has no line through it: it is drawn as wide as it lasted. */
export function drawnBand(rows: readonly BandRow[]): readonly BandRow[] {
  const known = rows.filter((row) => row.median !== null);
  const [only] = known;
  if (known.length !== 1 || only === undefined) return rows;
  return [
    { ...only, atMs: only.atMs - HALF_DAY_MS },
    { ...only, atMs: only.atMs + HALF_DAY_MS },
  ];
}

const HALF_DAY_MS = DAY_MS / 2;

export function bandSummary(rows: readonly BandRow[], scale: ConfidenceScale): string {
  const medians = rows.flatMap((row) => (row.median === null ? [] : [row.median]));
  const [first, last] = [medians[0], medians.at(-1)];
  if (first === undefined || last === undefined) return "No memories in this time.";
  const [from, to] = [formatConfidence(first, scale), formatConfidence(last, scale)];
  const trend = confidenceTrend(first, last);
  if (trend === "flat") return `The median confidence stayed at ${to}.`;
  return `The median confidence ${trend === "up" ? "rose" : "fell"} from ${from} to ${to}.`;
}

export function bandTable(rows: readonly BandRow[], scale: ConfidenceScale): ChartTable {
  return {
    columns: ["Day", "10th percentile", "Median", "90th percentile", "Memories"],
    rows: rows.map((row) => [
      formatDay(row.atMs),
      formatConfidence(row.spread?.[0], scale),
      formatConfidence(row.median, scale),
      formatConfidence(row.spread?.[1], scale),
      formatCount(row.memories),
    ]),
  };
}
