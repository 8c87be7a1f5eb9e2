import { Fragment } from "react";
import { cn } from "./cn";

export interface KbdProps {
  /** Pressed one after the other; a chord is one entry such as "Ctrl K". */
  readonly keys: readonly string[];
  readonly className?: string;
}

export function Kbd({ keys, className }: KbdProps) {
  return (
    <span className={cn("inline-flex items-center gap-0.5", className)}>
      {keys.map((key, index) => (
        <Fragment key={index}>
          {index > 0 ? <span className="sr-only"> then </span> : null}
          <kbd className="inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-xs border border-line-strong bg-sunken px-1 font-sans text-2xs font-medium text-muted">
            {key}
          </kbd>
        </Fragment>
      ))}
    </span>
  );
}
