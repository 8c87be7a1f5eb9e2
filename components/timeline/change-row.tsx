"use client";

import { ChevronRight, Eye } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusBadge } from "@/components/ui/status-badge";
import type { CallOutput } from "@/lib/client/api";
import { plural } from "@/lib/format/number";
import { changeTitle, isOfCycle, partlyOut, standingOf } from "./change-title";
import { ChangeValue } from "./change-value";
import { OpMark } from "./op-mark";

export type TimelineChange = CallOutput<"changes.list">["items"][number];

export interface ChangeRowProps {
  readonly change: TimelineChange;
  readonly leading?: ReactNode;
  readonly actions: ReactNode;
  readonly isOpen?: boolean;
  /** Present where the row stands for a group that can be opened. */
  readonly onOpenChange?: () => void;
  readonly children?: ReactNode;
}

/** One change, or a group by its first: what, who, why, whether it is in force, and what it moved. */
export function ChangeRow({ change, leading, actions, isOpen, onOpenChange, children }: ChangeRowProps) {
  const standing = standingOf(change);
  const isOut = standing !== "live";
  const cause = causeText(change);
  return (
    <>
      <div className="flex items-start gap-x-3 gap-y-2 px-3 py-2.5 max-sm:flex-wrap sm:px-4 compact:py-1.5">
        {leading}
        <OpMark op={change.op} isOut={isOut} />
        <div className="min-w-0 flex-1 basis-56">
          <p
            className={cn(
              "line-clamp-2 text-sm break-words",
              change.importance === "routine" && "text-muted",
              isOut && "text-muted line-through",
            )}
          >
            {changeTitle(change)}
          </p>
          <p className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
            <span>{change.actor.name}</span>
            {cause === null ? null : (
              <>
                <span aria-hidden>·</span>
                <span className="break-words">{cause}</span>
              </>
            )}
            <span aria-hidden>·</span>
            <RelativeTime at={change.at} focusable={false} />
            <span className="num" title="Number of the change in the ledger">
              #{change.seq}
            </span>
            {change.erased ? <StatusBadge status="erased" /> : null}
            {isOut ? <StatusBadge status={standing} /> : null}
            {partlyOut(change).map(({ status, text }) => (
              <StatusBadge key={status} status={status} label={text} />
            ))}
            {change.importance === "needsEyes" && !isOut ? (
              <Badge tone="contested">
                <Eye aria-hidden />
                Needs eyes
              </Badge>
            ) : null}
            {change.unsupported ? <StatusBadge status="unsupported" /> : null}
            {isOfCycle(change) && change.cycleId !== null ? (
              <Link
                href={`/cycles/${change.cycleId}`}
                className="inline-flex min-h-6 items-center rounded-xs pointer-coarse:min-h-8 text-accent underline underline-offset-2"
              >
                Review of the cycle
              </Link>
            ) : null}
            {onOpenChange ? (
              <GroupToggle size={change.groupSize ?? 1} isOpen={isOpen ?? false} onPress={onOpenChange} />
            ) : null}
          </p>
          {(change.groupSize ?? 1) > 1 ? null : (
            <div className="mt-1 min-w-0 empty:hidden">
              <ChangeValue change={change} />
            </div>
          )}
        </div>
        {actions}
      </div>
      {children}
    </>
  );
}

/** What a person would not guess from who did it. */
const causes: Readonly<Partial<Record<TimelineChange["cause"]["kind"], string>>> = {
  signal: "an outcome was reported",
  import: "import",
  cycle: "improvement cycle",
  system: "upkeep",
};

function causeText({ actor, cause }: TimelineChange): string | null {
  // A cycle that acts by itself is named already.
  if (cause.kind === "cycle" && actor.type === "cycle" && !cause.reason) return null;
  return cause.reason ? `“${cause.reason}”` : (causes[cause.kind] ?? null);
}

interface GroupToggleProps {
  readonly size: number;
  readonly isOpen: boolean;
  readonly onPress: () => void;
}

function GroupToggle({ size, isOpen, onPress }: GroupToggleProps) {
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      onClick={onPress}
      className="inline-flex min-h-6 items-center rounded-xs pointer-coarse:min-h-8"
    >
      <Badge tone="outline" className="hover:bg-hover">
        <ChevronRight aria-hidden className={cn("transition-transform", isOpen && "rotate-90")} />
        {isOpen ? "Hide" : "Show"} {plural(size, "change")}
      </Badge>
    </button>
  );
}
