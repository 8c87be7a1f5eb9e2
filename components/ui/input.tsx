import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

export const fieldClasses =
  "w-full min-w-0 rounded-md border border-line-control bg-surface text-sm text-ink placeholder:text-muted transition-colors duration-100 hover:border-muted focus-visible:border-focus focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:bg-sunken disabled:opacity-60 aria-invalid:border-loss-mark";

export interface InputProps extends ComponentProps<"input"> {
  readonly icon?: ReactNode;
  /** Shown at the end, such as a unit or a key. */
  readonly trailing?: ReactNode;
}

export function Input({ className, icon, trailing, type = "text", ...props }: InputProps) {
  const input = (
    <input
      type={type}
      className={cn(
        fieldClasses,
        "h-(--control-h) px-2.5 read-only:bg-sunken",
        // The arrows of the browser keep a place free that figures would not line up with; the arrow keys do the same.
        "[&::-webkit-inner-spin-button]:appearance-none [&[type=number]]:[appearance:textfield]",
        icon && "pl-8",
        trailing && "pr-12",
        className,
      )}
      {...props}
    />
  );
  if (!icon && !trailing) return input;
  return (
    <span className="relative flex w-full min-w-0 items-center">
      {icon ? (
        <span className="pointer-events-none absolute left-2.5 text-muted [&_svg]:size-4">{icon}</span>
      ) : null}
      {input}
      {trailing ? (
        <span className="absolute right-2 flex items-center text-xs text-muted">{trailing}</span>
      ) : null}
    </span>
  );
}
