"use client";

import { Button, type ButtonProps } from "./button";
import { cn } from "./cn";
import { Tooltip } from "./tooltip";

export interface IconButtonProps extends Omit<ButtonProps, "aria-label" | "asChild"> {
  /** Accessible name and tooltip in one: an icon alone explains nothing. */
  readonly label: string;
  readonly keys?: readonly string[];
  readonly tooltipSide?: "top" | "right" | "bottom" | "left";
}

export function IconButton({
  label,
  keys,
  tooltipSide,
  className,
  variant = "ghost",
  size,
  ...props
}: IconButtonProps) {
  return (
    <Tooltip content={label} {...(keys ? { keys } : {})} {...(tooltipSide ? { side: tooltipSide } : {})}>
      <Button
        aria-label={label}
        variant={variant}
        size={size}
        className={cn("aspect-square min-w-6 px-0", className)}
        {...props}
      />
    </Tooltip>
  );
}
