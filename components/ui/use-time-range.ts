"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useSyncExternalStore } from "react";
import { timeRanges, type TimeRange } from "./time-range";

const STORAGE_KEY = "palimpsest.range";
const USUAL: TimeRange = "30d";
const listeners = new Set<() => void>();

/** The one range of all charts: the address bar's, or else what was last chosen on any page of this tab. */
export function useTimeRange(): readonly [TimeRange, (range: TimeRange) => void] {
  const [named, setNamed] = useQueryState("range", parseAsStringLiteral(timeRanges));
  const last = useSyncExternalStore(subscribe, readLast, () => USUAL);
  const choose = (range: TimeRange) => {
    try {
      sessionStorage.setItem(STORAGE_KEY, range);
    } finally {
      for (const listener of listeners) listener();
    }
    void setNamed(range);
  };
  return [named ?? last, choose];
}

function readLast(): TimeRange {
  try {
    const stored = sessionStorage.getItem(STORAGE_KEY);
    return timeRanges.find((range) => range === stored) ?? USUAL;
  } catch {
    return USUAL;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
