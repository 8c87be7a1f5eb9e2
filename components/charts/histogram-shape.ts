import { formatConfidence, type ConfidenceScale } from "@/lib/format/confidence";
import { formatCount, formatPoints } from "@/lib/format/number";
import type { ChartTable } from "./chart-frame";

/** Memories whose confidence lies in `from` (included) to `to`, now and at an earlier time. */
export interface Bucket {
  readonly from: number;
  readonly to: number;
  readonly now: number;
  readonly before: number;
}

export interface OutlinePoint {
  readonly edge: number;
  readonly now: number;
  readonly before: number;
}

/** The outline of the bars: each bucket's count holds from its lower edge to its upper one, so a step line draws it. */
export function outlinePoints(buckets: readonly Bucket[]): readonly OutlinePoint[] {
  const sorted = [...buckets].sort((one, other) => one.from - other.from);
  const last = sorted.at(-1);
  const starts = sorted.map(({ from, now, before }) => ({ edge: from, now, before }));
  return last === undefined ? [] : [...starts, { edge: last.to, now: last.now, before: last.before }];
}

/** The bucket a point on the axis falls in; the last one includes its upper edge. */
export function bucketAt(buckets: readonly Bucket[], confidence: number): Bucket | undefined {
  return (
    buckets.find((bucket) => confidence >= bucket.from && confidence < bucket.to) ??
    buckets.find((bucket) => confidence === bucket.to)
  );
}

export function histogramSummary(buckets: readonly Bucket[], scale: ConfidenceScale): string {
  const [now, before] = [shareAboveHalf(buckets, "now"), shareAboveHalf(buckets, "before")];
  if (now === null) return "No memories yet.";
  const base = `${formatConfidence(now)} of the memories are believed at ${formatConfidence(0.5, scale)} or more`;
  return before === null ? `${base}.` : `${base}, ${formatPoints(now - before)} against before.`;
}

export function histogramTable(buckets: readonly Bucket[], scale: ConfidenceScale): ChartTable {
  return {
    columns: ["Confidence", "Now", "Before"],
    rows: buckets.map((bucket) => [
      `${formatConfidence(bucket.from, scale)} to ${formatConfidence(bucket.to, scale)}`,
      formatCount(bucket.now),
      formatCount(bucket.before),
    ]),
  };
}

function shareAboveHalf(buckets: readonly Bucket[], side: "now" | "before"): number | null {
  const total = buckets.reduce((sum, bucket) => sum + bucket[side], 0);
  if (total === 0) return null;
  return (
    buckets.filter((bucket) => bucket.from >= 0.5).reduce((sum, bucket) => sum + bucket[side], 0) / total
  );
}
