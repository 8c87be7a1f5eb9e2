"use client";

import { Check } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { plural } from "@/lib/format/number";
import type { Decisions } from "./decisions";

export interface ApplyBarProps {
  readonly decisions: Decisions;
  readonly waitingCount: number;
  readonly onClear: () => void;
  readonly onApply: () => void;
}

/** Stays at the bottom: how far the review is, and the only way to make it final. */
export function ApplyBar({ decisions, waitingCount, onClear, onApply }: ApplyBarProps) {
  const approved = [...decisions.values()].filter(({ verdict }) => verdict === "approve").length;
  const declined = decisions.size - approved;
  return (
    <div className="sticky bottom-3 z-20 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-line-strong bg-overlay px-4 py-2.5 shadow-float">
      <p role="status" className="num min-w-0 flex-1 basis-40 text-sm">
        {decisions.size === 0 ? (
          <>{plural(waitingCount, "proposal")} to review. Nothing is final until it is applied.</>
        ) : (
          <>
            <strong className="font-semibold">{approved} to approve</strong>, {declined} to decline,{" "}
            {waitingCount - decisions.size} open
          </>
        )}
      </p>
      <span className="flex items-center gap-1.5 text-xs text-muted max-lg:hidden">
        <Kbd keys={["j"]} /> <Kbd keys={["k"]} /> move <Kbd keys={["a"]} /> approve <Kbd keys={["r"]} />{" "}
        decline
      </span>
      <span className="flex flex-wrap items-center gap-2">
        {decisions.size > 0 ? (
          <Button variant="ghost" onClick={onClear}>
            Clear
          </Button>
        ) : null}
        <Button variant="primary" disabled={decisions.size === 0} onClick={onApply}>
          <Check aria-hidden />
          Apply {decisions.size} of {waitingCount}
        </Button>
      </span>
    </div>
  );
}
