"use client";

import { Popover as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export const Popover = Primitive.Root;
export const PopoverTrigger = Primitive.Trigger;
export const PopoverClose = Primitive.Close;

/** Name it with `aria-label` or `aria-labelledby`: it is a dialog to a screen reader. */
export function PopoverContent({ className, ...props }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        sideOffset={6}
        collisionPadding={8}
        className={cn(
          "z-50 w-80 max-w-[calc(100vw-1rem)] animate-enter rounded-lg border border-line-strong bg-overlay p-4 shadow-float focus:outline-none",
          className,
        )}
        {...props}
      />
    </Primitive.Portal>
  );
}
