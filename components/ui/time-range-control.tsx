"use client";

import { SegmentedControl } from "./segmented-control";
import { timeRanges, type TimeRange } from "./time-range";

export interface TimeRangeControlProps {
  readonly value: TimeRange;
  readonly onValueChange: (range: TimeRange) => void;
}

const names: Readonly<Record<TimeRange, string>> = {
  "7d": "7 d",
  "30d": "30 d",
  "90d": "90 d",
  "1y": "1 y",
  all: "All",
};
const segments = timeRanges.map((value) => ({ value, label: names[value] }));

export function TimeRangeControl({ value, onValueChange }: TimeRangeControlProps) {
  return (
    <SegmentedControl label="Time range" segments={segments} value={value} onValueChange={onValueChange} />
  );
}
