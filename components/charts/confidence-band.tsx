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
import { formatCount } from "@/lib/format/number";
import { formatDay } from "@/lib/format/time";
import { usePreferences } from "../ui/preferences";
import { AnnotationLayer } from "./annotation-layer";
import type { Annotation } from "./annotations";
import { ChartFrame, ChartLegend } from "./chart-frame";
import { axisLook, gridLook, initialDimension, ink, margins } from "./chart-theme";
import { ChartTooltip } from "./chart-tooltip";
import {
  bandRows,
  bandSummary,
  bandTable,
  drawnBand,
  type BandDay,
  type BandRow,
} from "./confidence-band-shape";
import { dayToMs, timeTickLabel, timeTicks } from "./time-axis";

export interface ConfidenceBandProps {
  readonly days: readonly BandDay[];
  readonly annotations?: readonly Annotation[];
  /** First day of the axis, so that charts of one range begin together; the first day with memories when left out. */
  readonly fromDay?: string | undefined;
  readonly heightPx?: number;
}

const NO_ANNOTATIONS: readonly Annotation[] = [];

/** The confidence of the whole store: its median, and where the middle four fifths lie. */
export function ConfidenceBand(props: ConfidenceBandProps) {
  const { days, annotations = NO_ANNOTATIONS, fromDay, heightPx = 220 } = props;
  const { confidenceScale: scale } = usePreferences();
  const rows = useMemo(() => bandRows(days), [days]);
  const drawn = drawnBand(rows);
  const [firstMs, toMs] = [drawn[0]?.atMs ?? 0, drawn.at(-1)?.atMs ?? 0];
  const fromMs = fromDay === undefined ? firstMs : Math.min(firstMs, dayToMs(fromDay));
  return (
    <ChartFrame
      title="Confidence of all memories"
      summary={bandSummary(rows, scale)}
      table={bandTable(rows, scale)}
      heightPx={heightPx}
      annotations={annotations}
      legend={
        <ChartLegend
          entries={[
            { label: "Median", swatch: "line", color: ink.accent },
            { label: "10th to 90th percentile", swatch: "band", color: ink.accent },
          ]}
        />
      }
    >
      <ResponsiveContainer initialDimension={initialDimension}>
        <ComposedChart data={[...drawn]} margin={margins} accessibilityLayer={false}>
          <CartesianGrid {...gridLook} />
          <XAxis
            {...axisLook}
            dataKey="atMs"
            type="number"
            domain={[fromMs, toMs]}
            ticks={timeTicks(fromMs, toMs, 5)}
            tickFormatter={timeTickLabel(toMs - fromMs)}
          />
          <YAxis
            {...axisLook}
            domain={[0, 1]}
            width={44}
            tickFormatter={(share: number) => formatConfidence(share, scale)}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: ink.axis }}
            content={({ active, payload }) =>
              active ? <BandTooltip row={payload?.[0]?.payload} scale={scale} /> : null
            }
          />
          <Area
            dataKey="spread"
            type="monotone"
            stroke={ink.accent}
            strokeOpacity={0.35}
            strokeWidth={1}
            fill={ink.accent}
            fillOpacity={0.13}
            isAnimationActive={false}
            activeDot={false}
          />
          <AnnotationLayer annotations={annotations} />
          <Line
            dataKey="median"
            type="monotone"
            stroke={ink.accent}
            strokeWidth={2}
            dot={false}
            isAnimationActive={false}
            activeDot={{ r: 3.5, fill: ink.accent, stroke: ink.surface, strokeWidth: 1.5 }}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

interface BandTooltipProps {
  readonly row: BandRow | undefined;
  readonly scale: ConfidenceScale;
}

function BandTooltip({ row, scale }: BandTooltipProps) {
  if (row === undefined) return null;
  return (
    <ChartTooltip
      heading={formatDay(row.atMs)}
      lines={[
        { label: "Median", text: formatConfidence(row.median, scale), color: ink.accent },
        { label: "Middle 80%", text: row.spread ? formatInterval(row.spread[0], row.spread[1], scale) : "–" },
        { label: "Memories", text: formatCount(row.memories) },
      ]}
    />
  );
}
