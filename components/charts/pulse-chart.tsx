"use client";

import { TriangleAlert } from "lucide-react";
import { useMemo } from "react";
import { Bar, BarChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatCount } from "@/lib/format/number";
import { formatDay, formatDayShort } from "@/lib/format/time";
import { AnnotationLayer } from "./annotation-layer";
import type { Annotation } from "./annotations";
import { ChartFrame } from "./chart-frame";
import { axisLook, ink } from "./chart-theme";
import { ChartTooltip } from "./chart-tooltip";
import {
  pulseLanes,
  pulseSummary,
  pulseTable,
  type PulseAlarm,
  type PulseDay,
  type PulseLane,
} from "./pulse-shape";
import { dayToMs } from "./time-axis";

export interface PulseChartProps {
  readonly days: readonly PulseDay[];
  readonly alarms?: readonly PulseAlarm[];
  readonly annotations?: readonly Annotation[];
}

const NO_ALARMS: readonly PulseAlarm[] = [];
const NO_ANNOTATIONS: readonly Annotation[] = [];
const LANE_PX = 46;
const AXIS_PX = 22;
const MARKS_PX = 12;

/** The loop's pulse per day: signals, credited, moved, rankings changed. A flat lane under a busy one is a broken loop. */
export function PulseChart({ days, alarms = NO_ALARMS, annotations = NO_ANNOTATIONS }: PulseChartProps) {
  const lanes = useMemo(() => pulseLanes(days, alarms), [days, alarms]);
  return (
    <ChartFrame
      title="Pulse of the learning loop"
      summary={pulseSummary(lanes)}
      table={pulseTable(days)}
      heightPx={lanes.length * LANE_PX + AXIS_PX + MARKS_PX}
      annotations={annotations}
      legend={<AlarmList lanes={lanes} />}
    >
      {lanes.map((lane, index) => (
        <Lane
          key={lane.stage}
          lane={lane}
          annotations={index === 0 ? annotations : NO_ANNOTATIONS}
          isFirst={index === 0}
          isLast={index === lanes.length - 1}
        />
      ))}
    </ChartFrame>
  );
}

interface LaneProps {
  readonly lane: PulseLane;
  /** The marks stand above the first lane. */
  readonly annotations: readonly Annotation[];
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

function Lane({ lane, annotations, isFirst, isLast }: LaneProps) {
  const heightPx = LANE_PX + (isLast ? AXIS_PX : 0) + (isFirst ? MARKS_PX : 0);
  return (
    <div className="grid grid-cols-[8.5rem_minmax(0,1fr)] gap-2" style={{ height: heightPx }}>
      <div className="flex flex-col justify-end" style={{ paddingBottom: isLast ? AXIS_PX : 0 }}>
        <span className="flex items-center gap-1 text-xs text-muted">
          {lane.alarm ? <TriangleAlert className="size-3.5 shrink-0 text-loss" /> : null}
          <span className="truncate">{lane.label}</span>
        </span>
        <span className="num text-base leading-5 font-semibold">{formatCount(lane.total)}</span>
      </div>
      <ResponsiveContainer initialDimension={{ width: 480, height: heightPx }}>
        <BarChart
          data={[...lane.counts]}
          margin={{ top: isFirst ? 8 + MARKS_PX : 8, right: 0, bottom: 0, left: 0 }}
          accessibilityLayer={false}
          syncId="pulse"
          barCategoryGap="22%"
        >
          <XAxis
            {...axisLook}
            hide={!isLast}
            height={AXIS_PX}
            tickMargin={6}
            dataKey="day"
            minTickGap={32}
            tickFormatter={(day: string) => formatDayShort(dayToMs(day))}
          />
          <YAxis hide domain={[0, Math.max(1, lane.peak)]} />
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: "var(--hover)" }}
            content={({ active, label, payload }) =>
              active ? (
                <ChartTooltip
                  heading={formatDay(dayToMs(String(label)))}
                  lines={[{ label: lane.label, text: formatCount(Number(payload?.[0]?.value ?? 0)) }]}
                />
              ) : null
            }
          />
          <AnnotationLayer annotations={annotations} />
          <ReferenceLine y={0} stroke={lane.alarm ? ink.loss : ink.axis} />
          <Bar
            dataKey="count"
            fill={lane.alarm ? ink.loss : ink.accent}
            maxBarSize={14}
            radius={[2, 2, 0, 0]}
            isAnimationActive={false}
          />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

function AlarmList({ lanes }: { readonly lanes: readonly PulseLane[] }) {
  const worried = lanes.filter((lane) => lane.alarm !== null);
  if (worried.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1">
      {worried.map((lane) => (
        <li
          key={lane.stage}
          className="flex items-center gap-2 rounded-md bg-loss-soft px-2.5 py-1.5 text-xs"
        >
          <TriangleAlert aria-hidden className="size-3.5 shrink-0 text-loss" />
          <span>
            <strong className="font-semibold">{lane.label}:</strong> {lane.alarm}
          </span>
        </li>
      ))}
    </ul>
  );
}
