"use client";

import { formatPercent } from "@/lib/format/number";
import { cn } from "../ui/cn";
import { causeLook, shareText, type CauseShare, type FailureCause } from "./failure-causes-shape";

export interface FailureCausesProps {
  /** In the order in which they are to stand. */
  readonly causes: readonly CauseShare[];
  readonly failed: number;
  /** The cause whose failures are listed; null for all. */
  readonly chosen: FailureCause | null;
  readonly onChoose: (cause: FailureCause | null) => void;
}

/** Share of each cause among the failed outcomes, with its interval drawn over the bar. Each row is a button that narrows the list. */
export function FailureCauses({ causes, failed, chosen, onChoose }: FailureCausesProps) {
  return (
    <ul aria-label="Failed outcomes by cause" className="flex flex-col">
      {causes.map((one) => (
        <li key={one.cause}>
          <button
            type="button"
            aria-pressed={chosen === one.cause}
            disabled={one.count === 0}
            onClick={() => onChoose(chosen === one.cause ? null : one.cause)}
            className={cn(
              "grid w-full grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 rounded-md px-2 py-1.5 text-left focus-inset sm:grid-cols-[12rem_minmax(0,1fr)_11rem]",
              "enabled:hover:bg-hover aria-pressed:bg-accent-soft",
            )}
          >
            <span className={cn("truncate text-sm", one.count === 0 && "text-muted")}>
              {causeLook[one.cause].label}
            </span>
            <ShareBar one={one} />
            <span className="num text-right text-xs text-muted max-sm:col-start-2 max-sm:row-start-1">
              <strong className="text-sm font-semibold text-ink">{one.count}</strong> of {failed}
              <span className="max-sm:hidden">, {shareText(one.share)}</span>
            </span>
            <span aria-hidden className="num col-span-2 text-right text-xs text-muted sm:hidden">
              {shareText(one.share)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function ShareBar({ one: { cause, share } }: { readonly one: CauseShare }) {
  const { color, hatched } = causeLook[cause];
  const [low, high] = [share?.low ?? 0, share?.high ?? 0];
  return (
    <span aria-hidden className="relative block h-4 rounded-xs bg-sunken max-sm:col-span-2">
      <span
        className={cn("forced-mark absolute top-0 left-0 h-2.5 rounded-xs", hatched && "hatched")}
        style={{ width: formatPercent(share?.mean ?? 0, 1), background: color }}
      />
      {share === null || share.mean === 0 ? null : (
        <span
          className="forced-mark absolute bottom-0 h-1.5 border-x-[1.5px] border-ink before:absolute before:inset-x-0 before:top-1/2 before:border-t-[1.5px] before:border-ink"
          style={{ left: formatPercent(low, 1), width: formatPercent(high - low, 1) }}
        />
      )}
    </span>
  );
}
