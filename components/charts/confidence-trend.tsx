"use client";

import { useMemo } from "react";
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { formatConfidence, formatInterval, type ConfidenceScale } from "@/lib/format/confidence";
import { formatAbsolute } from "@/lib/format/time";
import { usePreferences } from "../ui/preferences";
import { AnnotationLayer } from "./annotation-layer";
import type { Annotation } from "./annotations";
import { ChartFrame, ChartLegend } from "./chart-frame";
import { axisLook, gridLook, initialDimension, ink, margins } from "./chart-theme";
import { ChartTooltip } from "./chart-tooltip";
import {
  kindsIn,
  trendRows,
  trendSummary,
  trendTable,
  type ConfidencePoint,
  type ForecastPoint,
  type TrendRow,
} from "./confidence-trend-shape";
import { eventLook } from "./event-kinds";
import { EventLegend, EventMark } from "./event-mark";
import { trendAxis } from "./trend-axis";
import { useReducedMotion } from "./use-reduced-motion";

export interface ConfidenceTrendProps {
  readonly points: readonly ConfidencePoint[];
  readonly forecast?: readonly ForecastPoint[];
  readonly annotations?: readonly Annotation[];
  /** A dot was pressed. */
  readonly onChangeSelect?: (changeId: string) => void;
  /** The dot that belongs to the selected row of the table beside it. */
  readonly selectedChangeId?: string | null;
  readonly heightPx?: number;
}

const NO_FORECAST: readonly ForecastPoint[] = [];
const NO_ANNOTATIONS: readonly Annotation[] = [];

/** One memory's confidence as a step line, with its interval, a mark per change, and where it goes if nothing more is observed. */
export function ConfidenceTrend(props: ConfidenceTrendProps) {
  const { points, forecast = NO_FORECAST, annotations = NO_ANNOTATIONS, heightPx = 260 } = props;
  const { confidenceScale: scale } = usePreferences();
  const rows = useMemo(() => trendRows(points, forecast), [points, forecast]);
  const axis = useMemo(() => trendAxis(rows), [rows]);
  const placed = rows.map((row, index) => ({ ...row, place: axis.places[index] ?? 0 }));
  const animate = !useReducedMotion();
  return (
    <ChartFrame
      title="Confidence over time"
      summary={trendSummary(rows, scale)}
      table={trendTable(rows, scale)}
      legend={<TrendLegend rows={rows} annotations={annotations} isEven={axis.isEven} />}
      heightPx={heightPx}
      annotations={annotations}
    >
      <ResponsiveContainer initialDimension={initialDimension}>
        <ComposedChart data={placed} margin={margins} accessibilityLayer={false}>
          <CartesianGrid {...gridLook} />
          <XAxis
            {...axisLook}
            dataKey="place"
            type="number"
            domain={[0, 1]}
            ticks={axis.ticks.map((tick) => tick.place)}
            tickFormatter={(place: number) => axis.ticks.find((tick) => tick.place === place)?.label ?? ""}
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
              active ? <TrendTooltip row={rowOf(payload)} scale={scale} /> : null
            }
          />
          <Area
            type="stepAfter"
            dataKey="band"
            stroke="none"
            fill={ink.accent}
            fillOpacity={0.14}
            isAnimationActive={false}
            activeDot={false}
          />
          <ReferenceLine y={0.5} stroke={ink.axis} />
          {axis.nowPlace === null ? null : (
            <ReferenceLine
              x={axis.nowPlace}
              stroke={ink.axis}
              strokeDasharray="2 3"
              label={{ value: "now", position: "insideTopRight", className: "fill-muted text-2xs" }}
            />
          )}
          <AnnotationLayer
            annotations={annotations.map((one) => ({ ...one, atMs: axis.placeOf(one.atMs) }))}
          />
          <Line
            type="linear"
            dataKey="forecast"
            stroke={ink.slateLight}
            strokeWidth={1.75}
            strokeDasharray="4 4"
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
          <Line
            type="stepAfter"
            dataKey="confidence"
            stroke={ink.accent}
            strokeWidth={2}
            isAnimationActive={animate}
            animationDuration={300}
            activeDot={false}
            dot={(dot) => <TrendDot key={dot.index} {...dotPlace(dot)} table={props} />}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

interface TrendLegendProps {
  readonly rows: readonly TrendRow[];
  readonly annotations: readonly Annotation[];
  readonly isEven: boolean;
}

function TrendLegend({ rows, annotations, isEven }: TrendLegendProps) {
  const kinds = new Set([...kindsIn(rows), ...annotations.map(({ kind }) => kind)]);
  const hasForecast = rows.some((row) => row.confidence === null);
  return (
    <div className="flex flex-wrap gap-x-3.5 gap-y-1 text-xs text-muted">
      <EventLegend kinds={[...kinds]} />
      <ChartLegend
        entries={[
          { label: "Interval", swatch: "band", color: ink.accent },
          ...(hasForecast
            ? ([{ label: "If nothing more is observed", swatch: "dashed", color: ink.slateLight }] as const)
            : []),
        ]}
      />
      {isEven ? <span>Changes are evenly spaced.</span> : null}
    </div>
  );
}

interface TrendDotProps {
  readonly x: number | null;
  readonly y: number | null;
  readonly row: TrendRow | undefined;
  readonly table: ConfidenceTrendProps;
}

function TrendDot({ x, y, row, table }: TrendDotProps) {
  if (x === null || y === null || !row?.kind) return null;
  const { changeId } = row;
  const isSelected = changeId !== null && changeId === table.selectedChangeId;
  return (
    <g
      onClick={() => (changeId === null ? undefined : table.onChangeSelect?.(changeId))}
      className={table.onChangeSelect ? "cursor-pointer" : undefined}
    >
      <circle cx={x} cy={y} r={12} fill="transparent" />
      {isSelected ? <circle cx={x} cy={y} r={9} fill="none" stroke={ink.accent} strokeWidth={2} /> : null}
      <EventMark kind={row.kind} x={x} y={y} />
    </g>
  );
}

interface DotLike {
  readonly cx?: number | undefined;
  readonly cy?: number | undefined;
  readonly payload?: TrendRow;
}

function dotPlace({ cx, cy, payload }: DotLike) {
  return { x: cx ?? null, y: cy ?? null, row: payload };
}

/** The chart's library hands back the row it was given, untyped. */
function rowOf(payload: readonly { readonly payload?: TrendRow }[] | undefined): TrendRow | undefined {
  return payload?.[0]?.payload;
}

interface TrendTooltipProps {
  readonly row: TrendRow | undefined;
  readonly scale: ConfidenceScale;
}

function TrendTooltip({ row, scale }: TrendTooltipProps) {
  if (row === undefined) return null;
  const lines =
    row.confidence === null
      ? [{ label: "If nothing more is observed", text: formatConfidence(row.forecast, scale) }]
      : [
          { label: "Confidence", text: formatConfidence(row.confidence, scale), color: ink.accent },
          { label: "Interval", text: row.band ? formatInterval(row.band[0], row.band[1], scale) : "–" },
          ...(row.kind ? [{ label: "Change", text: eventLook[row.kind].label }] : []),
        ];
  return <ChartTooltip heading={formatAbsolute(row.atMs)} lines={lines} />;
}
