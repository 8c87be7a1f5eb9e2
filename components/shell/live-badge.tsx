"use client";

import type { LiveStatus } from "@/lib/client/live-status";
import { formatClock } from "@/lib/format/time";
import { Tooltip } from "../ui/tooltip";
import { cn } from "../ui/cn";

export interface LiveBadgeProps {
  readonly status: LiveStatus;
  readonly className?: string;
}

/** Says in words whether what is on the page follows the server by itself. */
export function LiveBadge({ status, className }: LiveBadgeProps) {
  const look = looks[status.kind];
  const text = status.kind === "polling" ? `Not live since ${formatClock(status.sinceMs)}` : look.text;
  return (
    <Tooltip content={look.explanation} side="right">
      <span
        tabIndex={0}
        className={cn(
          "num inline-flex h-6 items-center gap-2 rounded-sm px-1.5 text-xs text-muted",
          className,
        )}
      >
        <span role="status">{text}</span>
        <span aria-hidden className={cn("forced-mark order-first size-2 rounded-full", look.dot)} />
      </span>
    </Tooltip>
  );
}

const looks = {
  connecting: {
    text: "Connecting",
    dot: "border border-line-control",
    explanation: "Opening the stream of changes.",
  },
  live: { text: "Live", dot: "bg-gain-mark", explanation: "Changes appear here as they happen." },
  earlier: {
    text: "An earlier state",
    dot: "bg-suspended-mark",
    explanation: "The pages show the store as it was. That state moves no more.",
  },
  polling: {
    text: "",
    dot: "bg-unsupported-mark rounded-none rotate-45",
    explanation: "The stream of changes is lost. The page asks every 15 seconds instead.",
  },
} as const;
