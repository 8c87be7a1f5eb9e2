import { ChartFrame, ChartLegend } from "@/components/charts/chart-frame";
import { ink } from "@/components/charts/chart-theme";
import { cn } from "@/components/ui/cn";
import { formatPercent } from "@/lib/format/number";
import {
  bucketTitle,
  certaintyBuckets,
  LEAST_CERTAIN,
  MOST_CERTAIN,
  shareOfAxis,
  thresholdSummary,
  thresholdTable,
  type CertaintyBucket,
  type JudgedMerge,
} from "./threshold-shape";

export interface ThresholdChartProps {
  readonly merges: readonly JudgedMerge[];
  readonly threshold: number;
  readonly draft: number;
}

const HALF_PX = 64;
const TICKS = [LEAST_CERTAIN, 0.5, 0.75, 1] as const;
const LAST_TICK = TICKS.length - 1;
/** The slider below goes one step further than the axis, to a threshold that nothing passes; both mark a value at one place. */
const UP_TO_CERTAIN = `${((1 - LEAST_CERTAIN) / (MOST_CERTAIN - LEAST_CERTAIN)) * 100}%`;

/** Own decisions by certainty: what was accepted stands above the line, what was declined hangs below it. */
export function ThresholdChart({ merges, threshold, draft }: ThresholdChartProps) {
  const buckets = certaintyBuckets(merges);
  const tallest = Math.max(
    1,
    ...buckets.map(({ accepted, open, declined }) => Math.max(accepted + open, declined)),
  );
  return (
    <ChartFrame
      title="Proposed merges by certainty"
      summary={thresholdSummary(merges, threshold)}
      table={thresholdTable(buckets)}
      heightPx={2 * HALF_PX + 24}
      legend={
        <ChartLegend
          entries={[
            { label: "Accepted, above", swatch: "fill", color: ink.accent },
            { label: "Open, above", swatch: "band", color: ink.accent },
            { label: "Declined or taken back, below", swatch: "hatched", color: ink.loss },
            { label: "Applies itself from here on", swatch: "line", color: ink.strong },
          ]}
        />
      }
    >
      <div className="relative" style={{ height: 2 * HALF_PX, width: UP_TO_CERTAIN }}>
        <div className="absolute inset-0 flex gap-0.5">
          {buckets.map((bucket) => (
            <Column key={bucket.from} bucket={bucket} tallest={tallest} />
          ))}
        </div>
        <span className="absolute inset-x-0 top-1/2 h-px bg-line-strong" />
        <Line at={threshold} isDraft={false} />
        {draft === threshold ? null : <Line at={draft} isDraft />}
      </div>
      <div className="num relative mt-1.5 h-4 text-2xs text-muted" style={{ width: UP_TO_CERTAIN }}>
        {TICKS.map((tick, index) => (
          <span
            key={tick}
            className={cn(
              "absolute whitespace-nowrap",
              index > 0 && index < LAST_TICK && "-translate-x-1/2",
              index === LAST_TICK && "-translate-x-full",
            )}
            style={{ left: `${shareOfAxis(tick) * 100}%` }}
          >
            {formatPercent(tick)}
            {index === LAST_TICK ? " sure" : ""}
          </span>
        ))}
      </div>
    </ChartFrame>
  );
}

interface ColumnProps {
  readonly bucket: CertaintyBucket;
  readonly tallest: number;
}

function Column({ bucket, tallest }: ColumnProps) {
  const height = (count: number) => `${(count / tallest) * 100}%`;
  return (
    <span title={bucketTitle(bucket)} className="flex min-w-0 flex-1 flex-col">
      <span className="flex h-1/2 flex-col justify-end gap-px">
        <span
          className="forced-mark rounded-t-xs bg-accent-mark/30"
          style={{ height: height(bucket.open) }}
        />
        <span className="forced-mark bg-accent-mark" style={{ height: height(bucket.accepted) }} />
      </span>
      <span className="h-1/2 pt-px">
        <span
          className="hatched forced-mark block rounded-b-xs bg-loss-mark"
          style={{ height: height(bucket.declined) }}
        />
      </span>
    </span>
  );
}

function Line({ at, isDraft }: { readonly at: number; readonly isDraft: boolean }) {
  return (
    <span
      className={cn(
        "absolute -inset-y-1 border-l-2",
        isDraft ? "border-accent-mark" : "border-ink",
        isDraft && "border-dashed",
      )}
      style={{ left: `calc(${shareOfAxis(at) * 100}% - 1px)` }}
    />
  );
}
