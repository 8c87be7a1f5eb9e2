/** How moments and spans look. The current time is an argument, so that a page can tick and a test can stand still. */

import { MISSING } from "./number";

export type Moment = string | number | Date;

const LOCALE = "en-GB";
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

interface Span {
  readonly unitMs: number;
  readonly belowMs: number;
  readonly name: string;
}

const SPANS: readonly Span[] = [
  { unitMs: MINUTE_MS, belowMs: HOUR_MS, name: "min" },
  { unitMs: HOUR_MS, belowMs: DAY_MS, name: "h" },
  { unitMs: DAY_MS, belowMs: 30 * DAY_MS, name: "d" },
  { unitMs: 30.44 * DAY_MS, belowMs: 365 * DAY_MS, name: "mo" },
  { unitMs: 365.25 * DAY_MS, belowMs: Infinity, name: "y" },
];

/** "3 min ago", "in 2 d"; under 45 seconds either way it is "just now". */
export function formatRelative(at: Moment, nowMs: number): string {
  const deltaMs = nowMs - toMs(at);
  if (!Number.isFinite(deltaMs)) return MISSING;
  if (Math.abs(deltaMs) < 45 * SECOND_MS) return "just now";
  const text = formatSpan(Math.abs(deltaMs));
  return deltaMs > 0 ? `${text} ago` : `in ${text}`;
}

/** A span in its largest fitting unit: "12 min", "5 h", "3 d". Below a minute: "40 s". */
export function formatSpan(spanMs: number): string {
  if (spanMs < 45 * SECOND_MS) return `${Math.max(0, Math.round(spanMs / SECOND_MS))} s`;
  const span = SPANS.find((candidate) => spanMs < candidate.belowMs) ?? SPANS[SPANS.length - 1];
  return span === undefined ? MISSING : `${Math.max(1, Math.floor(spanMs / span.unitMs))} ${span.name}`;
}

/** How long a call took: "8 ms", "1.2 s", "3 min 5 s". */
export function formatDuration(durationMs: number): string {
  if (!Number.isFinite(durationMs)) return MISSING;
  if (durationMs < SECOND_MS) return `${Math.round(durationMs)} ms`;
  if (durationMs < MINUTE_MS) return `${(durationMs / SECOND_MS).toFixed(1)} s`;
  const minutes = Math.floor(durationMs / MINUTE_MS);
  return `${minutes} min ${Math.round((durationMs % MINUTE_MS) / SECOND_MS)} s`;
}

/** The full moment with its zone: what a hover or a screen reader gets. */
export function formatAbsolute(at: Moment, timeZone?: string): string {
  const text = print(at, timeZone, { dateStyle: "medium", timeStyle: "medium" });
  return text === MISSING ? text : `${text} ${zoneName(new Date(toMs(at)), timeZone)}`;
}

export function formatDay(at: Moment, timeZone?: string): string {
  return print(at, timeZone, { day: "numeric", month: "short", year: "numeric" });
}

/** "4 Mar", for axes and rows whose year is plain from the context. */
export function formatDayShort(at: Moment, timeZone?: string): string {
  return print(at, timeZone, { day: "numeric", month: "short" });
}

export function formatClock(at: Moment, timeZone?: string): string {
  return print(at, timeZone, { hour: "2-digit", minute: "2-digit" });
}

/** Local calendar day as yyyy-mm-dd, to group rows by. */
export function dayKey(at: Moment, timeZone?: string): string {
  const date = new Date(toMs(at));
  if (Number.isNaN(date.getTime())) return MISSING;
  return new Intl.DateTimeFormat("en-CA", { ...zone(timeZone), dateStyle: "short" }).format(date);
}

/** "Today", "Yesterday" or the date: the heading of a day's rows. */
export function formatDayHeading(at: Moment, nowMs: number, timeZone?: string): string {
  const key = dayKey(at, timeZone);
  if (key === dayKey(nowMs, timeZone)) return "Today";
  if (key === dayKey(nowMs - DAY_MS, timeZone)) return "Yesterday";
  const weekday = print(at, timeZone, { weekday: "long" });
  return `${weekday} ${print(at, timeZone, { day: "numeric", month: "long", year: "numeric" })}`;
}

export function toMs(at: Moment): number {
  return at instanceof Date ? at.getTime() : new Date(at).getTime();
}

function print(at: Moment, timeZone: string | undefined, options: Intl.DateTimeFormatOptions): string {
  const date = new Date(toMs(at));
  if (Number.isNaN(date.getTime())) return MISSING;
  return new Intl.DateTimeFormat(LOCALE, { ...options, ...zone(timeZone) }).format(date);
}

function zoneName(date: Date, timeZone: string | undefined): string {
  const parts = new Intl.DateTimeFormat(LOCALE, { ...zone(timeZone), timeZoneName: "short" }).formatToParts(
    date,
  );
  return parts.find((part) => part.type === "timeZoneName")?.value ?? "";
}

function zone(timeZone: string | undefined): Intl.DateTimeFormatOptions {
  return timeZone === undefined ? {} : { timeZone };
}
