/** How the strip over the timeline is drawn: buckets of the server, joined so that a strip never has more bars than fit. */

export interface DensityBucket {
  readonly at: string;
  readonly count: number;
  readonly reverts: number;
}

export interface DensityBar {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
  readonly reverts: number;
}

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
    count: 0,
    reverts: 0,
  }));
  for (const [index, bucket] of buckets.entries()) {
    const bar = bars[Math.floor(((times[index] ?? first) - first) / width)];
    if (bar === undefined) continue;
    bar.count += bucket.count;
    bar.reverts += bucket.reverts;
  }
  return bars;
}
