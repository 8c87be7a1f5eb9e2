import type { ComponentProps } from "react";
import { cn } from "./cn";
import { fieldClasses } from "./input";

export function Textarea({ className, rows = 3, ...props }: ComponentProps<"textarea">) {
  return (
    <textarea
      rows={rows}
      className={cn(
        fieldClasses,
        "field-sizing-content max-h-80 min-h-16 px-2.5 py-2 leading-relaxed",
        className,
      )}
      {...props}
    />
  );
}
