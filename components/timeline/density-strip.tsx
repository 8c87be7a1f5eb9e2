"use client";

import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { formatAbsolute, formatDayShort } from "@/lib/format/time";
import { formatCount, plural } from "@/lib/format/number";
import { densityBars, type DensityBar, type DensityBucket } from "./density-shape";

export interface DensityStripProps {
  readonly buckets: readonly DensityBucket[];
  readonly onStretchSelect: (from: string, to: string) => void;
}

const FEWEST_BARS = 2;

/** Where the changes lie in time. Pressing a bar narrows to it, drawing over several to all of them; the fields Since and Until do the same from the keyboard. */
export function DensityStrip({ buckets, onStretchSelect }: DensityStripProps) {
  const bars = densityBars(buckets);
  const [first, last] = [bars[0], bars.at(-1)];
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  if (bars.length < FEWEST_BARS || first === undefined || last === undefined) return null;
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
      <div
        aria-hidden
        className="flex h-10 touch-none items-end gap-px select-none"
        onPointerLeave={() => setDrawn(null)}
      >
        {bars.map((bar, index) => (
          <Bar
            key={bar.fromMs}
            bar={bar}
            tallest={tallest}
            isDrawn={drawn !== null && isBetween(drawn, index)}
            onBegin={() => setDrawn({ from: index, to: index })}
            onReach={() => setDrawn(drawn && { ...drawn, to: index })}
            onEnd={() => {
              const ends = [bars[drawn?.from ?? index] ?? bar, bar];
              setDrawn(null);
              onStretchSelect(
                iso(Math.min(...ends.map((end) => end.fromMs))),
                iso(Math.max(...ends.map((end) => end.toMs))),
              );
            }}
          />
        ))}
      </div>
      <div aria-hidden className="num mt-1 flex justify-between text-2xs text-muted">
        <span>{formatDayShort(first.fromMs)}</span>
        <span>
          <span className="mr-1 inline-block size-2 rounded-[2px] bg-reverted-mark" /> reverts
        </span>
        <span>{formatDayShort(last.fromMs)}</span>
      </div>
    </figure>
  );
}

/** The bars that the pointer was drawn over since it went down, by their places. */
interface Drawn {
  readonly from: number;
  readonly to: number;
}

const isBetween = ({ from, to }: Drawn, place: number): boolean =>
  place >= Math.min(from, to) && place <= Math.max(from, to);

const iso = (ms: number): string => new Date(ms).toISOString();

interface BarProps {
  readonly bar: DensityBar;
  readonly tallest: number;
  readonly isDrawn: boolean;
  readonly onBegin: () => void;
  readonly onReach: () => void;
  readonly onEnd: () => void;
}

function Bar({ bar, tallest, isDrawn, onBegin, onReach, onEnd }: BarProps) {
  const share = bar.count === 0 ? 0 : Math.max(0.08, bar.count / tallest);
  return (
    <button
      type="button"
      tabIndex={-1}
      title={`${formatAbsolute(bar.fromMs)}: ${plural(bar.count, "change")}, ${plural(bar.reverts, "revert")}`}
      onPointerDown={onBegin}
      onPointerEnter={onReach}
      onPointerUp={onEnd}
      className={cn(
        "group flex h-full max-w-6 flex-1 flex-col justify-end rounded-xs hover:bg-hover",
        isDrawn && "bg-accent-soft",
      )}
    >
      <span
        className="flex flex-col justify-end overflow-hidden rounded-xs bg-ghost group-hover:bg-accent-mark"
        style={{ height: `${share * 100}%` }}
      >
        <span
          className="block bg-reverted-mark"
          style={{ height: bar.count === 0 ? 0 : `${(bar.reverts / bar.count) * 100}%` }}
        />
      </span>
    </button>
  );
}
