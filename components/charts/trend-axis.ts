/**
 * Where the points of one memory's confidence stand from left to right. History and forecast have a scale of their own, for half
 * a year ahead would press a morning's changes into one line; and changes too close to be told apart are spaced evenly.
 */
import { DAY_MS, formatClock, formatDayShort } from "@/lib/format/time";

export interface AxisRow {
  readonly atMs: number;
  /** Belongs to the history; a row of the forecast has none. */
  readonly confidence: number | null;
}

export interface AxisTick {
  readonly place: number;
  readonly label: string;
}

export interface TrendAxis {
  /** One per row, from 0 to 1, in order. */
  readonly places: readonly number[];
  readonly ticks: readonly AxisTick[];
  /** Where the history ends and the forecast begins; null when there is only one of them. */
  readonly nowPlace: number | null;
  readonly isEven: boolean;
  readonly placeOf: (atMs: number) => number;
}

const HISTORY_SHARE = 0.72;
/** Neighbours nearer than this share of the history would overlap. */
const CLOSEST_SHARE = 0.025;
const HISTORY_TICKS = 4;

export function trendAxis(rows: readonly AxisRow[]): TrendAxis {
  const history = rows.filter((row) => row.confidence !== null).map((row) => row.atMs);
  const ahead = rows.filter((row) => row.confidence === null).map((row) => row.atMs);
  const [first = 0, last = 0] = [history[0], history.at(-1)];
  const end = ahead.length === 0 ? 1 : HISTORY_SHARE;
  const isEven = isCrowded(history);
  const inTime = (atMs: number) => share(atMs, first, last) * end;
  const past = history.map((atMs, index) =>
    isEven ? share(index, 0, history.length - 1) * end : inTime(atMs),
  );
  const future = ahead.map((atMs) => end + share(atMs, last, ahead.at(-1) ?? last) * (1 - end));
  const places = [...past, ...future];
  return {
    places,
    ticks: [...historyTicks(history, past), ...forecastTicks(ahead, future)],
    nowPlace: history.length > 0 && ahead.length > 0 ? end : null,
    isEven,
    placeOf: (atMs) => between(atMs, [...history, ...ahead], places),
  };
}

/** Changes of a moment share a time; those are drawn one after the other, in their order. */
function isCrowded(times: readonly number[]): boolean {
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  return (
    times.slice(1).some((atMs, index) => atMs - (times[index] ?? atMs) < span * CLOSEST_SHARE) || span === 0
  );
}

function historyTicks(times: readonly number[], places: readonly number[]): readonly AxisTick[] {
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  const label = (atMs: number) => (span < 2 * DAY_MS ? formatClock(atMs) : formatDayShort(atMs));
  const count = Math.min(HISTORY_TICKS, times.length);
  const chosen = Array.from({ length: count }, (_, index) =>
    Math.round((index * (times.length - 1)) / Math.max(1, count - 1)),
  );
  return (
    chosen
      .map((index) => ({ place: places[index] ?? 0, label: label(times[index] ?? 0) }))
      // A label that stands already says the same again to its right.
      .filter((tick, index, all) => index === 0 || tick.label !== all[index - 1]?.label)
  );
}

function forecastTicks(times: readonly number[], places: readonly number[]): readonly AxisTick[] {
  const [last, place] = [times.at(-1), places.at(-1)];
  return last === undefined || place === undefined ? [] : [{ place, label: formatDayShort(last) }];
}

function share(at: number, from: number, to: number): number {
  return to > from ? (at - from) / (to - from) : 0;
}

/** Between its neighbours, so that a mark lies between the changes it lies between. */
function between(atMs: number, times: readonly number[], places: readonly number[]): number {
  const next = times.findIndex((time) => time >= atMs);
  if (next <= 0) return places[next] ?? places.at(-1) ?? 0;
  const [from = 0, to = 0] = [times[next - 1], times[next]];
  const [left = 0, right = 0] = [places[next - 1], places[next]];
  return left + share(atMs, from, to) * (right - left);
}
