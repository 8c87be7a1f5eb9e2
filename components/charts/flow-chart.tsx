"use client";

import { useId, useMemo } from "react";
import {
  Bar,
  BarChart,
  CartesianGrid,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { formatCompact, formatCount } from "@/lib/format/number";
import { formatDay, formatDayShort } from "@/lib/format/time";
import { AnnotationLayer } from "./annotation-layer";
import type { Annotation } from "./annotations";
import { ChartFrame, ChartLegend } from "./chart-frame";
import { axisLook, gridLook, initialDimension, ink, margins, unitLabel } from "./chart-theme";
import { ChartTooltip } from "./chart-tooltip";
import {
  flowKinds,
  flowLook,
  flowRows,
  flowSummary,
  flowTable,
  type FlowDay,
  type FlowKind,
  type FlowRow,
} from "./flow-shape";
import { HatchPattern } from "./hatch-pattern";
import { dayToMs } from "./time-axis";

export interface FlowChartProps {
  readonly days: readonly FlowDay[];
  readonly annotations?: readonly Annotation[];
  /** A day's bar was pressed, for instance to list what came in. */
  readonly onDaySelect?: (day: string, kind: FlowKind) => void;
  readonly heightPx?: number;
}

const NO_ANNOTATIONS: readonly Annotation[] = [];

/** What came into force each day, above the line, and what went out of it, below. */
export function FlowChart(props: FlowChartProps) {
  const { days, annotations = NO_ANNOTATIONS, onDaySelect, heightPx = 220 } = props;
  const rows = useMemo(() => flowRows(days), [days]);
  const patternId = useId();
  const shown = flowKinds.filter((kind) => rows.some((row) => row[kind] !== 0));
  const fill = (kind: FlowKind) =>
    flowLook[kind].hatched ? `url(#${patternId}${kind})` : flowLook[kind].color;
  return (
    <ChartFrame
      title="Memories in and out per day"
      summary={flowSummary(days)}
      table={flowTable(days)}
      heightPx={heightPx}
      annotations={annotations}
      legend={
        <ChartLegend
          entries={shown.map((kind) => ({
            label: flowLook[kind].label,
            swatch: flowLook[kind].hatched ? "hatched" : "fill",
            color: flowLook[kind].color,
          }))}
        />
      }
    >
      <ResponsiveContainer initialDimension={initialDimension}>
        <BarChart
          data={[...rows]}
          stackOffset="sign"
          margin={margins}
          accessibilityLayer={false}
          barCategoryGap="18%"
        >
          <defs>
            {shown.map((kind) => (
              <HatchPattern key={kind} id={`${patternId}${kind}`} color={flowLook[kind].color} />
            ))}
          </defs>
          <CartesianGrid {...gridLook} />
          <XAxis
            {...axisLook}
            dataKey="day"
            tickFormatter={(day: string) => formatDayShort(dayToMs(day))}
            minTickGap={32}
          />
          <YAxis
            {...axisLook}
            width={44}
            allowDecimals={false}
            tickFormatter={(count: number) => formatCompact(Math.abs(count))}
            label={unitLabel("memories")}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: "var(--hover)" }}
            content={({ active, payload }) =>
              active ? <FlowTooltip row={payload?.[0]?.payload} shown={shown} /> : null
            }
          />
          <ReferenceLine y={0} stroke={ink.axis} />
          <AnnotationLayer annotations={annotations} />
          {shown.map((kind) => (
            <Bar
              key={kind}
              dataKey={kind}
              stackId="flow"
              fill={fill(kind)}
              maxBarSize={22}
              isAnimationActive={false}
              {...(onDaySelect
                ? { className: "cursor-pointer", onClick: (bar) => onDaySelect(dayOf(bar.payload), kind) }
                : {})}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

interface FlowTooltipProps {
  readonly row: FlowRow | undefined;
  readonly shown: readonly FlowKind[];
}

function FlowTooltip({ row, shown }: FlowTooltipProps) {
  if (row === undefined) return null;
  const lines = shown.map((kind) => ({
    label: flowLook[kind].label,
    text: formatCount(Math.abs(row[kind])),
    color: flowLook[kind].color,
  }));
  return <ChartTooltip heading={formatDay(row.atMs)} lines={lines} />;
}

/** The chart's library hands back the row it was given, untyped. */
function dayOf(row: { readonly day?: unknown } | undefined): string {
  return typeof row?.day === "string" ? row.day : "";
}
