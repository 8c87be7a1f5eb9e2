import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export const badgeVariants = cva(
  "inline-flex h-5 shrink-0 items-center gap-1 rounded-sm px-1.5 text-2xs font-medium whitespace-nowrap [&_svg]:size-3 [&_svg]:shrink-0",
  {
    variants: {
      tone: {
        neutral: "bg-hover text-muted",
        outline: "border border-line-strong text-muted",
        accent: "bg-accent-soft text-accent",
        gain: "bg-gain-soft text-gain",
        loss: "bg-loss-soft text-loss",
        reverted: "bg-reverted-soft text-reverted",
        suspended: "bg-suspended-soft text-suspended",
        contested: "bg-contested-soft text-contested",
        unsupported: "bg-unsupported-soft text-unsupported",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

export type BadgeProps = ComponentProps<"span"> & VariantProps<typeof badgeVariants>;

export function Badge({ className, tone, ...props }: BadgeProps) {
  return <span className={cn(badgeVariants({ tone }), className)} {...props} />;
}
