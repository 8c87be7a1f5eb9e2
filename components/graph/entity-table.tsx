"use client";

import { useMemo, useState } from "react";
import { Badge } from "@/components/ui/badge";
import type { RowSelection } from "@/components/ui/row-selection";
import { VirtualTable } from "@/components/ui/virtual-table";
import type { TableSort, VirtualColumn } from "@/components/ui/virtual-table-props";
import { formatDecimal } from "@/lib/format/number";
import { formatDay } from "@/lib/format/time";
import {
  isSoAt,
  seenFrom,
  strongestOf,
  type DrawnGraph,
  type GraphEdge,
  type GraphNode,
} from "./drawn-graph";
import { typeNames } from "./palette";

export interface EntityTableProps {
  readonly drawn: DrawnGraph;
  readonly atMs: number | null;
  readonly activeId: string | null;
  readonly selection: RowSelection;
  readonly onSelectionChange: (next: RowSelection) => void;
  readonly onActiveChange: (id: string) => void;
  /** Enter: makes it the middle. */
  readonly onOpen: (node: GraphNode) => void;
  /** Space: shows what is known of it beside the table. */
  readonly onPeek: (node: GraphNode) => void;
}

interface Row extends GraphNode {
  readonly strongest: GraphEdge | null;
  readonly isSo: boolean;
}

/** The same entities as in the picture, as a table: for keys, for screen readers, for thousands, and without WebGL. */
export function EntityTable({ drawn, atMs, ...table }: EntityTableProps) {
  const [sort, setSort] = useState<TableSort>({ columnId: "memories", direction: "desc" });
  const rows = useMemo(() => {
    const all = drawn.nodes.map((node): Row => ({
      ...node,
      strongest: strongestOf(drawn, node.id),
      isSo: isSoAt(node, atMs),
    }));
    const order = ORDERS[sort.columnId] ?? byName;
    return all.sort((a, b) => (sort.direction === "asc" ? order(a, b) : order(b, a)) || byName(a, b));
  }, [drawn, atMs, sort]);
  return (
    <VirtualTable
      label="Entities"
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowLabel={(row) => row.name}
      totalCount={rows.length}
      sort={sort}
      onSortChange={setSort}
      className="h-[min(36rem,calc(100dvh-18rem))]"
      {...table}
    />
  );
}

const columns: readonly VirtualColumn<Row>[] = [
  {
    id: "name",
    header: "Entity",
    width: "clamp(8rem, 18vw, 15rem)",
    sortable: true,
    cell: (row) => <NameCell row={row} />,
  },
  {
    id: "type",
    header: "Type",
    width: "8rem",
    sortable: true,
    hideBelow: "sm",
    cell: (row) => typeNames[row.type],
  },
  {
    id: "memories",
    header: "Memories",
    width: "6.5rem",
    numeric: true,
    sortable: true,
    cell: (row) => row.memories,
  },
  {
    id: "neighbours",
    header: "Neighbours",
    width: "7rem",
    numeric: true,
    sortable: true,
    hideBelow: "sm",
    cell: (row) => row.neighbours,
  },
  {
    id: "strongest",
    header: "Strongest relation",
    hideBelow: "lg",
    cell: (row) => <StrongestCell row={row} />,
  },
  {
    id: "strength",
    header: "Strength",
    width: "6rem",
    numeric: true,
    sortable: true,
    hideBelow: "md",
    cell: (row) => (row.strongest === null ? "–" : formatDecimal(row.strongest.strength, 2)),
  },
  {
    id: "since",
    header: "Since",
    width: "7rem",
    hideBelow: "xl",
    cell: (row) => (row.validAt === null ? "–" : formatDay(Date.parse(row.validAt))),
  },
];

function NameCell({ row }: { readonly row: Row }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span className={row.isSo ? "truncate font-medium" : "truncate text-muted"}>{row.name}</span>
      {row.mark === "added" ? <Badge tone="gain">+ added</Badge> : null}
      {row.mark === "removed" ? <Badge tone="loss">− removed</Badge> : null}
      {row.isSo ? null : <Badge tone="outline">not then</Badge>}
      {row.aliases.length > 0 ? (
        <span className="truncate text-xs text-muted">also {row.aliases.join(", ")}</span>
      ) : null}
    </span>
  );
}

function StrongestCell({ row }: { readonly row: Row }) {
  if (row.strongest === null) return "–";
  const { before, other, after } = seenFrom(row.strongest, row.id);
  return <span className="truncate text-muted">{[before, other.name, after].filter(Boolean).join(" ")}</span>;
}

const byName = (a: Row, b: Row): number => a.name.localeCompare(b.name);
const ORDERS: Readonly<Record<string, (a: Row, b: Row) => number>> = {
  name: byName,
  type: (a, b) => a.type.localeCompare(b.type),
  memories: (a, b) => a.memories - b.memories,
  neighbours: (a, b) => a.neighbours - b.neighbours,
  strength: (a, b) => (a.strongest?.strength ?? 0) - (b.strongest?.strength ?? 0),
};
