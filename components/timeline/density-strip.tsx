"use client";

import { formatAbsolute, formatDayShort } from "@/lib/format/time";
import { formatCount, plural } from "@/lib/format/number";
import { densityBars, type DensityBar, type DensityBucket } from "./density-shape";

export interface DensityStripProps {
  readonly buckets: readonly DensityBucket[];
  readonly onStretchSelect: (from: string, to: string) => void;
}

const FEWEST_BARS = 2;

/** Where the changes lie in time. Pressing a bar narrows to it; the fields Since and Until do the same from the keyboard. */
export function DensityStrip({ buckets, onStretchSelect }: DensityStripProps) {
  const bars = densityBars(buckets);
  const [first, last] = [bars[0], bars.at(-1)];
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
      <div aria-hidden className="flex h-10 items-end gap-px">
        {bars.map((bar) => (
          <Bar key={bar.fromMs} bar={bar} tallest={tallest} onStretchSelect={onStretchSelect} />
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

interface BarProps extends Pick<DensityStripProps, "onStretchSelect"> {
  readonly bar: DensityBar;
  readonly tallest: number;
}

function Bar({ bar, tallest, onStretchSelect }: BarProps) {
  const iso = (ms: number) => new Date(ms).toISOString();
  const share = bar.count === 0 ? 0 : Math.max(0.08, bar.count / tallest);
  return (
    <button
      type="button"
      tabIndex={-1}
      title={`${formatAbsolute(bar.fromMs)}: ${plural(bar.count, "change")}, ${plural(bar.reverts, "revert")}`}
      onClick={() => onStretchSelect(iso(bar.fromMs), iso(bar.toMs))}
      className="group flex h-full max-w-6 flex-1 flex-col justify-end rounded-xs hover:bg-hover"
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
