import type { MetricsRange } from "@/lib/client/keys";
import { rangeStart, type TimeRange } from "../ui/time-range";

/** Ten years are the most the server counts by days, and longer than any ledger of ours. */
const LONGEST_DAYS = 3650;
const DAY_MS = 86_400_000;
const DAY_LENGTH = "2026-01-01".length;

/** What to ask the metrics for. Whole days, so that the question stays the same while the page is open. */
export function rangeInput(range: TimeRange, nowMs: number): MetricsRange {
  const startMs = rangeStart(range, nowMs) ?? nowMs - LONGEST_DAYS * DAY_MS;
  return { from: new Date(startMs).toISOString().slice(0, DAY_LENGTH) };
}

/** How the earlier end of the range is called in a sentence. */
export const rangeSince: Readonly<Record<TimeRange, string>> = {
  "7d": "7 days ago",
  "30d": "30 days ago",
  "90d": "90 days ago",
  "1y": "a year ago",
  all: "the beginning",
};
