"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { useRef } from "react";
import { Checkbox } from "./checkbox";
import { cn } from "./cn";
import { headerState, toggleAll } from "./row-selection";
import { Skeleton } from "./skeleton";
import { useRowCursor } from "./use-row-cursor";
import { useRowWindow } from "./use-row-window";
import { VirtualRow } from "./virtual-row";
import { hiddenBelow, type VirtualColumn, type VirtualTableProps } from "./virtual-table-props";

/** A real table that renders only the rows in view. j/k or arrows move, x selects, Enter opens, Space peeks. */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, columns, rows, rowId, selection, totalCount, hasMore = false } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const { virtualizer, before, after } = useRowWindow(scroller, props);
  const cursor = useRowCursor(scroller, virtualizer, props);
  return (
    <div
      ref={scroller}
      className={cn("relative min-h-40 overflow-auto overscroll-contain", props.className)}
      onKeyDown={cursor.onKeyDown}
    >
      <table
        role="grid"
        aria-label={label}
        aria-rowcount={totalCount === null ? -1 : totalCount + 1}
        aria-multiselectable={selection !== undefined}
        className="w-full table-fixed border-separate border-spacing-0 text-sm"
      >
        <VirtualHead {...props} />
        <tbody>
          <Spacer heightPx={before} />
          {virtualizer.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return row === undefined ? (
              <PendingRow key={item.key} columns={columns} selectable={selection !== undefined} />
            ) : (
              <VirtualRow key={rowId(row)} row={row} index={item.index} cursor={cursor} table={props} />
            );
          })}
          <Spacer heightPx={after} />
        </tbody>
      </table>
      <p aria-live="polite" className="sr-only">
        {hasMore ? "" : "End of the list"}
      </p>
    </div>
  );
}

function VirtualHead<Row>(props: VirtualTableProps<Row>) {
  const { columns, rows, rowId, selection, onSelectionChange } = props;
  const loaded = selection ? rows.map(rowId) : [];
  return (
    <thead className="sticky top-0 z-10 bg-surface">
      <tr aria-rowindex={1}>
        {selection ? (
          <th scope="col" className="h-9 w-10 border-b border-line pl-4 text-left *:align-middle">
            <Checkbox
              aria-label="Select all loaded rows"
              checked={headerState(selection, loaded)}
              onCheckedChange={() => onSelectionChange?.(toggleAll(selection, loaded))}
            />
          </th>
        ) : null}
        {columns.map((column) => (
          <HeaderCell key={column.id} column={column} table={props} />
        ))}
      </tr>
    </thead>
  );
}

interface HeaderCellProps<Row> {
  readonly column: VirtualColumn<Row>;
  readonly table: VirtualTableProps<Row>;
}

function HeaderCell<Row>({ column, table }: HeaderCellProps<Row>) {
  const { sort, onSortChange } = table;
  const direction = sort?.columnId === column.id ? sort.direction : null;
  const Arrow = direction === "asc" ? ArrowUp : ArrowDown;
  const next = direction === "desc" ? "asc" : "desc";
  const text = column.headerHidden ? <span className="sr-only">{column.header}</span> : column.header;
  return (
    <th
      scope="col"
      style={column.width ? { width: column.width } : undefined}
      {...(direction ? { "aria-sort": direction === "asc" ? "ascending" : "descending" } : {})}
      className={cn(
        "h-9 border-b border-line px-(--cell-x) text-left text-xs font-medium text-muted",
        column.numeric && "text-right",
        column.hideBelow && hiddenBelow[column.hideBelow],
      )}
    >
      {column.sortable && onSortChange ? (
        <button
          type="button"
          onClick={() => onSortChange({ columnId: column.id, direction: next })}
          className={cn(
            "group -mx-1 inline-flex h-6 items-center gap-1 rounded-sm px-1 hover:text-ink pointer-coarse:h-8",
            column.numeric && "flex-row-reverse",
          )}
        >
          {text}
          <Arrow
            aria-hidden
            className={cn("size-3", direction ? "text-ink" : "opacity-0 group-hover:opacity-60")}
          />
        </button>
      ) : (
        text
      )}
    </th>
  );
}

function Spacer({ heightPx }: { readonly heightPx: number }) {
  return heightPx > 0 ? (
    <tr aria-hidden style={{ height: heightPx }}>
      <td />
    </tr>
  ) : null;
}

interface PendingRowProps<Row> {
  readonly columns: readonly VirtualColumn<Row>[];
  readonly selectable: boolean;
}

function PendingRow<Row>({ columns, selectable }: PendingRowProps<Row>) {
  return (
    <tr aria-hidden className="h-(--row-h)">
      {selectable ? <td className="border-b border-line" /> : null}
      {columns.map((column) => (
        <td
          key={column.id}
          className={cn(
            "border-b border-line px-(--cell-x)",
            column.hideBelow && hiddenBelow[column.hideBelow],
          )}
        >
          <Skeleton className={column.width ? "w-2/3" : "w-5/6"} />
        </td>
      ))}
    </tr>
  );
}
