"use client";

import {
  defaultRangeExtractor,
  useWindowVirtualizer,
  type Range,
  type Virtualizer,
} from "@tanstack/react-virtual";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from "react";
import type { TimelineChange } from "./change-row";
import { itemsOf, type TimelineItem } from "./timeline-items";

const DAY_PX = 44;
const ROW_PX = 66;
const OVERSCAN = 8;

export interface VirtualDaysOptions {
  /** What the list stands in. */
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly changes: readonly TimelineChange[];
  /** The change in focus stays in the document wherever the page is scrolled to, so that the focus is never lost; -1: none. */
  readonly kept: number;
  readonly onNeedMore: () => void;
}

/** Only what is in view is in the document; heights are measured, because rows wrap and groups open. */
export function useVirtualDays({ frame, changes, kept: keptChange, onNeedMore }: VirtualDaysOptions) {
  const items = useMemo(() => itemsOf(changes), [changes]);
  const places = useMemo(
    () => items.flatMap((item, place) => (item.kind === "change" ? [place] : [])),
    [items],
  );
  const kept = places[keptChange];
  const rangeExtractor = useCallback(
    (range: Range) => {
      const shown = defaultRangeExtractor(range);
      return kept === undefined || shown.includes(kept) ? shown : [...shown, kept].sort((a, b) => a - b);
    },
    [kept],
  );
  const virtualizer = useWindowVirtualizer({
    count: items.length,
    estimateSize: (place) => (items[place]?.kind === "day" ? DAY_PX : ROW_PX),
    getItemKey: (place) => items[place]?.key ?? place,
    overscan: OVERSCAN,
    scrollMargin: useTop(frame),
    rangeExtractor,
  });
  useAnchor(virtualizer, items);
  const shown = virtualizer.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= items.length - 1 - OVERSCAN) onNeedMore();
  }, [last, items.length, onNeedMore]);
  return {
    items,
    virtualizer,
    shown,
    /** Scrolls a change into the document; it is there in the next frame. */
    reveal: (index: number) => virtualizer.scrollToIndex(places[index] ?? 0, { align: "center" }),
  };
}

/** Where the list begins on the page, which moves when something above it comes or goes. */
function useTop(frame: RefObject<HTMLDivElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      const found = frame.current?.getBoundingClientRect().top;
      if (found !== undefined) setTop(Math.round(found + window.scrollY));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [frame]);
  return top;
}

interface Anchor {
  readonly key: string;
  readonly start: number;
}

/** What is read stays where it stands when newer changes come in above it; at the top they simply appear. */
function useAnchor(virtualizer: Virtualizer<Window, Element>, items: readonly TimelineItem[]): void {
  const anchor = useRef<Anchor | null>(null);
  useLayoutEffect(() => {
    const { current } = anchor;
    const place = current === null ? -1 : items.findIndex(({ key }) => key === current.key);
    const start = virtualizer.measurementsCache[place]?.start;
    if (current !== null && start !== undefined && start !== current.start)
      window.scrollBy(0, start - current.start);
  }, [virtualizer, items]);
  useLayoutEffect(() => {
    const { scrollOffset, options } = virtualizer;
    const top = scrollOffset ?? 0;
    const first = virtualizer.getVirtualItems().find(({ start }) => start >= top);
    const isAtTop = top <= options.scrollMargin;
    anchor.current = first === undefined || isAtTop ? null : { key: String(first.key), start: first.start };
  });
}
