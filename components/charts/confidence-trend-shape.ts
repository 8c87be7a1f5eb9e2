/** From points of confidence to what the chart of one memory draws. */

import {
  confidenceTrend,
  formatConfidence,
  formatConfidenceDelta,
  formatInterval,
  type ConfidenceScale,
} from "@/lib/format/confidence";
import { formatAbsolute, formatDay, toMs } from "@/lib/format/time";
import type { ChartTable } from "./chart-frame";
import { eventLook, type EventKind } from "./event-kinds";

export interface ConfidencePoint {
  readonly at: string;
  readonly confidence: number;
  readonly low: number;
  readonly high: number;
  readonly changeId: string | null;
  /** The op of the change, as the ledger names it. */
  readonly op: string;
}

export interface ForecastPoint {
  readonly at: string;
  readonly confidence: number;
}

export interface TrendRow {
  readonly atMs: number;
  readonly confidence: number | null;
  readonly band: readonly [low: number, high: number] | null;
  readonly forecast: number | null;
  readonly kind: EventKind | null;
  readonly changeId: string | null;
  readonly move: number;
}

/** History first, then the forecast; the two meet in the last point of the history, so that the dashed line continues the step. */
export function trendRows(
  points: readonly ConfidencePoint[],
  forecast: readonly ForecastPoint[],
): readonly TrendRow[] {
  const history = [...points]
    .sort((one, other) => toMs(one.at) - toMs(other.at))
    .map((point, index, all): TrendRow => {
      const move = point.confidence - (all[index - 1]?.confidence ?? point.confidence);
      return {
        atMs: toMs(point.at),
        confidence: point.confidence,
        band: [point.low, point.high],
        forecast: index === all.length - 1 && forecast.length > 0 ? point.confidence : null,
        kind: point.changeId === null ? null : eventKindOf(point.op, move),
        changeId: point.changeId,
        move,
      };
    });
  const ahead = forecast.map((point): TrendRow => ({
    atMs: toMs(point.at),
    confidence: null,
    band: null,
    forecast: point.confidence,
    kind: null,
    changeId: null,
    move: 0,
  }));
  return [...history, ...ahead];
}

/** An observation is evidence for or against by where it moved the confidence; other ops name themselves. */
export function eventKindOf(op: string, move: number): EventKind {
  switch (op) {
    case "create":
      return "created";
    case "observe":
      return move < 0 ? "loss" : "gain";
    case "edit":
    case "set":
      return "edited";
    case "merge":
    case "member":
      return "merged";
    case "revert":
      return "reverted";
    case "tune":
      return "tuned";
    default:
      return "other";
  }
}

export function trendSummary(rows: readonly TrendRow[], scale: ConfidenceScale): string {
  const seen = rows.flatMap((row) =>
    row.confidence === null ? [] : [{ ...row, confidence: row.confidence }],
  );
  const [first, last] = [seen[0], seen.at(-1)];
  if (first === undefined || last === undefined) return "No confidence is recorded yet.";
  const events = seen.filter((row) => row.kind !== null).length;
  const word = { up: "rose", down: "fell", flat: "stayed" }[
    confidenceTrend(first.confidence, last.confidence)
  ];
  const now = formatConfidence(last.confidence, scale);
  const path =
    word === "stayed"
      ? `stayed at ${now}`
      : `${word} from ${formatConfidence(first.confidence, scale)} to ${now}`;
  return `Since ${formatDay(first.atMs)} it ${path} over ${events} ${events === 1 ? "change" : "changes"}.`;
}

export function trendTable(rows: readonly TrendRow[], scale: ConfidenceScale): ChartTable {
  return {
    columns: ["When", "What", "Confidence", "Interval", "Move"],
    rows: rows
      .filter((row) => row.confidence !== null)
      .map((row) => [
        formatAbsolute(row.atMs),
        row.kind === null ? "Time passed" : eventLook[row.kind].label,
        formatConfidence(row.confidence, scale),
        row.band === null ? "–" : formatInterval(row.band[0], row.band[1], scale),
        formatConfidenceDelta(row.move, scale),
      ])
      .reverse(),
  };
}

/** The kinds that occur, in the order of the legend. */
export function kindsIn(rows: readonly TrendRow[]): readonly EventKind[] {
  return [...new Set(rows.flatMap((row) => (row.kind === null ? [] : [row.kind])))];
}
