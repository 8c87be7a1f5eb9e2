import { formatCount, formatDecimal, formatSigned, plural } from "@/lib/format/number";
import { formatDay } from "@/lib/format/time";
import type { ChartTable } from "./chart-frame";
import { dayToMs } from "./time-axis";

/** Mean nDCG@10 of one day's judged recalls: as they were shown, and by the same store without what outcomes added. */
export interface QualityDay {
  readonly day: string;
  readonly judged: number;
  readonly learned: number | null;
  readonly frozen: number | null;
}

/** A mean with its 95 % interval. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

export interface QualityRow {
  readonly atMs: number;
  readonly judged: number;
  readonly learned: number | null;
  readonly frozen: number | null;
}

/** Below this many judged recalls the interval itself is a guess, so no worth is claimed. */
export const ENOUGH_JUDGED = 30;

export function qualityRows(days: readonly QualityDay[]): readonly QualityRow[] {
  return [...days]
    .sort((one, other) => one.day.localeCompare(other.day))
    .map(({ day, ...rest }) => ({ atMs: dayToMs(day), ...rest }));
}

export type GainKind = "none" | "few" | "unclear" | "gain" | "loss";

/** What may be said of a difference: nothing, too little, nothing that stands out, or a direction. */
export function gainKind(gain: Estimate | null): GainKind {
  if (gain === null || gain.count === 0) return "none";
  if (gain.count < ENOUGH_JUDGED) return "few";
  if (gain.low > 0) return "gain";
  return gain.high < 0 ? "loss" : "unclear";
}

/** What learning is worth, as one plain sentence that claims no more than the interval allows. */
export function gainSentence(gain: Estimate | null): string {
  const kind = gainKind(gain);
  if (gain === null || kind === "none")
    return "Nobody said which memories helped in this time, so what learning is worth cannot be told.";
  const over = `over ${plural(gain.count, "judged recall")}`;
  switch (kind) {
    case "few":
      return `Too few to tell: ${signed(gain.mean)} nDCG ${over}. From ${ENOUGH_JUDGED} on, an interval says something.`;
    case "unclear":
      return `No difference stands out: ${signed(gain.mean)} nDCG (${interval(gain)}) ${over}, and the interval holds zero.`;
    case "gain":
      return `Learning is worth ${signed(gain.mean)} nDCG (${interval(gain)}) ${over}.`;
    case "loss":
      return `Learning costs: ${signed(gain.mean)} nDCG (${interval(gain)}) ${over}. What it taught ranks worse than nothing; see what outcomes moved.`;
  }
}

export function qualitySummary(rows: readonly QualityRow[]): string {
  const judged = rows.filter((row) => row.judged > 0);
  if (judged.length === 0) return "No recall was judged memory by memory in this time.";
  const recalls = judged.reduce((sum, row) => sum + row.judged, 0);
  const ahead = judged.filter((row) => (row.learned ?? 0) > (row.frozen ?? 0)).length;
  const where =
    judged.length === 1 ? (ahead === 1 ? "ahead" : "not ahead") : `ahead on ${formatCount(ahead)} of them`;
  return `${plural(recalls, "recall")} judged on ${plural(judged.length, "day")}; the learned ranking was ${where}.`;
}

export function qualityTable(rows: readonly QualityRow[]): ChartTable {
  return {
    columns: ["Day", "With learning", "Frozen", "Judged recalls"],
    rows: rows
      .filter((row) => row.judged > 0)
      .map((row) => [
        formatDay(row.atMs),
        formatDecimal(row.learned, 3),
        formatDecimal(row.frozen, 3),
        formatCount(row.judged),
      ]),
  };
}

const signed = (amount: number): string => formatSigned(amount, 3);

export function interval({ low, high }: Pick<Estimate, "low" | "high">): string {
  return `${signed(low)} to ${signed(high)}`;
}
