import { formatConfidence, formatConfidenceDelta, type ConfidenceScale } from "@/lib/format/confidence";
import type { ChartTable } from "./chart-frame";

/** One step from the prior to now. The first step is the prior itself, with no change behind it. */
export interface WaterfallStep {
  readonly changeId: string | null;
  readonly label: string;
  readonly delta: number;
  /** Confidence after this step. */
  readonly confidence: number;
}

export type WaterfallKind = "start" | "up" | "down" | "level" | "now";

export interface WaterfallRow {
  readonly label: string;
  readonly changeId: string | null;
  readonly kind: WaterfallKind;
  readonly delta: number;
  readonly confidence: number;
  /** Ends of the bar on the scale of confidence. */
  readonly from: number;
  readonly to: number;
}

/** A tenth of a point is the last digit that is printed. */
const SMALLEST_SEEN = 0.0005;

/**
 * The steps as bars from where the last one ended, with the outcome as a bar of its own. More steps than fit are folded: the
 * largest stay, and each run of small ones becomes one row that says how many it holds.
 */
export function waterfallRows(steps: readonly WaterfallStep[], maxSteps: number): readonly WaterfallRow[] {
  const [prior, ...given] = steps;
  const last = steps.at(-1);
  if (prior === undefined || last === undefined) return [];
  const start: WaterfallRow = { ...rowOf(prior, 0), kind: "start" };
  const now: WaterfallRow = {
    label: "Now",
    changeId: null,
    kind: "now",
    delta: 0,
    confidence: last.confidence,
    from: 0,
    to: last.confidence,
  };
  // What no change made and moved nothing visible, such as fading within a minute, is no step to a reader.
  const moves = given.filter((step) => step.changeId !== null || Math.abs(step.delta) >= SMALLEST_SEEN);
  let level = prior.confidence;
  const shown = foldSmall(moves, maxSteps).map((step) => {
    const row = rowOf(step, level);
    level = step.confidence;
    return row;
  });
  return [start, ...shown, now];
}

export function waterfallSummary(rows: readonly WaterfallRow[], scale: ConfidenceScale): string {
  const [start, now] = [rows[0], rows.at(-1)];
  if (start === undefined || now === undefined) return "No evidence yet.";
  const largest = rows
    .slice(1, -1)
    .reduce<WaterfallRow | null>(
      (most, row) => (most && Math.abs(most.delta) >= Math.abs(row.delta) ? most : row),
      null,
    );
  const path = `From ${formatConfidence(start.to, scale)} before any evidence to ${formatConfidence(now.to, scale)} now`;
  if (largest === null || largest.delta === 0) return `${path}.`;
  return `${path}; the largest step is “${largest.label}” with ${formatConfidenceDelta(largest.delta, scale)}.`;
}

export function waterfallTable(rows: readonly WaterfallRow[], scale: ConfidenceScale): ChartTable {
  return {
    columns: ["Step", "Move", "Confidence"],
    rows: rows.map((row) => [
      row.label,
      row.kind === "start" || row.kind === "now" ? "–" : formatConfidenceDelta(row.delta, scale),
      formatConfidence(row.confidence, scale),
    ]),
  };
}

function rowOf(step: WaterfallStep, level: number): WaterfallRow {
  const kind = step.confidence > level ? "up" : step.confidence < level ? "down" : "level";
  return { ...step, kind, from: Math.min(level, step.confidence), to: Math.max(level, step.confidence) };
}

function foldSmall(moves: readonly WaterfallStep[], maxSteps: number): readonly WaterfallStep[] {
  if (moves.length <= maxSteps) return moves;
  const kept = new Set(
    [...moves]
      .sort((one, other) => Math.abs(other.delta) - Math.abs(one.delta))
      .slice(0, Math.max(1, Math.floor(maxSteps / 2))),
  );
  const folded: WaterfallStep[] = [];
  let run: WaterfallStep[] = [];
  const close = () => {
    const end = run.at(-1);
    if (end !== undefined) folded.push(run.length === 1 ? end : foldRun(run, end));
    run = [];
  };
  for (const move of moves) {
    if (!kept.has(move)) {
      run.push(move);
      continue;
    }
    close();
    folded.push(move);
  }
  close();
  return folded;
}

function foldRun(run: readonly WaterfallStep[], end: WaterfallStep): WaterfallStep {
  const delta = run.reduce((sum, step) => sum + step.delta, 0);
  return { changeId: null, label: `${run.length} smaller steps`, delta, confidence: end.confidence };
}
