"use client";

import { useId, useMemo } from "react";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatCompact } from "@/lib/format/number";
import { formatDay, formatDayShort } from "@/lib/format/time";
import { AnnotationLayer } from "./annotation-layer";
import type { Annotation } from "./annotations";
import { ChartFrame, ChartLegend } from "./chart-frame";
import { axisLook, gridLook, initialDimension, margins, unitLabel } from "./chart-theme";
import { ChartTooltip } from "./chart-tooltip";
import {
  causeDayRows,
  causeDaysSummary,
  causeDaysTable,
  causeLook,
  causeOfDayText,
  failureCauses,
  type CauseDay,
  type CauseDayRow,
  type FailureCause,
} from "./failure-causes-shape";
import { HatchPattern } from "./hatch-pattern";
import { dayToMs } from "./time-axis";

export interface CauseDaysProps {
  readonly days: readonly CauseDay[];
  readonly annotations?: readonly Annotation[];
  readonly heightPx?: number;
}

const NO_ANNOTATIONS: readonly Annotation[] = [];

/** Failed outcomes per day, stacked by what the signals show of their cause. */
export function CauseDays({ days, annotations = NO_ANNOTATIONS, heightPx = 200 }: CauseDaysProps) {
  const rows = useMemo(() => causeDayRows(days), [days]);
  const patternId = useId();
  const shown = failureCauses.filter((cause) => rows.some((row) => row[cause] > 0));
  const fill = (cause: FailureCause) =>
    causeLook[cause].hatched ? `url(#${patternId}${cause})` : causeLook[cause].color;
  return (
    <ChartFrame
      title="Failed outcomes per day by cause"
      summary={causeDaysSummary(rows)}
      table={causeDaysTable(rows)}
      heightPx={heightPx}
      annotations={annotations}
      legend={
        <ChartLegend
          entries={shown.map((cause) => ({
            label: causeLook[cause].label,
            swatch: causeLook[cause].hatched ? "hatched" : "fill",
            color: causeLook[cause].color,
          }))}
        />
      }
    >
      <ResponsiveContainer initialDimension={initialDimension}>
        <BarChart data={[...rows]} margin={margins} accessibilityLayer={false} barCategoryGap="18%">
          <defs>
            {shown.map((cause) => (
              <HatchPattern key={cause} id={`${patternId}${cause}`} color={causeLook[cause].color} />
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
            tickFormatter={formatCompact}
            label={unitLabel("failures")}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: "var(--hover)" }}
            content={({ active, payload }) =>
              active ? <CauseTooltip row={payload?.[0]?.payload} shown={shown} /> : null
            }
          />
          <AnnotationLayer annotations={annotations} />
          {shown.map((cause) => (
            <Bar
              key={cause}
              dataKey={cause}
              stackId="causes"
              fill={fill(cause)}
              maxBarSize={22}
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

interface CauseTooltipProps {
  readonly row: CauseDayRow | undefined;
  readonly shown: readonly FailureCause[];
}

function CauseTooltip({ row, shown }: CauseTooltipProps) {
  if (row === undefined) return null;
  const lines = shown.map((cause) => ({
    label: causeLook[cause].label,
    text: causeOfDayText(row, cause),
    color: causeLook[cause].color,
  }));
  return <ChartTooltip heading={formatDay(row.atMs)} lines={lines} />;
}
