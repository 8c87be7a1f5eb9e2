"use client";

import { useMemo } from "react";
import {
  CartesianGrid,
  ComposedChart,
  ErrorBar,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { formatConfidence, formatInterval, type ConfidenceScale } from "@/lib/format/confidence";
import { formatCount } from "@/lib/format/number";
import { usePreferences } from "../ui/preferences";
import { ChartFrame, ChartLegend } from "./chart-frame";
import { axisLook, gridLook, initialDimension, ink, margins, namedAxis, unitLabel } from "./chart-theme";
import { ChartTooltip } from "./chart-tooltip";
import {
  reliabilityRows,
  reliabilitySummary,
  reliabilityTable,
  type ReliabilityBin,
  type ReliabilityRow,
} from "./reliability-shape";

export interface ReliabilityCurveProps {
  readonly bins: readonly ReliabilityBin[];
  readonly heightPx?: number;
}

const QUARTERS = [0, 0.25, 0.5, 0.75, 1];
const DIAGONAL = [
  { x: 0, y: 0 },
  { x: 1, y: 1 },
] as const;

/** What was predicted against what came of it; on the diagonal the prediction keeps its word. */
export function ReliabilityCurve({ bins, heightPx = 240 }: ReliabilityCurveProps) {
  const { confidenceScale: scale } = usePreferences();
  const rows = useMemo(() => reliabilityRows(bins), [bins]);
  const tick = (share: number) => formatConfidence(share, scale);
  return (
    <ChartFrame
      title="Reliability of the predictions"
      summary={reliabilitySummary(rows)}
      table={reliabilityTable(rows, scale)}
      heightPx={heightPx}
      legend={
        <ChartLegend
          entries={[
            { label: "Observed, with its 95% interval", swatch: "line", color: ink.accent },
            { label: "Where a prediction keeps its word", swatch: "dashed", color: ink.slate },
          ]}
        />
      }
    >
      <ResponsiveContainer initialDimension={initialDimension}>
        <ComposedChart data={[...rows]} margin={margins} accessibilityLayer={false}>
          <CartesianGrid {...gridLook} />
          <XAxis
            {...axisLook}
            dataKey="predicted"
            type="number"
            domain={[0, 1]}
            ticks={QUARTERS}
            tickFormatter={tick}
            {...namedAxis("predicted")}
          />
          <YAxis
            {...axisLook}
            domain={[0, 1]}
            ticks={QUARTERS}
            width={44}
            tickFormatter={tick}
            label={unitLabel("observed")}
          />
          <ReferenceLine segment={DIAGONAL} stroke={ink.slate} strokeDasharray="4 4" />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: ink.axis }}
            content={({ active, payload }) =>
              active ? <BinTooltip row={payload?.[0]?.payload} scale={scale} /> : null
            }
          />
          <Line
            dataKey="observed"
            stroke={ink.accent}
            strokeWidth={2}
            dot={{ r: 3.5, fill: ink.surface, strokeWidth: 2 }}
            isAnimationActive={false}
          >
            <ErrorBar dataKey="error" direction="y" width={6} stroke={ink.accent} strokeWidth={1.25} />
          </Line>
        </ComposedChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

interface BinTooltipProps {
  readonly row: ReliabilityRow | undefined;
  readonly scale: ConfidenceScale;
}

function BinTooltip({ row, scale }: BinTooltipProps) {
  if (row === undefined) return null;
  return (
    <ChartTooltip
      heading={`Predicted ${formatConfidence(row.predicted, scale)}`}
      lines={[
        { label: "Observed", text: formatConfidence(row.observed, scale), color: ink.accent },
        { label: "95% interval", text: formatInterval(row.low, row.high, scale) },
        { label: "Outcomes", text: formatCount(row.count) },
      ]}
    />
  );
}
