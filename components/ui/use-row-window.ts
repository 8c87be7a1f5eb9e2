"use client";

import { useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { useEffect, useState, type RefObject } from "react";
import { usePreferences } from "./preferences";
import type { VirtualTableProps } from "./virtual-table-props";

/** Heights of `--row-h` in globals.css; rows are of one height, so that 100,000 of them need no measuring. */
const ROW_PX = { comfortable: 52, compact: 36 } as const;
const PENDING_ROWS = 3;
/** A wheel turned fast passes a hundred rows a second, about as long as the next window may take on a busy machine. */
const NEED_MORE_WITHIN = 100;
/** Rows beyond each edge, so that a fast turn of the wheel never shows a gap. */
const OVERSCAN_ROWS = 20;

export interface RowWindow {
  readonly virtualizer: Virtualizer<HTMLDivElement, Element>;
  /** Pixels of unrendered rows above and below the window. */
  readonly before: number;
  readonly after: number;
}

export function useRowWindow<Row>(
  scroller: RefObject<HTMLDivElement | null>,
  table: VirtualTableProps<Row>,
): RowWindow {
  const { rows, hasMore = false, onNeedMore, scrollKey } = table;
  const rowPx = ROW_PX[usePreferences().density];
  const [initialOffset] = useState(() => readOffset(scrollKey));
  const virtualizer = useVirtualizer({
    count: rows.length + (hasMore ? PENDING_ROWS : 0),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN_ROWS,
    initialOffset,
    initialRect: { width: 1024, height: 640 },
  });
  useEffect(() => virtualizer.measure(), [virtualizer, rowPx]);
  useSavedOffset(scroller, scrollKey);
  const items = virtualizer.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastIndex >= rows.length - NEED_MORE_WITHIN) onNeedMore?.();
  }, [hasMore, lastIndex, rows.length, onNeedMore]);
  return {
    virtualizer,
    before: items[0]?.start ?? 0,
    after: virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0),
  };
}

function useSavedOffset(scroller: RefObject<HTMLDivElement | null>, scrollKey: string | undefined): void {
  useEffect(() => {
    const element = scroller.current;
    if (element === null || scrollKey === undefined) return;
    const save = () => sessionStorage.setItem(offsetKey(scrollKey), String(element.scrollTop));
    element.addEventListener("scrollend", save);
    return () => element.removeEventListener("scrollend", save);
  }, [scroller, scrollKey]);
}

function readOffset(scrollKey: string | undefined): number {
  if (scrollKey === undefined || typeof sessionStorage === "undefined") return 0;
  return Number(sessionStorage.getItem(offsetKey(scrollKey))) || 0;
}

function offsetKey(scrollKey: string): string {
  return `palimpsest.scroll.${scrollKey}`;
}
