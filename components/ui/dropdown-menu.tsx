"use client";

import { Check } from "lucide-react";
import { DropdownMenu as Primitive } from "radix-ui";
import { cloneElement, isValidElement, type ComponentProps, type ReactNode } from "react";
import { cn } from "./cn";
import { Kbd } from "./kbd";

export const DropdownMenu = Primitive.Root;
export const DropdownMenuTrigger = Primitive.Trigger;
export const DropdownMenuRadioGroup = Primitive.RadioGroup;

const itemClasses =
  "flex min-h-7 pointer-coarse:min-h-(--control-h-sm) cursor-pointer items-center gap-2 rounded-sm px-2 py-1 text-sm outline-none select-none data-disabled:pointer-events-none data-disabled:opacity-50 data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:shrink-0";

export function DropdownMenuContent({ className, ...props }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        sideOffset={4}
        align="end"
        collisionPadding={8}
        className={cn(
          "z-50 min-w-44 animate-enter rounded-lg border border-line-strong bg-overlay p-1 shadow-float",
          className,
        )}
        {...props}
      />
    </Primitive.Portal>
  );
}

export interface DropdownMenuItemProps extends ComponentProps<typeof Primitive.Item> {
  readonly icon?: ReactNode;
  readonly keys?: readonly string[];
  readonly danger?: boolean;
}

export function DropdownMenuItem({
  className,
  icon,
  keys,
  danger = false,
  asChild = false,
  children,
  ...props
}: DropdownMenuItemProps) {
  if (asChild && isValidElement<{ children?: ReactNode }>(children)) {
    const inside = (
      <>
        {icon}
        <span className="flex-1">{children.props.children}</span>
      </>
    );
    return (
      <Primitive.Item asChild className={cn(itemClasses, "[&>svg]:text-muted", className)} {...props}>
        {cloneElement(children, {}, inside)}
      </Primitive.Item>
    );
  }
  return (
    <Primitive.Item
      className={cn(itemClasses, danger ? "text-loss" : "[&>svg]:text-muted", className)}
      {...props}
    >
      {icon}
      <span className="flex-1">{children}</span>
      {keys ? <Kbd keys={keys} /> : null}
    </Primitive.Item>
  );
}

export function DropdownMenuRadioItem({
  className,
  children,
  ...props
}: ComponentProps<typeof Primitive.RadioItem>) {
  return (
    <Primitive.RadioItem className={cn(itemClasses, className)} {...props}>
      <span className="flex-1">{children}</span>
      <Primitive.ItemIndicator>
        <Check aria-hidden />
      </Primitive.ItemIndicator>
    </Primitive.RadioItem>
  );
}

export function DropdownMenuLabel({ className, ...props }: ComponentProps<typeof Primitive.Label>) {
  return (
    <Primitive.Label
      className={cn("px-2 pt-1.5 pb-1 text-2xs font-medium text-muted", className)}
      {...props}
    />
  );
}

export function DropdownMenuSeparator() {
  return <Primitive.Separator className="-mx-1 my-1 h-px bg-line" />;
}
