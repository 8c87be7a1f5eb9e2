"use client";

import { useId, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { MARKER_GAP_PX, initialDimension } from "@/components/charts/chart-theme";
import { EventLegend, EventMark } from "@/components/charts/event-mark";
import type { EventKind } from "@/components/charts/event-kinds";
import { useWidth } from "@/components/charts/use-width";
import { cn } from "@/components/ui/cn";
import { formatAbsolute, formatDayShort } from "@/lib/format/time";
import { formatCount } from "@/lib/format/number";
import { brushKey, describeBrush, isWithin, stretchOf, type Brush } from "./density-brush";
import {
  densityBars,
  describeCounts,
  shownMarks,
  sumOf,
  type DensityBar,
  type DensityBucket,
} from "./density-shape";

export interface DensityStripProps {
  readonly buckets: readonly DensityBucket[];
  readonly onStretchSelect: (from: string, to: string) => void;
}

const FEWEST_BARS = 2;

/**
 * Where the changes lie in time, and a brush over it: a press on a bar narrows to it, drawing over several to all of them. From the keyboard
 * the arrows move the brush, Shift with them stretches it, and Enter narrows; what it covers is said at each step.
 */
export function DensityStrip({ buckets, onStretchSelect }: DensityStripProps) {
  const bars = densityBars(buckets);
  const [first, last] = [bars[0], bars.at(-1)];
  const [brush, setBrush] = useState<Brush | null>(null);
  const help = useId();
  const box = useRef<HTMLDivElement>(null);
  const widthPx = useWidth(box) ?? initialDimension.width;
  if (bars.length < FEWEST_BARS || first === undefined || last === undefined) return null;
  const apply = (chosen: Brush) => {
    const stretch = stretchOf(bars, chosen);
    setBrush(null);
    if (stretch !== null) onStretchSelect(stretch.from, stretch.to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = brushKey(event, brush, bars.length);
    if (act === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (act === "apply") apply(brush ?? { from: bars.length - 1, to: bars.length - 1 });
    else setBrush(act === "clear" ? null : act);
  };
  const tallest = Math.max(...bars.map((bar) => bar.count));
  const marks = shownMarks(bars, Math.ceil((MARKER_GAP_PX * bars.length) / widthPx));
  return (
    <figure className="rounded-lg border border-line bg-surface px-3 pt-2 pb-1.5 shadow-card">
      <figcaption className="sr-only">
        {describeCounts(sumOf(bars))} between {formatAbsolute(first.fromMs)} and {formatAbsolute(last.toMs)};
        at most {formatCount(tallest)} in one stretch.
      </figcaption>
      <p id={help} className="sr-only">
        Arrow keys move, Shift with an arrow stretches, Enter narrows the timeline to it, Escape lets go.
      </p>
      <div
        ref={box}
        role="slider"
        tabIndex={0}
        aria-label="Stretch of time"
        aria-describedby={help}
        aria-orientation="horizontal"
        aria-valuemin={1}
        aria-valuemax={bars.length}
        aria-valuenow={(brush?.to ?? bars.length - 1) + 1}
        aria-valuetext={brush === null ? "Nothing chosen" : describeBrush(bars, brush)}
        onKeyDown={onKeyDown}
        onBlur={() => setBrush(null)}
        onPointerDown={(event) => {
          const at = placeOf(event);
          if (at !== null) setBrush({ from: at, to: at });
        }}
        onPointerMove={(event) => {
          const at = placeOf(event);
          if (at !== null && event.buttons > 0) setBrush(brush && { ...brush, to: at });
        }}
        onPointerUp={() => brush && apply(brush)}
        onPointerLeave={(event) => event.buttons > 0 && setBrush(null)}
        className="flex h-13 touch-none items-end gap-px rounded-sm select-none"
      >
        {bars.map((bar, index) => (
          <Bar
            key={bar.fromMs}
            bar={bar}
            index={index}
            tallest={tallest}
            mark={marks.get(index) ?? null}
            isBrushed={brush !== null && isWithin(brush, index)}
          />
        ))}
      </div>
      <div aria-hidden className="num mt-1 flex justify-between gap-3 text-2xs text-muted">
        <span className="whitespace-nowrap">{formatDayShort(first.fromMs)}</span>
        {brush === null ? (
          <EventLegend kinds={[...new Set(marks.values())]} />
        ) : (
          <span className="truncate text-ink">{describeBrush(bars, brush)}</span>
        )}
        <span className="whitespace-nowrap">{formatDayShort(last.fromMs)}</span>
      </div>
    </figure>
  );
}

/** Which bar the pointer is over. */
function placeOf({ target }: PointerEvent): number | null {
  const place =
    target instanceof Element ? target.closest<HTMLElement>("[data-bar]")?.dataset["bar"] : undefined;
  return place === undefined ? null : Number(place);
}

interface BarProps {
  readonly bar: DensityBar;
  readonly index: number;
  readonly tallest: number;
  readonly mark: EventKind | null;
  readonly isBrushed: boolean;
}

/** Heights go by the root of the count: beside an import of thousands, a day of ten changes would not be seen. */
function Bar({ bar, index, tallest, mark, isBrushed }: BarProps) {
  const share = Math.sqrt(bar.count / tallest);
  return (
    <span
      data-bar={index}
      title={`${formatAbsolute(bar.fromMs)}: ${describeCounts(bar)}`}
      className={cn(
        "group relative flex h-full max-w-10 flex-1 flex-col justify-end rounded-xs pt-3 hover:bg-hover",
        isBrushed && "forced-mark bg-accent-soft",
      )}
    >
      {mark === null ? null : (
        <svg
          aria-hidden
          viewBox="-6 -6 12 12"
          className="pointer-events-none absolute top-0 left-1/2 size-3 -translate-x-1/2"
        >
          <EventMark kind={mark} x={0} y={0} />
        </svg>
      )}
      <span
        className={cn(
          "flex min-h-px flex-col justify-end overflow-hidden rounded-xs bg-ghost group-hover:bg-accent-mark",
          isBrushed && "bg-accent-mark",
        )}
        style={{ height: `${share * 100}%` }}
      >
        <span
          className="block bg-reverted-mark"
          style={{ height: bar.count === 0 ? 0 : `${(bar.reverts / bar.count) * 100}%` }}
        />
      </span>
    </span>
  );
}
