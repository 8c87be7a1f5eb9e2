"use client";

import { Check, ChevronDown } from "lucide-react";
import { Select as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { fieldClasses } from "./input";

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly disabled?: boolean;
}

export interface SelectProps<Value extends string> {
  readonly options: readonly SelectOption<Value>[];
  readonly value: Value | undefined;
  readonly onValueChange: (value: Value) => void;
  /** Needed unless a `<label htmlFor>` names the control by `id`. */
  readonly label?: string;
  readonly id?: string;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly size?: "sm" | "md";
  readonly className?: string;
}

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { options, value, onValueChange, label, id, placeholder, disabled, size = "md", className } = props;
  const choose = (next: string) => {
    const option = options.find((candidate) => candidate.value === next);
    if (option) onValueChange(option.value);
  };
  return (
    <Primitive.Root value={value ?? ""} onValueChange={choose} disabled={disabled ?? false}>
      <Primitive.Trigger
        id={id}
        aria-label={label}
        className={cn(
          fieldClasses,
          "inline-flex w-auto cursor-pointer items-center justify-between gap-2 px-2.5 data-placeholder:text-muted",
          size === "sm" ? "h-(--control-h-sm) text-xs" : "h-(--control-h)",
          className,
        )}
      >
        <span className="truncate">
          <Primitive.Value placeholder={placeholder} />
        </span>
        <ChevronDown aria-hidden className="size-3.5 shrink-0 text-muted" />
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          position="popper"
          sideOffset={4}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) animate-enter overflow-hidden rounded-lg border border-line-strong bg-overlay shadow-float"
        >
          <Primitive.Viewport className="p-1">
            {options.map((option) => (
              <SelectItem key={option.value} option={option} />
            ))}
          </Primitive.Viewport>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function SelectItem<Value extends string>({ option }: { readonly option: SelectOption<Value> }) {
  return (
    <Primitive.Item
      value={option.value}
      disabled={option.disabled ?? false}
      className="flex min-h-7 pointer-coarse:min-h-(--control-h-sm) cursor-pointer items-center gap-2 rounded-sm px-2 py-1 text-sm outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover"
    >
      <span className="flex-1">
        <Primitive.ItemText>{option.label}</Primitive.ItemText>
        {option.hint ? <span className="block text-xs text-muted">{option.hint}</span> : null}
      </span>
      <Primitive.ItemIndicator>
        <Check aria-hidden className="size-3.5" />
      </Primitive.ItemIndicator>
    </Primitive.Item>
  );
}
