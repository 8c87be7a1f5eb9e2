import type { ComponentProps } from "react";
import { cn } from "./cn";

/** A wide table scrolls inside its own box, never the page; the box takes focus so that keys can scroll it. */
export function Table({ className, "aria-label": label, ...props }: ComponentProps<"table">) {
  return (
    <div
      role="region"
      aria-label={label}
      tabIndex={0}
      className="focus-inset w-full overflow-x-auto rounded-md"
    >
      <table
        aria-label={label}
        className={cn("w-full caption-bottom border-collapse text-sm", className)}
        {...props}
      />
    </div>
  );
}

export function TableHead({ className, ...props }: ComponentProps<"thead">) {
  return <thead className={cn("border-b border-line", className)} {...props} />;
}

export function TableBody({ className, ...props }: ComponentProps<"tbody">) {
  return <tbody className={cn("[&>tr:last-child]:border-0", className)} {...props} />;
}

export function TableRow({ className, ...props }: ComponentProps<"tr">) {
  return <tr className={cn("border-b border-line", className)} {...props} />;
}

interface CellProps {
  readonly numeric?: boolean;
}

export function TableHeaderCell({ className, numeric = false, ...props }: ComponentProps<"th"> & CellProps) {
  return (
    <th
      scope="col"
      className={cn(
        "h-8 px-(--cell-x) text-left text-xs font-medium whitespace-nowrap text-muted first:pl-0 last:pr-0",
        numeric && "text-right",
        className,
      )}
      {...props}
    />
  );
}

export function TableCell({ className, numeric = false, ...props }: ComponentProps<"td"> & CellProps) {
  return (
    <td
      className={cn(
        "px-(--cell-x) py-1.5 align-top first:pl-0 last:pr-0",
        numeric && "num text-right whitespace-nowrap",
        className,
      )}
      {...props}
    />
  );
}
