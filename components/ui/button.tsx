import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { Spinner } from "./spinner";

export const buttonVariants = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap select-none transition-[background-color,border-color,color] duration-100 disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "bg-accent-solid text-on-accent hover:bg-accent-solid-hover shadow-low",
        secondary:
          "border border-line-strong bg-surface text-ink shadow-low hover:bg-hover active:bg-pressed data-[state=open]:bg-hover",
        ghost: "text-muted hover:bg-hover hover:text-ink active:bg-pressed data-[state=open]:bg-hover",
        danger: "bg-danger-solid text-on-accent hover:bg-danger-solid-hover shadow-low",
        link: "relative h-auto! px-0! text-accent before:absolute before:inset-x-0 before:-inset-y-1 underline-offset-2 hover:underline",
      },
      size: {
        sm: "h-(--control-h-sm) px-2 text-xs [&_svg]:size-3.5",
        md: "h-(--control-h) px-3 text-sm [&_svg]:size-4",
        lg: "h-10 px-4 text-base [&_svg]:size-4",
      },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

export interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof buttonVariants> {
  /** Render the only child (a link, say) with the looks of a button. */
  readonly asChild?: boolean;
  /** Shows a spinner and refuses clicks, but keeps its focus and its width. */
  readonly busy?: boolean;
}

export function Button({
  className,
  variant,
  size,
  asChild = false,
  busy = false,
  children,
  ...props
}: ButtonProps) {
  const classes = cn(buttonVariants({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} {...props}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button type="button" aria-disabled={busy || undefined} className={classes} {...props}>
      {busy ? <Spinner /> : null}
      {children}
    </button>
  );
}
