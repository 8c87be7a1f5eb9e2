"use client";

import { formatAbsolute, formatRelative, toMs, type Moment } from "@/lib/format/time";
import { cn } from "./cn";
import { Tooltip } from "./tooltip";
import { useNow } from "./use-now";

export interface RelativeTimeProps {
  readonly at: Moment;
  /** In rows that are themselves focus stops, leave the time out of the tab order; it keeps its title. */
  readonly focusable?: boolean;
  readonly className?: string;
}

/** "3 min ago", with the full moment on hover and focus. */
export function RelativeTime({ at, focusable = true, className }: RelativeTimeProps) {
  const nowMs = useNow();
  const absolute = formatAbsolute(at, nowMs === null ? "UTC" : undefined);
  const text = nowMs === null ? absolute : formatRelative(at, Math.max(nowMs, 0));
  const iso = Number.isNaN(toMs(at)) ? undefined : new Date(toMs(at)).toISOString();
  const classes = cn("num whitespace-nowrap", className);
  if (!focusable) {
    return (
      <time dateTime={iso} title={absolute} className={classes}>
        {text}
      </time>
    );
  }
  return (
    <Tooltip content={<span className="num">{absolute}</span>}>
      <time dateTime={iso} tabIndex={0} className={cn(classes, "rounded-xs")}>
        {text}
      </time>
    </Tooltip>
  );
}
