import { DAY_MS, formatClock, formatDayShort } from "@/lib/format/time";

/** Ticks of a time axis: at most `count`, evenly spread over the span, ends included. */
export function timeTicks(fromMs: number, toMs: number, count: number): readonly number[] {
  if (!(toMs > fromMs)) return Number.isFinite(fromMs) ? [fromMs] : [];
  const stepMs = (toMs - fromMs) / Math.max(1, count - 1);
  return Array.from({ length: count }, (_, index) => Math.round(fromMs + index * stepMs));
}

/** Hours where the axis spans less than two days, days otherwise. */
export function timeTickLabel(spanMs: number): (atMs: number) => string {
  return (atMs) => (spanMs < 2 * DAY_MS ? formatClock(atMs) : formatDayShort(atMs));
}

/** A day of the server, `2026-03-04`, as the middle of that UTC day: so that bars and markers share one axis. */
export function dayToMs(day: string): number {
  return Date.parse(`${day}T12:00:00Z`);
}
