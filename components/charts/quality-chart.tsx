"use client";

import { useMemo } from "react";
import { CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatCount, formatDecimal } from "@/lib/format/number";
import { formatDay } from "@/lib/format/time";
import { AnnotationLayer } from "./annotation-layer";
import type { Annotation } from "./annotations";
import { ChartFrame, ChartLegend } from "./chart-frame";
import { axisLook, gridLook, initialDimension, ink, margins, unitLabel } from "./chart-theme";
import { ChartTooltip } from "./chart-tooltip";
import { qualityRows, qualitySummary, qualityTable, type QualityDay, type QualityRow } from "./quality-shape";
import { timeTickLabel, timeTicks } from "./time-axis";

export interface QualityChartProps {
  readonly days: readonly QualityDay[];
  readonly annotations?: readonly Annotation[];
  readonly heightPx?: number;
}

const NO_ANNOTATIONS: readonly Annotation[] = [];
const QUARTERS = [0, 0.25, 0.5, 0.75, 1];
const DOT = { r: 2.5, strokeWidth: 1.5, fill: ink.surface } as const;

/** Judged recalls per day: as they were ranked, and as the same store would have ranked them had it learned nothing. */
export function QualityChart({ days, annotations = NO_ANNOTATIONS, heightPx = 220 }: QualityChartProps) {
  const rows = useMemo(() => qualityRows(days), [days]);
  const [fromMs, toMs] = [rows[0]?.atMs ?? 0, rows.at(-1)?.atMs ?? 0];
  return (
    <ChartFrame
      title="Quality beside the frozen arm"
      summary={qualitySummary(rows)}
      table={qualityTable(rows)}
      heightPx={heightPx}
      annotations={annotations}
      legend={
        <ChartLegend
          entries={[
            { label: "With learning", swatch: "line", color: ink.accent },
            { label: "Frozen: without what outcomes added", swatch: "dashed", color: ink.slate },
          ]}
        />
      }
    >
      <ResponsiveContainer initialDimension={initialDimension}>
        <ComposedChart data={[...rows]} margin={margins} accessibilityLayer={false}>
          <CartesianGrid {...gridLook} />
          <XAxis
            {...axisLook}
            dataKey="atMs"
            type="number"
            domain={[fromMs, toMs]}
            ticks={[...timeTicks(fromMs, toMs, 5)]}
            tickFormatter={timeTickLabel(toMs - fromMs)}
          />
          <YAxis
            {...axisLook}
            domain={[0, 1]}
            ticks={QUARTERS}
            width={44}
            tickFormatter={(share: number) => formatDecimal(share, 2)}
            label={unitLabel("nDCG@10")}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: ink.axis }}
            content={({ active, payload }) =>
              active ? <QualityTooltip row={payload?.[0]?.payload} /> : null
            }
          />
          <AnnotationLayer annotations={annotations} />
          <Line
            dataKey="frozen"
            stroke={ink.slate}
            strokeWidth={1.5}
            strokeDasharray="4 3"
            dot={{ ...DOT, strokeDasharray: "none" }}
            connectNulls
            isAnimationActive={false}
          />
          <Line
            dataKey="learned"
            stroke={ink.accent}
            strokeWidth={2}
            dot={DOT}
            connectNulls
            isAnimationActive={false}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

function QualityTooltip({ row }: { readonly row: QualityRow | undefined }) {
  if (row === undefined || row.judged === 0) return null;
  return (
    <ChartTooltip
      heading={formatDay(row.atMs)}
      lines={[
        { label: "With learning", text: formatDecimal(row.learned, 3), color: ink.accent },
        { label: "Frozen", text: formatDecimal(row.frozen, 3), color: ink.slate },
        { label: "Judged recalls", text: formatCount(row.judged) },
      ]}
    />
  );
}
