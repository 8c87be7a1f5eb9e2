import { formatCount, formatPercent, plural } from "@/lib/format/number";
import { formatDay } from "@/lib/format/time";
import type { ChartTable } from "./chart-frame";
import { ink } from "./chart-theme";
import type { Estimate } from "./quality-shape";
import { dayToMs } from "./time-axis";
import { wilson } from "./wilson";

/** In the order in which they are drawn: what memory can mend, then what it cannot, then what is not known. */
export const failureCauses = ["notStored", "stale", "notRecalled", "model", "unknown"] as const;
export type FailureCause = (typeof failureCauses)[number];

export interface CauseLook {
  readonly label: string;
  readonly color: string;
  readonly hatched: boolean;
}

export const causeLook: Readonly<Record<FailureCause, CauseLook>> = {
  notStored: { label: "Nothing stored answers it", color: ink.slateLight, hatched: false },
  stale: { label: "Stale or contested", color: ink.contested, hatched: false },
  notRecalled: { label: "Stored, not recalled", color: ink.accent, hatched: false },
  model: { label: "Recalled, still failed", color: ink.slate, hatched: false },
  unknown: { label: "Not enough signals", color: ink.ghost, hatched: true },
};

export interface CauseShare {
  readonly cause: FailureCause;
  readonly count: number;
  readonly share: Estimate | null;
}

export interface CauseDay extends Readonly<Record<FailureCause, number>> {
  readonly day: string;
}

export interface CauseDayRow extends CauseDay {
  readonly atMs: number;
}

export function causeDayRows(days: readonly CauseDay[]): readonly CauseDayRow[] {
  return [...days]
    .sort((one, other) => one.day.localeCompare(other.day))
    .map((day) => ({ ...day, atMs: dayToMs(day.day) }));
}

/** "42% (19–68%)": a share is never shown without its interval. */
export function shareText(share: Estimate | null): string {
  if (share === null) return "–";
  const [low, high] = [formatPercent(share.low).replace("%", ""), formatPercent(share.high)];
  return `${formatPercent(share.mean)} (${low}–${high})`;
}

/**
 * Memory or model, in one sentence that says what the signals show and no more. An outcome that the memory could have
 * mended may still have failed for the model, so the sentence speaks of what was found, not of what would have been.
 */
export function causesSentence(causes: readonly CauseShare[], failed: number): string {
  if (failed === 0) return "No judged outcome failed in this time.";
  const count = (cause: FailureCause) => causes.find((one) => one.cause === cause)?.count ?? 0;
  const memory = count("notStored") + count("stale") + count("notRecalled");
  const parts = [
    [memory, `in ${formatCount(memory)} something was amiss with the memory`],
    [count("model"), `${formatCount(count("model"))} failed although memories that help were shown`],
    [count("unknown"), `of ${formatCount(count("unknown"))} the signals tell too little`],
  ] as const;
  const told = parts.filter(([found]) => found > 0).map(([, text]) => text);
  return `Of ${plural(failed, "failed outcome")}, ${told.join("; ")}.`;
}

export function causeDaysSummary(rows: readonly CauseDayRow[]): string {
  const totals = failureCauses.map((cause) => ({
    cause,
    count: rows.reduce((sum, row) => sum + row[cause], 0),
  }));
  const failed = totals.reduce((sum, total) => sum + total.count, 0);
  if (failed === 0) return "No judged outcome failed in this time.";
  const [most] = totals.filter((one) => one.cause !== "unknown").sort((a, b) => b.count - a.count);
  if (most === undefined || most.count === 0)
    return `${plural(failed, "failure")}, none of which the signals explain.`;
  return `${plural(failed, "failure")}; the most frequent known cause is “${causeLook[most.cause].label.toLowerCase()}” with ${formatCount(most.count)}.`;
}

/** "3 · 42% (19–68%)": how many of the day's failures, and as a share of them with its interval. */
export function causeOfDayText(row: CauseDayRow, cause: FailureCause): string {
  const failed = failureCauses.reduce((sum, one) => sum + row[one], 0);
  if (row[cause] === 0 || failed === 0) return formatCount(row[cause]);
  const mean = row[cause] / failed;
  return `${formatCount(row[cause])} · ${shareText({ mean, ...wilson(mean, failed), count: failed })}`;
}

export function causeDaysTable(rows: readonly CauseDayRow[]): ChartTable {
  return {
    columns: ["Day", ...failureCauses.map((cause) => causeLook[cause].label)],
    rows: rows
      .filter((row) => failureCauses.some((cause) => row[cause] > 0))
      .map((row) => [formatDay(row.atMs), ...failureCauses.map((cause) => causeOfDayText(row, cause))]),
  };
}
