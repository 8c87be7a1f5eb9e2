"use client";

import {
  confidenceTrend,
  describeConfidence,
  formatConfidence,
  formatConfidenceDelta,
  formatInterval,
} from "@/lib/format/confidence";
import { cn } from "./cn";
import { usePreferences } from "./preferences";
import { TrendArrow } from "./trend-arrow";

export interface ConfidenceMeterProps {
  /** 0..1, as are the ends of its interval. */
  readonly confidence: number;
  readonly low?: number;
  readonly high?: number;
  /** The confidence it is compared with; an arrow shows the direction since. */
  readonly before?: number;
  /** Print the interval as text and the move as a number beside the arrow. */
  readonly detailed?: boolean;
  readonly size?: "sm" | "md" | "lg";
  readonly className?: string;
}

const sizes = {
  sm: { number: "text-sm w-9", bar: "h-1 w-12" },
  md: { number: "text-base w-10", bar: "h-1.5 w-20" },
  lg: { number: "text-2xl w-auto", bar: "h-2 w-full max-w-64" },
} as const;

/** Number, bar and interval, and which way it went. */
export function ConfidenceMeter(props: ConfidenceMeterProps) {
  const { confidence, low, high, before, detailed = false, size = "md", className } = props;
  const { confidenceScale: scale } = usePreferences();
  const interval = low === undefined || high === undefined ? null : { low, high };
  const trend = before === undefined ? undefined : confidenceTrend(before, confidence);
  const look = sizes[size];
  return (
    <span
      className={cn(
        size === "lg"
          ? "flex w-full flex-wrap items-baseline gap-x-3 gap-y-2"
          : "inline-flex items-center gap-2",
        className,
      )}
    >
      <span className={cn("num font-semibold tracking-tight", look.number)}>
        {formatConfidence(confidence, scale)}
      </span>
      <span
        role="meter"
        aria-label="Confidence"
        aria-valuemin={0}
        aria-valuemax={1}
        aria-valuenow={Math.round(confidence * 1000) / 1000}
        aria-valuetext={describeConfidence(confidence, interval, { scale, ...(trend ? { trend } : {}) })}
        className={cn(
          "relative block shrink-0 rounded-full bg-pressed",
          look.bar,
          size === "lg" && "order-last",
        )}
      >
        <span className="block h-full rounded-full bg-ghost" style={{ width: percent(confidence) }} />
        {interval ? <Whisker {...interval} confidence={confidence} /> : null}
      </span>
      {detailed && interval ? (
        <span className="num text-xs text-muted">{formatInterval(interval.low, interval.high, scale)}</span>
      ) : null}
      {trend && before !== undefined ? (
        <TrendArrow
          trend={trend}
          {...(detailed ? { text: formatConfidenceDelta(confidence - before, scale) } : {})}
        />
      ) : null}
    </span>
  );
}

interface WhiskerProps {
  readonly low: number;
  readonly high: number;
  readonly confidence: number;
}

function Whisker({ low, high, confidence }: WhiskerProps) {
  return (
    <span aria-hidden className="absolute inset-0">
      <span
        className="absolute inset-y-0 rounded-full bg-accent-mark/40"
        style={{ left: percent(low), width: percent(high - low) }}
      />
      <span
        className="forced-mark absolute -inset-y-[3px] w-[3px] -translate-x-1/2 rounded-full bg-accent-mark ring-[1.5px] ring-surface"
        style={{ left: percent(confidence) }}
      />
    </span>
  );
}

function percent(share: number): string {
  return `${Math.min(1, Math.max(0, share)) * 100}%`;
}
