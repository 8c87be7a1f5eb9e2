"use client";

import { Switch as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export function Switch({ className, ...props }: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root
      className={cn(
        "inline-flex h-6 w-10 shrink-0 items-center rounded-full border border-line-control bg-sunken p-[3px] transition-colors duration-150 disabled:opacity-50 data-[state=checked]:border-accent-solid data-[state=checked]:bg-accent-solid",
        className,
      )}
      {...props}
    >
      <Primitive.Thumb className="size-4 rounded-full bg-line-control transition-transform duration-150 data-[state=checked]:translate-x-4 data-[state=checked]:bg-on-accent" />
    </Primitive.Root>
  );
}
