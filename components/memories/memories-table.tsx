"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { formatConfidence } from "@/lib/format/confidence";
import { formatCount } from "@/lib/format/number";
import { kindLabels } from "../memory/kind-options";
import { MemoryBadges } from "../memory/memory-badges";
import { ConfidenceMeter } from "../ui/confidence-meter";
import { usePreferences } from "../ui/preferences";
import { RelativeTime } from "../ui/relative-time";
import type { RowSelection } from "../ui/row-selection";
import { VirtualTable } from "../ui/virtual-table";
import type { TableSort, VirtualColumn } from "../ui/virtual-table-props";
import type { ListedMemory, MemorySearch, Sort } from "./use-memory-search";

export interface MemoriesTableProps {
  readonly search: MemorySearch;
  readonly selection: RowSelection;
  readonly onSelectionChange: (next: RowSelection) => void;
}

const columns: readonly VirtualColumn<ListedMemory>[] = [
  { id: "memory", header: "Memory", cell: (memory) => <MemoryCell memory={memory} /> },
  {
    id: "kind",
    header: "Kind",
    width: "6.5rem",
    hideBelow: "md",
    cell: (memory) => <span className="text-muted">{kindLabels[memory.kind]}</span>,
  },
  {
    id: "confidence",
    header: "Confidence",
    width: "8.5rem",
    sortable: true,
    hideBelow: "sm",
    cell: (memory) => (
      <ConfidenceMeter
        size="sm"
        confidence={memory.confidence}
        low={memory.confidenceLow}
        high={memory.confidenceHigh}
      />
    ),
  },
  {
    id: "uses",
    header: "Uses",
    width: "4rem",
    numeric: true,
    hideBelow: "lg",
    cell: (memory) => formatCount(memory.uses),
  },
  {
    id: "used",
    header: "Last used",
    width: "7.5rem",
    sortable: true,
    hideBelow: "lg",
    cell: (memory) =>
      memory.lastUsedAt === null ? (
        <span className="text-muted">never</span>
      ) : (
        <RelativeTime at={memory.lastUsedAt} focusable={false} />
      ),
  },
];

/** The list itself. A click or Space peeks, Enter opens; j and k walk on while the peek stays open. */
export function MemoriesTable({ search, selection, onSelectionChange }: MemoriesTableProps) {
  const router = useRouter();
  const { state, setState, list, rows, totalCount } = search;
  const [activeId, setActiveId] = useState<string | null>(state.peek);
  const activate = (id: string) => {
    setActiveId(id);
    if (state.peek !== null) setState({ peek: id });
  };
  const sort = tableSort(state.sort);
  return (
    <VirtualTable
      label="Memories"
      className="h-[max(22rem,calc(100dvh-13rem))] rounded-lg border border-line bg-surface shadow-card lg:h-[max(22rem,calc(100dvh-9.5rem))]"
      columns={columns}
      rows={rows}
      rowId={(memory) => memory.id}
      rowLabel={(memory) => memory.content}
      totalCount={totalCount}
      hasMore={list.hasNextPage}
      onNeedMore={() => (list.isFetchingNextPage ? undefined : void list.fetchNextPage())}
      selection={selection}
      onSelectionChange={onSelectionChange}
      activeId={activeId}
      onActiveChange={activate}
      onOpen={(memory) => router.push(`/memories/${memory.id}`)}
      onPeek={(memory) => {
        setActiveId(memory.id);
        setState({ peek: state.peek === memory.id ? null : memory.id });
      }}
      {...(sort ? { sort } : {})}
      onSortChange={(next) => setState({ sort: sortOf(next) })}
      scrollKey={`memories?${state.q}&${state.sort}&${state.lifecycle}`}
    />
  );
}

function MemoryCell({ memory }: { readonly memory: ListedMemory }) {
  const { confidenceScale } = usePreferences();
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span className="line-clamp-2 min-w-0 compact:line-clamp-1">{memory.content}</span>
      <span className="shrink-0 max-sm:hidden">
        <MemoryBadges memory={memory} />
      </span>
      <span className="num ml-auto shrink-0 text-xs text-muted sm:hidden">
        <span className="sr-only">Confidence </span>
        {formatConfidence(memory.confidence, confidenceScale)}
      </span>
    </span>
  );
}

/** Orders that no column stands for are chosen beside the search box. */
function tableSort(sort: Sort): TableSort | null {
  switch (sort) {
    case "confidence":
      return { columnId: "confidence", direction: "asc" };
    case "-confidence":
      return { columnId: "confidence", direction: "desc" };
    case "used":
      return { columnId: "used", direction: "desc" };
    case "newest":
    case "oldest":
    case "updated":
      return null;
  }
}

function sortOf({ columnId, direction }: TableSort): Sort {
  if (columnId === "confidence") return direction === "asc" ? "confidence" : "-confidence";
  return "used";
}
