"use client";

import { Tooltip as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { Kbd } from "./kbd";

export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Primitive.Provider delayDuration={350} skipDelayDuration={200}>
      {children}
    </Primitive.Provider>
  );
}

export interface TooltipProps {
  readonly content: ReactNode;
  /** Keys that do the same, e.g. ["g", "m"]. */
  readonly keys?: readonly string[];
  readonly side?: "top" | "right" | "bottom" | "left";
  readonly children: ReactNode;
  readonly className?: string;
}

/** The trigger must be focusable, or keyboard users never see the content. */
export function Tooltip({ content, keys, side = "top", children, className }: TooltipProps) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={cn(
            "z-50 flex max-w-72 animate-fade items-center gap-2 rounded-md border border-line-strong bg-overlay px-2 py-1 text-xs text-ink shadow-float",
            className,
          )}
        >
          {content}
          {keys ? <Kbd keys={keys} /> : null}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
