import { formatCount, plural } from "@/lib/format/number";
import { formatDay } from "@/lib/format/time";
import type { ChartTable } from "./chart-frame";
import { dayToMs } from "./time-axis";

/** The loop on one day: what arrived, and how far it got. */
export interface PulseDay {
  readonly day: string;
  readonly signals: number;
  readonly credited: number;
  readonly moved: number;
  readonly ranksChanged: number;
}

export const pulseStages = ["signals", "credited", "moved", "ranksChanged"] as const;
export type PulseStage = (typeof pulseStages)[number];

export interface PulseAlarm {
  readonly stage: PulseStage;
  readonly message: string;
}

export const pulseLabels: Readonly<Record<PulseStage, string>> = {
  signals: "Signals received",
  credited: "Credits given",
  moved: "Memories moved",
  ranksChanged: "Rankings changed",
};

export interface PulseLane {
  readonly stage: PulseStage;
  readonly label: string;
  readonly total: number;
  readonly peak: number;
  readonly counts: readonly { readonly day: string; readonly count: number }[];
  /** Why this stage should worry; null while it is well. */
  readonly alarm: string | null;
}

/** One lane per stage, each on its own scale: a stage that stays flat under a busy one must be seen at once. */
export function pulseLanes(days: readonly PulseDay[], alarms: readonly PulseAlarm[]): readonly PulseLane[] {
  const sorted = [...days].sort((one, other) => one.day.localeCompare(other.day));
  return pulseStages.map((stage) => ({
    stage,
    label: pulseLabels[stage],
    total: sorted.reduce((sum, day) => sum + day[stage], 0),
    peak: Math.max(0, ...sorted.map((day) => day[stage])),
    counts: sorted.map((day) => ({ day: day.day, count: day[stage] })),
    alarm: alarms.find((alarm) => alarm.stage === stage)?.message ?? null,
  }));
}

export function pulseSummary(lanes: readonly PulseLane[]): string {
  const [signals, , , ranks] = lanes;
  if (!signals || !ranks || signals.total === 0)
    return "No signal arrived in this time, so nothing could be learned.";
  const alarms = lanes.filter((lane) => lane.alarm !== null).length;
  const base = `${plural(signals.total, "signal")} led to ${plural(ranks.total, "changed ranking")}`;
  return alarms === 0
    ? `${base}.`
    : `${base}; ${alarms === 1 ? "one stage needs" : `${alarms} stages need`} attention.`;
}

export function pulseTable(days: readonly PulseDay[]): ChartTable {
  return {
    columns: ["Day", ...pulseStages.map((stage) => pulseLabels[stage])],
    rows: [...days]
      .sort((one, other) => one.day.localeCompare(other.day))
      .map((day) => [formatDay(dayToMs(day.day)), ...pulseStages.map((stage) => formatCount(day[stage]))]),
  };
}
