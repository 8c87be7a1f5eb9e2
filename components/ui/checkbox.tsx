"use client";

import { Check, Minus } from "lucide-react";
import { Checkbox as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Drawn at 16 px in a target of 24 px, and of 32 px for a finger. Give it an `aria-label` unless a label names it. */
export function Checkbox({ className, ...props }: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root
      className={cn(
        "group relative inline-flex size-4 shrink-0 items-center justify-center rounded-xs border border-line-control bg-surface transition-colors duration-100 before:absolute before:-inset-[5px] pointer-coarse:before:-inset-[9px] hover:border-muted disabled:opacity-50 data-[state=checked]:border-accent-solid data-[state=checked]:bg-accent-solid data-[state=indeterminate]:border-accent-solid data-[state=indeterminate]:bg-accent-solid",
        className,
      )}
      {...props}
    >
      <Primitive.Indicator className="text-on-accent">
        <Check aria-hidden strokeWidth={3} className="size-3 group-data-[state=indeterminate]:hidden" />
        <Minus aria-hidden strokeWidth={3} className="hidden size-3 group-data-[state=indeterminate]:block" />
      </Primitive.Indicator>
    </Primitive.Root>
  );
}
