import type { ReactNode } from "react";
import type { Trend } from "@/lib/format/confidence";
import { cn } from "../ui/cn";
import { TrendArrow } from "../ui/trend-arrow";
import { Sparkline } from "./sparkline";

export interface StatTileProps {
  /** The metric's name; a GlossaryPopover, where it has a formula. */
  readonly label: ReactNode;
  /** Already formatted. */
  readonly figure: string;
  readonly delta?: { readonly text: string; readonly trend: Trend; readonly since: string };
  readonly readings?: readonly (number | null)[];
  /** Fixed ends of the sparkline's scale. */
  readonly range?: readonly [number, number];
  readonly note?: ReactNode;
  readonly className?: string;
}

/** One number of the overview: what it is now, where it came from, and its line over the range. */
export function StatTile({ label, figure, delta, readings, range, note, className }: StatTileProps) {
  return (
    <div
      className={cn(
        "relative flex min-w-0 flex-col overflow-hidden rounded-lg border border-line bg-surface p-(--card-pad) shadow-card",
        readings && "pb-10 compact:pb-9",
        className,
      )}
    >
      <span className="truncate text-xs font-medium text-muted">{label}</span>
      <span className="mt-0.5 flex flex-wrap items-baseline gap-x-2">
        <span className="num text-2xl font-semibold">{figure}</span>
        {delta ? (
          <span className="inline-flex items-baseline gap-1 text-xs text-muted">
            <TrendArrow trend={delta.trend} text={delta.text} className="translate-y-0.5" />
            <span className="max-xl:sr-only">{delta.since}</span>
          </span>
        ) : null}
      </span>
      {note ? <span className="text-xs text-muted">{note}</span> : null}
      {readings && readings.length > 1 ? (
        <Sparkline
          readings={readings}
          {...(range ? { range } : {})}
          filled
          width={240}
          height={32}
          className="absolute inset-x-0 bottom-0 h-8 w-full"
        />
      ) : null}
    </div>
  );
}
