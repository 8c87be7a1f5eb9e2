"use client";

import { ChevronDown } from "lucide-react";
import { lazy, Suspense, useSyncExternalStore, type ComponentType } from "react";
import { cn } from "./cn";
import { fieldClasses } from "./input";
import type { SelectProps } from "./select-now";

const Loaded = lazy(async () => {
  const { Select: SelectNow } = await import("./select-now");
  // A lazy component cannot be generic; the wrapper below is, and hands on what fits together.
  return { default: SelectNow as ComponentType<SelectProps<string>> };
});

/** One of a few values. Its code comes after the page stands; until then it looks the same and waits. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  // Options and callback are of one Value, which is a string.
  const given = props as unknown as SelectProps<string>;
  const isMounted = useIsMounted();
  if (!isMounted) return <Waiting {...given} />;
  return (
    <Suspense fallback={<Waiting {...given} />}>
      <Loaded {...given} />
    </Suspense>
  );
}

/** False on the server and while hydrating, where the code is not there yet. */
function useIsMounted(): boolean {
  return useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  );
}

function Waiting({ id, options, value, placeholder, label, size = "md", className }: SelectProps<string>) {
  return (
    <button
      type="button"
      id={id}
      role="combobox"
      aria-label={label}
      aria-expanded={false}
      aria-controls="waiting"
      disabled
      className={cn(
        fieldClasses,
        "inline-flex w-auto items-center justify-between gap-2 px-2.5",
        size === "sm" ? "h-(--control-h-sm) text-xs" : "h-(--control-h)",
        className,
      )}
    >
      <span className="truncate">
        {options.find((option) => option.value === value)?.label ?? placeholder}
      </span>
      <ChevronDown aria-hidden className="size-3.5 shrink-0 text-muted" />
    </button>
  );
}
