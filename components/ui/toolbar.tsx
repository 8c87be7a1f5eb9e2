"use client";

import { Toolbar as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** One tab stop, arrow keys inside. Name it with `aria-label`. */
export function Toolbar({ className, ...props }: ComponentProps<typeof Primitive.Root>) {
  return <Primitive.Root className={cn("flex flex-wrap items-center gap-2", className)} {...props} />;
}

/** Wraps a Button: `<ToolbarItem><Button>…</Button></ToolbarItem>`. */
export function ToolbarItem({ children, ...props }: ComponentProps<typeof Primitive.Button>) {
  return (
    <Primitive.Button asChild {...props}>
      {children}
    </Primitive.Button>
  );
}

export function ToolbarSeparator() {
  return <Primitive.Separator className="mx-0.5 h-5 w-px bg-line-strong" />;
}
