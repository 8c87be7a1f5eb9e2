"use client";

import { useId } from "react";
import { Button } from "@/components/ui/button";
import { DAY_MS, formatDay } from "@/lib/format/time";

export interface TimeSliderProps {
  readonly fromMs: number;
  readonly untilMs: number;
  /** null: any time. */
  readonly atMs: number | null;
  readonly onChange: (atMs: number | null) => void;
}

/** Fades what was not so at a time. */
export function TimeSlider({ fromMs, untilMs, atMs, onChange }: TimeSliderProps) {
  const id = useId();
  const days = Math.max(1, Math.ceil((untilMs - fromMs) / DAY_MS));
  const day = atMs === null ? days : Math.round((atMs - fromMs) / DAY_MS);
  return (
    <div className="flex min-w-64 flex-1 items-center gap-3">
      <label htmlFor={id} className="shrink-0 text-xs text-muted">
        Valid at
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={days}
        value={Math.min(days, Math.max(0, day))}
        onChange={(event) => onChange(fromMs + Number(event.target.value) * DAY_MS)}
        aria-valuetext={atMs === null ? "any time" : formatDay(atMs)}
        className="h-6 min-w-24 flex-1 pointer-coarse:h-8 accent-(--accent-solid)"
      />
      <span className="num w-20 shrink-0 text-right text-xs whitespace-nowrap">
        {atMs === null ? "Any time" : formatDay(atMs)}
      </span>
      {atMs === null ? null : (
        <Button size="sm" variant="ghost" onClick={() => onChange(null)}>
          Any time
        </Button>
      )}
    </div>
  );
}
