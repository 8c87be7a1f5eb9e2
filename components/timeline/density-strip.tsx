"use client";

import { useId, useState, type KeyboardEvent, type PointerEvent } from "react";
import { cn } from "@/components/ui/cn";
import { formatAbsolute, formatDayShort } from "@/lib/format/time";
import { formatCount, plural } from "@/lib/format/number";
import { brushKey, describeBrush, isWithin, stretchOf, type Brush } from "./density-brush";
import { densityBars, type DensityBar, type DensityBucket } from "./density-shape";

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
  return (
    <figure className="rounded-lg border border-line bg-surface px-3 pt-2 pb-1.5 shadow-card">
      <figcaption className="sr-only">
        {plural(
          bars.reduce((sum, bar) => sum + bar.count, 0),
          "change",
        )}{" "}
        between {formatAbsolute(first.fromMs)} and {formatAbsolute(last.toMs)}; at most {formatCount(tallest)}{" "}
        in one stretch.
      </figcaption>
      <p id={help} className="sr-only">
        Arrow keys move, Shift with an arrow stretches, Enter narrows the timeline to it, Escape lets go.
      </p>
      <div
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
        className="flex h-10 touch-none items-end gap-px rounded-sm select-none"
      >
        {bars.map((bar, index) => (
          <Bar
            key={bar.fromMs}
            bar={bar}
            index={index}
            tallest={tallest}
            isBrushed={brush !== null && isWithin(brush, index)}
          />
        ))}
      </div>
      <div aria-hidden className="num mt-1 flex justify-between gap-3 text-2xs text-muted">
        <span>{formatDayShort(first.fromMs)}</span>
        {brush === null ? (
          <span>
            <span className="mr-1 inline-block size-2 rounded-[2px] bg-reverted-mark" /> reverts
          </span>
        ) : (
          <span className="truncate text-ink">{describeBrush(bars, brush)}</span>
        )}
        <span>{formatDayShort(last.fromMs)}</span>
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
  readonly isBrushed: boolean;
}

function Bar({ bar, index, tallest, isBrushed }: BarProps) {
  const share = bar.count === 0 ? 0 : Math.max(0.08, bar.count / tallest);
  return (
    <span
      data-bar={index}
      title={`${formatAbsolute(bar.fromMs)}: ${plural(bar.count, "change")}, ${plural(bar.reverts, "revert")}`}
      className={cn(
        "group flex h-full max-w-6 flex-1 flex-col justify-end rounded-xs hover:bg-hover",
        isBrushed && "forced-mark bg-accent-soft",
      )}
    >
      <span
        className={cn(
          "flex flex-col justify-end overflow-hidden rounded-xs bg-ghost group-hover:bg-accent-mark",
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
