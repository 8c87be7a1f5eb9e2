/** How the strip over the timeline is drawn: buckets of the server, joined so that a strip never has more bars than fit. */

import type { EventKind } from "@/components/charts/event-kinds";
import { plural } from "@/lib/format/number";

interface Counts {
  readonly count: number;
  readonly reverts: number;
  readonly merges: number;
  readonly tunes: number;
  readonly cycles: number;
}

export interface DensityBucket extends Counts {
  readonly at: string;
}

export interface DensityBar extends Counts {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What is marked above a bar, the most telling first: one mark stands for all that happened in its stretch. */
const MARKS = [
  { part: "cycles", kind: "cycle", one: "cycle" },
  { part: "reverts", kind: "reverted", one: "revert" },
  { part: "merges", kind: "merged", one: "merge" },
  { part: "tunes", kind: "tuned", one: "set parameter" },
] as const satisfies readonly { part: keyof Counts; kind: EventKind; one: string }[];

const HOUR_MS = 3_600_000;
const MOST_BARS = 96;

/** Equal stretches of time, quiet ones included, oldest first. */
export function densityBars(buckets: readonly DensityBucket[]): readonly DensityBar[] {
  const times = buckets.map((bucket) => Date.parse(bucket.at));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  if (!Number.isFinite(first)) return [];
  const gaps = times.slice(1).map((at, index) => Math.abs(at - (times[index] ?? at)));
  const unit = Math.max(HOUR_MS, Math.min(...gaps.filter((gap) => gap > 0), 24 * HOUR_MS));
  const steps = Math.floor((last - first) / unit) + 1;
  const width = unit * Math.ceil(steps / MOST_BARS);
  const bars = Array.from({ length: Math.floor((last - first) / width) + 1 }, (_, index) => ({
    fromMs: first + index * width,
    toMs: first + (index + 1) * width,
    ...NONE,
  }));
  for (const [index, bucket] of buckets.entries()) {
    const bar = bars[Math.floor(((times[index] ?? first) - first) / width)];
    if (bar === undefined) continue;
    for (const part of PARTS) bar[part] += bucket[part];
  }
  return bars;
}

const NONE = { count: 0, reverts: 0, merges: 0, tunes: 0, cycles: 0 } as const;
const PARTS = ["count", "reverts", "merges", "tunes", "cycles"] as const;

/** The mark above a bar; null where nothing but everyday changes lies in it. */
export const markOf = (bar: DensityBar): EventKind | null =>
  MARKS.find(({ part }) => bar[part] > 0)?.kind ?? null;

/** Which marks are drawn: closer together than `apart` bars, the first of them stands for both. */
export function shownMarks(bars: readonly DensityBar[], apart: number): ReadonlyMap<number, EventKind> {
  const shown = new Map<number, EventKind>();
  let last = -Infinity;
  for (const [place, bar] of bars.entries()) {
    const kind = markOf(bar);
    if (kind === null || place - last < apart) continue;
    shown.set(place, kind);
    last = place;
  }
  return shown;
}

/** "120 changes, 1 cycle, 3 reverts". */
export function describeCounts(counts: Counts): string {
  const told = MARKS.filter(({ part }) => counts[part] > 0).map(({ part, one }) => plural(counts[part], one));
  return [plural(counts.count, "change"), ...told].join(", ");
}

/** All that lies in several bars. */
export function sumOf(bars: readonly DensityBar[]): Counts {
  const sum: { -readonly [Part in keyof Counts]: number } = { ...NONE };
  for (const bar of bars) for (const part of PARTS) sum[part] += bar[part];
  return sum;
}
