"use client";

import { ToggleGroup } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";

export interface Segment<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly disabled?: boolean;
}

export interface SegmentedControlProps<Value extends string> {
  readonly label: string;
  readonly segments: readonly Segment<Value>[];
  readonly value: Value;
  readonly onValueChange: (value: Value) => void;
  /** Show only the icons; the labels stay for screen readers and as titles. */
  readonly iconOnly?: boolean;
  readonly className?: string;
}

export function SegmentedControl<Value extends string>(props: SegmentedControlProps<Value>) {
  const { label, segments, value, onValueChange, iconOnly = false, className } = props;
  const choose = (next: string) => {
    const segment = segments.find((candidate) => candidate.value === next);
    if (segment) onValueChange(segment.value);
  };
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={choose}
      className={cn(
        "inline-flex h-(--control-h-sm) items-center gap-px rounded-md bg-hover p-0.5",
        className,
      )}
    >
      {segments.map((segment) => (
        <ToggleGroup.Item
          key={segment.value}
          value={segment.value}
          disabled={segment.disabled ?? false}
          title={iconOnly ? segment.label : undefined}
          className="inline-flex h-full min-w-6 items-center justify-center gap-1 rounded-sm px-2 text-xs font-medium text-muted transition-colors duration-100 hover:text-ink disabled:opacity-50 data-[state=on]:bg-surface data-[state=on]:text-ink data-[state=on]:shadow-low dark:data-[state=on]:bg-pressed [&_svg]:size-3.5"
        >
          {segment.icon}
          <span className={iconOnly ? "sr-only" : undefined}>{segment.label}</span>
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
