import type { ComponentProps } from "react";
import { cn } from "./cn";

export function Skeleton({ className, ...props }: ComponentProps<"div">) {
  return (
    <div aria-hidden className={cn("h-4 animate-skeleton rounded-sm bg-pressed", className)} {...props} />
  );
}

/** The shape of a list before its rows are known. */
export function SkeletonRows({ rows = 5 }: { readonly rows?: number }) {
  const widths = ["w-11/12", "w-3/4", "w-5/6", "w-2/3", "w-4/5"];
  return (
    <div className="flex flex-col gap-4 py-1">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="flex items-center gap-3">
          <Skeleton className="size-4 shrink-0" />
          <Skeleton className={widths[index % widths.length]} />
        </div>
      ))}
    </div>
  );
}
