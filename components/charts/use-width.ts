"use client";

import { useEffect, useState, type RefObject } from "react";

/** How wide a chart's box is, so that what is drawn in it keeps its shape; null until it has been measured. */
export function useWidth(box: RefObject<HTMLElement | null>): number | null {
  const [widthPx, setWidthPx] = useState<number | null>(null);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => setWidthPx(entry?.contentRect.width ?? null));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return widthPx;
}
