"use client";

import { useRef, useState, type RefObject } from "react";
import { useShortcuts, type Shortcut } from "./use-shortcuts";

export interface ListFocus<Element extends HTMLElement> {
  readonly list: RefObject<Element | null>;
  /** The row the keys act on; -1 while none was visited. */
  readonly active: number;
  /** Brings the focus to a row, such as the next one after an act. */
  readonly moveTo: (index: number) => void;
  /** Spread on each row: one of them is in the tab order, and the row notes when the focus comes to it. */
  readonly rowProps: (index: number) => {
    readonly "data-list-row": number;
    readonly tabIndex: 0 | -1;
    readonly onFocus: () => void;
  };
}

interface ListFocusOptions {
  readonly count: number;
  readonly group: string;
  /** Keys that act on the row in focus. */
  readonly keys: readonly (Omit<Shortcut, "group" | "run"> & { readonly run: (index: number) => void })[];
  /** Scrolls to a row that is not in the document, where only those in view are. */
  readonly reveal?: (index: number) => void;
}

/** j and k step through a short list of cards; further keys act on the one in focus. Long tables have `VirtualTable`. */
export function useListFocus<Element extends HTMLElement>({
  count,
  group,
  keys,
  reveal,
}: ListFocusOptions): ListFocus<Element> {
  const list = useRef<Element>(null);
  const [visited, setVisited] = useState(-1);
  const active = Math.min(visited, count - 1);
  const moveTo = (index: number) => {
    const target = Math.max(0, Math.min(count - 1, index));
    setVisited(target);
    if (focusRow(list.current, target)) return;
    reveal?.(target);
    requestAnimationFrame(() => requestAnimationFrame(() => void focusRow(list.current, target)));
  };
  const onActive = (run: (index: number) => void) => () => {
    if (active >= 0) run(active);
  };
  const steps = [
    { keys: ["j"], label: "Next row", group, run: () => moveTo(active + 1) },
    { keys: ["k"], label: "Previous row", group, run: () => moveTo(active - 1) },
    ...keys.map((key) => ({ ...key, group, run: onActive(key.run) })),
  ];
  useShortcuts(count > 0 ? steps : []);
  return {
    list,
    active,
    moveTo,
    rowProps: (index) => ({
      "data-list-row": index,
      tabIndex: index === Math.max(0, active) ? 0 : -1,
      onFocus: () => setVisited(index),
    }),
  };
}

/** Whether the row was there to be focused. */
function focusRow(list: HTMLElement | null, index: number): boolean {
  const row = list?.querySelector<HTMLElement>(`[data-list-row="${index}"]`);
  row?.focus();
  return row !== null && row !== undefined;
}
