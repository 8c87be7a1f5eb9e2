"use client";

import { useMemo } from "react";
import { formatConfidence, formatConfidenceDelta } from "@/lib/format/confidence";
import { cn } from "../ui/cn";
import { usePreferences } from "../ui/preferences";
import { ChartFrame } from "./chart-frame";
import {
  waterfallRows,
  waterfallSummary,
  waterfallTable,
  type WaterfallRow,
  type WaterfallStep,
} from "./waterfall-shape";

export interface WaterfallProps {
  readonly steps: readonly WaterfallStep[];
  readonly onChangeSelect?: (changeId: string) => void;
  /** Steps shown before small neighbours are folded into one. */
  readonly maxSteps?: number;
}

const ROW_PX = 26;

/** Why the confidence is what it is: the prior, each step, and now. Lying, so that every step has room for its name. */
export function Waterfall({ steps, onChangeSelect, maxSteps = 12 }: WaterfallProps) {
  const { confidenceScale: scale } = usePreferences();
  const rows = useMemo(() => waterfallRows(steps, maxSteps), [steps, maxSteps]);
  return (
    <ChartFrame
      title="Why this confidence"
      summary={waterfallSummary(rows, scale)}
      table={waterfallTable(rows, scale)}
      heightPx={rows.length * ROW_PX + 22}
    >
      <ul>
        {rows.map((row, index) => (
          <Step
            key={index}
            row={row}
            text={stepText(row, scale)}
            {...(onChangeSelect ? { onChangeSelect } : {})}
          />
        ))}
      </ul>
      <Scale scale={scale} />
    </ChartFrame>
  );
}

interface StepProps {
  readonly row: WaterfallRow;
  readonly text: string;
  readonly onChangeSelect?: (changeId: string) => void;
}

const gridClasses = "grid grid-cols-[minmax(6rem,38%)_minmax(0,1fr)_4.25rem] items-center gap-3";

function Step({ row, text, onChangeSelect }: StepProps) {
  const { changeId } = row;
  return (
    <li
      title={row.label}
      style={{ height: ROW_PX }}
      onClick={() => (changeId === null ? undefined : onChangeSelect?.(changeId))}
      className={cn(
        gridClasses,
        "rounded-sm text-xs",
        changeId !== null && onChangeSelect && "cursor-pointer hover:bg-hover",
      )}
    >
      <span
        className={cn(
          "truncate",
          row.kind === "now" || row.kind === "start" ? "font-semibold" : "text-muted",
        )}
      >
        {row.label}
      </span>
      <span className="relative h-full border-l border-line-strong">
        <span className="absolute inset-y-0 left-1/2 border-l border-dashed border-line" />
        <span
          className={cn("forced-mark absolute inset-y-[6px] min-w-[2px] rounded-[2px]", fills[row.kind])}
          style={{ left: `${row.from * 100}%`, width: `${(row.to - row.from) * 100}%` }}
        />
      </span>
      <span className={cn("num text-right font-medium", texts[row.kind])}>{text}</span>
    </li>
  );
}

const fills = {
  start: "bg-ghost",
  now: "bg-accent-mark",
  up: "bg-gain-mark",
  down: "bg-loss-mark hatched",
  level: "bg-line-control",
} as const;
const texts = { start: "", now: "", up: "text-gain", down: "text-loss", level: "text-muted" } as const;

function stepText(row: WaterfallRow, scale: "percent" | "ten"): string {
  return row.kind === "start" || row.kind === "now"
    ? formatConfidence(row.to, scale)
    : formatConfidenceDelta(row.delta, scale);
}

function Scale({ scale }: { readonly scale: "percent" | "ten" }) {
  return (
    <div aria-hidden className={cn(gridClasses, "num pt-1 text-2xs text-muted")}>
      <span />
      <span className="flex justify-between">
        {[0, 0.5, 1].map((share) => (
          <span key={share}>{formatConfidence(share, scale)}</span>
        ))}
      </span>
      <span />
    </div>
  );
}
