"use client";

import type { Virtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from "react";
import { selectRange, toggleRow } from "./row-selection";
import { useShortcuts, type Shortcut } from "./use-shortcuts";
import type { VirtualTableProps } from "./virtual-table-props";

export interface RowCursor {
  /** -1 while no row was visited. */
  readonly activeIndex: number;
  readonly moveTo: (index: number) => void;
  /** Notes where the focus came to rest, without scrolling. */
  readonly touch: (index: number) => void;
  readonly select: (index: number, range: boolean) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

const PAGE_ROWS = 10;

/** The row the keys act on. It keeps its place when rows go, so that the focus lands on the next one, never on the body. */
export function useRowCursor<Row>(
  scroller: RefObject<HTMLDivElement | null>,
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  table: VirtualTableProps<Row>,
): RowCursor {
  const { rows, rowId, activeId, onActiveChange } = table;
  const [lastIndex, setLastIndex] = useState(-1);
  const foundIndex = activeId ? rows.findIndex((row) => rowId(row) === activeId) : -1;
  const activeIndex = Math.min(foundIndex >= 0 ? foundIndex : lastIndex, rows.length - 1);
  const focus = useRowFocus(scroller, activeIndex);
  const touch = (index: number) => {
    const row = rows[index];
    setLastIndex(index);
    if (row !== undefined && index !== activeIndex) onActiveChange?.(rowId(row));
  };
  const moveTo = (index: number) => {
    const target = Math.max(0, Math.min(rows.length - 1, index));
    virtualizer.scrollToIndex(target, { align: "auto" });
    touch(target);
    focus.request();
  };
  const select = useRowSelect(table);
  const actions = rowActions(table, { activeIndex, moveTo, select });
  useShortcuts(rows.length > 0 ? listShortcuts(actions, table) : []);
  const onKeyDown = (event: KeyboardEvent) => handleKey(event, actions);
  return { activeIndex, moveTo, touch, select, onKeyDown };
}

function useRowFocus(scroller: RefObject<HTMLDivElement | null>, activeIndex: number) {
  const wanted = useRef(false);
  const hadFocus = useRef(false);
  useEffect(() => {
    const element = scroller.current;
    const row = element?.querySelector<HTMLElement>(`[data-row-index="${activeIndex}"]`) ?? null;
    const isLost = hadFocus.current && document.activeElement === document.body;
    if (row !== null && (wanted.current || isLost)) {
      wanted.current = false;
      row.focus({ preventScroll: true });
    }
    hadFocus.current = element?.contains(document.activeElement) ?? false;
  });
  return { request: () => (wanted.current = true) };
}

function useRowSelect<Row>({ rows, rowId, selection, onSelectionChange }: VirtualTableProps<Row>) {
  const anchor = useRef<string | null>(null);
  return (index: number, range: boolean) => {
    const row = rows[index];
    if (row === undefined || selection === undefined || onSelectionChange === undefined) return;
    const id = rowId(row);
    const from = anchor.current;
    onSelectionChange(
      range && from !== null ? selectRange(selection, rows.map(rowId), [from, id]) : toggleRow(selection, id),
    );
    anchor.current = id;
  };
}

export interface RowActions {
  readonly moveBy: (delta: number) => void;
  readonly moveTo: (index: number) => void;
  readonly last: () => void;
  readonly select: (range: boolean) => void;
  readonly open: () => void;
  readonly peek: () => void;
}

function rowActions<Row>(
  { rows, onOpen, onPeek }: VirtualTableProps<Row>,
  cursor: Pick<RowCursor, "activeIndex" | "moveTo" | "select">,
): RowActions {
  const withRow = (act: ((row: Row) => void) | undefined) => {
    const row = rows[cursor.activeIndex];
    if (row !== undefined) act?.(row);
  };
  return {
    moveBy: (delta) => cursor.moveTo(cursor.activeIndex + delta),
    moveTo: cursor.moveTo,
    last: () => cursor.moveTo(rows.length - 1),
    select: (range) => cursor.select(cursor.activeIndex, range),
    open: () => withRow(onOpen),
    peek: () => withRow(onPeek),
  };
}

/** Only what this table does is bound, so that the sheet of keys promises nothing else. */
export function listShortcuts<Row>(
  actions: RowActions,
  {
    onSelectionChange,
    onOpen,
    onPeek,
  }: Pick<VirtualTableProps<Row>, "onSelectionChange" | "onOpen" | "onPeek">,
): readonly Shortcut[] {
  const group = "List";
  const select = [
    { keys: ["x"], label: "Select the row", group, run: () => actions.select(false) },
    { keys: ["X"], label: "Select up to the row", group, run: () => actions.select(true) },
  ];
  return [
    { keys: ["j"], label: "Next row", group, run: () => actions.moveBy(1) },
    { keys: ["k"], label: "Previous row", group, run: () => actions.moveBy(-1) },
    ...(onSelectionChange ? select : []),
    ...(onOpen ? [{ keys: ["Enter"], label: "Open the row", group, run: actions.open }] : []),
    ...(onPeek ? [{ keys: ["Space"], label: "Peek at the row", group, run: actions.peek }] : []),
  ];
}

/** Keys that belong to the grid itself and work also when single-key shortcuts are off. */
function handleKey(event: KeyboardEvent, actions: RowActions): void {
  if (!(event.target instanceof HTMLTableRowElement) || event.ctrlKey || event.metaKey || event.altKey)
    return;
  const moves: Readonly<Record<string, () => void>> = {
    ArrowDown: () => actions.moveBy(1),
    ArrowUp: () => actions.moveBy(-1),
    PageDown: () => actions.moveBy(PAGE_ROWS),
    PageUp: () => actions.moveBy(-PAGE_ROWS),
    Home: () => actions.moveTo(0),
    End: actions.last,
    Enter: actions.open,
    " ": actions.peek,
  };
  const move = moves[event.key];
  if (move === undefined) return;
  event.preventDefault();
  move();
}
