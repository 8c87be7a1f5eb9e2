"use client";

import { X } from "lucide-react";
import { useRef, type ReactNode } from "react";
import { formatCount } from "@/lib/format/number";
import { Button } from "./button";
import { IconButton } from "./icon-button";
import { Toolbar, ToolbarItem, ToolbarSeparator } from "./toolbar";
import { useShortcuts } from "./use-shortcuts";

export interface BulkBarProps {
  readonly selectedCount: number;
  /** How many rows match the query; null while that is unknown. */
  readonly matchingCount: number | null;
  readonly onSelectAllMatching?: () => void;
  readonly onClear: () => void;
  /** `ToolbarItem`s with the actions. */
  readonly children: ReactNode;
}

/** Floats over the bottom of a list while rows are selected; `b` moves the focus into it. */
export function BulkBar({
  selectedCount,
  matchingCount,
  onSelectAllMatching,
  onClear,
  children,
}: BulkBarProps) {
  const bar = useRef<HTMLDivElement>(null);
  const shown = selectedCount > 0;
  const group = "List";
  useShortcuts(
    shown
      ? [
          {
            keys: ["b"],
            label: "Go to the bar of actions",
            group,
            run: () => firstAction(bar.current)?.focus(),
          },
          { keys: ["Esc"], label: "Clear the selection", group, run: onClear },
        ]
      : [],
  );
  const canSelectAll = onSelectAllMatching && matchingCount !== null && selectedCount < matchingCount;
  return (
    <>
      <p aria-live="polite" className="sr-only">
        {shown ? `${formatCount(selectedCount)} selected` : ""}
      </p>
      {shown ? (
        <div className="pointer-events-none sticky bottom-4 z-20 flex justify-center">
          <Toolbar
            ref={bar}
            aria-label="Actions on the selection"
            className="pointer-events-auto animate-slide-up rounded-lg border border-line-strong bg-overlay px-2 py-1.5 shadow-float"
          >
            <IconButton label="Clear the selection" keys={["Esc"]} size="sm" onClick={onClear}>
              <X aria-hidden />
            </IconButton>
            <span className="num pr-1 text-sm font-medium">{formatCount(selectedCount)} selected</span>
            {canSelectAll ? (
              <ToolbarItem>
                <Button variant="link" size="sm" onClick={onSelectAllMatching}>
                  Select all {formatCount(matchingCount)} matching
                </Button>
              </ToolbarItem>
            ) : null}
            <ToolbarSeparator />
            {children}
          </Toolbar>
        </div>
      ) : null}
    </>
  );
}

/** The button that clears stands first, and is the last thing wanted. */
function firstAction(bar: HTMLElement | null): HTMLButtonElement | null {
  return bar?.querySelectorAll("button")[1] ?? null;
}
