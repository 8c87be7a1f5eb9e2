import { DAY_MS } from "@/lib/format/time";

/** The one time range that all charts of a page share. */
export const timeRanges = ["7d", "30d", "90d", "1y", "all"] as const;
export type TimeRange = (typeof timeRanges)[number];

const days: Readonly<Record<TimeRange, number | null>> = {
  "7d": 7,
  "30d": 30,
  "90d": 90,
  "1y": 365,
  all: null,
};

/** Start of the range in milliseconds since the epoch; null where it has none. */
export function rangeStart(range: TimeRange, nowMs: number): number | null {
  const length = days[range];
  return length === null ? null : nowMs - length * DAY_MS;
}
