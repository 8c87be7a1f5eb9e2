"use client";

import { useMemo } from "react";
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { formatConfidence, formatInterval, type ConfidenceScale } from "@/lib/format/confidence";
import { formatCompact, formatCount } from "@/lib/format/number";
import { usePreferences } from "../ui/preferences";
import { ChartFrame, ChartLegend } from "./chart-frame";
import { axisLook, gridLook, initialDimension, ink, margins, namedAxis, unitLabel } from "./chart-theme";
import { ChartTooltip } from "./chart-tooltip";
import { bucketAt, histogramSummary, histogramTable, outlinePoints, type Bucket } from "./histogram-shape";

export interface HistogramProps {
  readonly buckets: readonly Bucket[];
  /** What the second outline is: "30 days ago". */
  readonly beforeLabel: string;
  readonly onBucketSelect?: (bucket: Bucket) => void;
  readonly heightPx?: number;
}

const QUARTERS = [0, 0.25, 0.5, 0.75, 1];

/** How the confidence is spread now, as a filled outline, against an earlier time, as a dashed one. */
export function Histogram({ buckets, beforeLabel, onBucketSelect, heightPx = 220 }: HistogramProps) {
  const { confidenceScale: scale } = usePreferences();
  const points = useMemo(() => outlinePoints(buckets), [buckets]);
  const select = (confidence: unknown) => {
    const bucket = bucketAt(buckets, Number(confidence));
    if (bucket) onBucketSelect?.(bucket);
  };
  return (
    <ChartFrame
      title="Spread of confidence"
      summary={histogramSummary(buckets, scale)}
      table={histogramTable(buckets, scale)}
      heightPx={heightPx}
      legend={
        <ChartLegend
          entries={[
            { label: "Now", swatch: "band", color: ink.accent },
            { label: beforeLabel, swatch: "dashed", color: ink.slate },
          ]}
        />
      }
    >
      <ResponsiveContainer initialDimension={initialDimension}>
        <ComposedChart
          data={[...points]}
          margin={margins}
          accessibilityLayer={false}
          {...(onBucketSelect
            ? { className: "cursor-pointer", onClick: (state) => select(state.activeLabel) }
            : {})}
        >
          <CartesianGrid {...gridLook} />
          <XAxis
            {...axisLook}
            dataKey="edge"
            type="number"
            domain={[0, 1]}
            ticks={QUARTERS}
            tickFormatter={(share: number) => formatConfidence(share, scale)}
            {...namedAxis("confidence")}
          />
          <YAxis
            {...axisLook}
            width={44}
            allowDecimals={false}
            tickFormatter={formatCompact}
            label={unitLabel("memories")}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: ink.axis }}
            content={({ active, label }) =>
              active ? (
                <BucketTooltip
                  bucket={bucketAt(buckets, Number(label))}
                  scale={scale}
                  beforeLabel={beforeLabel}
                />
              ) : null
            }
          />
          <Area
            dataKey="now"
            type="stepAfter"
            stroke={ink.accent}
            strokeWidth={1.75}
            fill={ink.accent}
            fillOpacity={0.16}
            isAnimationActive={false}
            activeDot={false}
          />
          <Line
            dataKey="before"
            type="stepAfter"
            stroke={ink.slate}
            strokeWidth={1.5}
            strokeDasharray="3 3"
            dot={false}
            isAnimationActive={false}
            activeDot={false}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

interface BucketTooltipProps {
  readonly bucket: Bucket | undefined;
  readonly scale: ConfidenceScale;
  readonly beforeLabel: string;
}

function BucketTooltip({ bucket, scale, beforeLabel }: BucketTooltipProps) {
  if (bucket === undefined) return null;
  return (
    <ChartTooltip
      heading={formatInterval(bucket.from, bucket.to, scale)}
      lines={[
        { label: "Now", text: formatCount(bucket.now), color: ink.accent },
        { label: beforeLabel, text: formatCount(bucket.before), color: ink.slate },
      ]}
    />
  );
}
