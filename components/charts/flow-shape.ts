import { formatCount, formatSigned } from "@/lib/format/number";
import { formatDay } from "@/lib/format/time";
import type { ChartTable } from "./chart-frame";
import { ink } from "./chart-theme";
import { dayToMs } from "./time-axis";

/** How many memories came into force and went out of it on one day. All counts are positive. */
export interface FlowDay {
  readonly day: string;
  readonly added: number;
  readonly restored: number;
  readonly merged: number;
  readonly archived: number;
  readonly deleted: number;
  readonly reverted: number;
}

export const flowKinds = ["added", "restored", "merged", "archived", "deleted", "reverted"] as const;
export type FlowKind = (typeof flowKinds)[number];

export interface FlowLook {
  readonly label: string;
  /** What came in is drawn above the line, what went out below it. */
  readonly comesIn: boolean;
  readonly color: string;
  readonly hatched: boolean;
}

export const flowLook: Readonly<Record<FlowKind, FlowLook>> = {
  added: { label: "Added", comesIn: true, color: ink.gain, hatched: false },
  restored: { label: "Restored", comesIn: true, color: ink.gain, hatched: true },
  merged: { label: "Merged", comesIn: false, color: ink.accent, hatched: false },
  archived: { label: "Archived", comesIn: false, color: ink.slateLight, hatched: false },
  deleted: { label: "Deleted", comesIn: false, color: ink.loss, hatched: false },
  reverted: { label: "Reverted", comesIn: false, color: ink.reverted, hatched: true },
};

export interface FlowRow extends Readonly<Record<FlowKind, number>> {
  readonly day: string;
  readonly atMs: number;
}

/** Outgoing counts become negative, so that the stacks grow away from the line. */
export function flowRows(days: readonly FlowDay[]): readonly FlowRow[] {
  return [...days]
    .sort((one, other) => one.day.localeCompare(other.day))
    .map((day) => ({
      day: day.day,
      atMs: dayToMs(day.day),
      added: day.added,
      restored: day.restored,
      merged: 0 - day.merged,
      archived: 0 - day.archived,
      deleted: 0 - day.deleted,
      reverted: 0 - day.reverted,
    }));
}

export function flowTotals(days: readonly FlowDay[]): Readonly<Record<FlowKind, number>> {
  const total = (kind: FlowKind) => days.reduce((sum, day) => sum + day[kind], 0);
  return {
    added: total("added"),
    restored: total("restored"),
    merged: total("merged"),
    archived: total("archived"),
    deleted: total("deleted"),
    reverted: total("reverted"),
  };
}

export function flowSummary(days: readonly FlowDay[]): string {
  const totals = flowTotals(days);
  const cameIn = totals.added + totals.restored;
  const wentOut = totals.merged + totals.archived + totals.deleted + totals.reverted;
  if (cameIn + wentOut === 0) return "Nothing came in or went out in this time.";
  return `${formatCount(cameIn)} came in and ${formatCount(wentOut)} went out: ${formatSigned(cameIn - wentOut, 0)} in all.`;
}

export function flowTable(days: readonly FlowDay[]): ChartTable {
  return {
    columns: ["Day", ...flowKinds.map((kind) => flowLook[kind].label)],
    rows: [...days]
      .sort((one, other) => one.day.localeCompare(other.day))
      .map((day) => [formatDay(dayToMs(day.day)), ...flowKinds.map((kind) => formatCount(day[kind]))]),
  };
}
