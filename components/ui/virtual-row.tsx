"use client";

import { memo, type MouseEvent, type ReactNode } from "react";
import { Checkbox } from "./checkbox";
import { cn } from "./cn";
import { isSelected } from "./row-selection";
import type { RowCursor } from "./use-row-cursor";
import { hiddenBelow, type VirtualColumn, type VirtualTableProps } from "./virtual-table-props";

export interface VirtualRowProps<Row> {
  readonly row: Row;
  readonly index: number;
  readonly cursor: RowCursor;
  readonly table: VirtualTableProps<Row>;
}

export function VirtualRow<Row>({ row, index, cursor, table }: VirtualRowProps<Row>) {
  const { columns, rowId, rowLabel, selection, onPeek, onOpen } = table;
  const selected = selection ? isSelected(selection, rowId(row)) : false;
  const active = index === cursor.activeIndex;
  const press = (event: MouseEvent) => {
    if (isOnControl(event)) return;
    cursor.moveTo(index);
    onPeek?.(row);
  };
  return (
    <tr
      data-row-index={index}
      aria-rowindex={index + 2}
      aria-selected={selection ? selected : undefined}
      tabIndex={active || (cursor.activeIndex < 0 && index === 0) ? 0 : -1}
      onFocus={() => cursor.touch(index)}
      onClick={press}
      onDoubleClick={(event) => (isOnControl(event) ? undefined : onOpen?.(row))}
      className={cn(
        "group/row focus-inset relative h-(--row-h) cursor-default hover:bg-hover",
        selected && "bg-accent-soft hover:bg-accent-soft",
        active && !selected && "bg-hover",
      )}
    >
      {selection ? (
        <td className="w-10 border-b border-line pl-4 *:align-middle">
          {active ? <span aria-hidden className="absolute inset-y-0 left-0 w-0.5 bg-accent-mark" /> : null}
          <Checkbox
            aria-label={`Select ${rowLabel(row)}`}
            tabIndex={-1}
            checked={selected}
            onClick={(event) => cursor.select(index, event.shiftKey)}
          />
        </td>
      ) : null}
      <Cells row={row} columns={columns} />
    </tr>
  );
}

interface CellsProps<Row> {
  readonly row: Row;
  readonly columns: readonly VirtualColumn<Row>[];
}

/** Drawn anew when the row itself is another, and not because the cursor passes over it. */
const Cells = memo(CellsOf) as typeof CellsOf; // `memo` forgets that it is generic

function CellsOf<Row>({ row, columns }: CellsProps<Row>): ReactNode {
  return columns.map((column) => (
    <td
      key={column.id}
      className={cn(
        "border-b border-line px-(--cell-x)",
        column.numeric && "num text-right",
        column.hideBelow && hiddenBelow[column.hideBelow],
      )}
    >
      {column.cell(row)}
    </td>
  ));
}

/** A click on a button, link or box in the row is meant for that control. */
function isOnControl(event: MouseEvent): boolean {
  return (
    event.target instanceof Element && event.target.closest("a, button, input, [role=menuitem]") !== null
  );
}
