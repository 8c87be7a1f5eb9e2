"use client";

import { Brain, Plus } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { formatCount } from "@/lib/format/number";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { DataPanel } from "../ui/data-panel";
import { EmptyState } from "../ui/empty-state";
import { Page, PageHeader } from "../ui/page-header";
import { noSelection, type RowSelection } from "../ui/row-selection";
import { useReadOnly } from "../shell/use-read-only";
import { Writable } from "../shell/writable";
import { laterDialog, laterPanel } from "../ui/later-dialog";
import { useShortcuts } from "../ui/use-shortcuts";
import { MemoriesTable } from "./memories-table";
import { MemoryFacets } from "./memory-facets";
import { SavedViews } from "./saved-views";
import { SearchBar } from "./search-bar";
import { useMemorySearch } from "./use-memory-search";

const AddMemoryDialog = laterDialog(() =>
  import("./add-memory-dialog").then((module) => module.AddMemoryDialog),
);

const MemoriesBulkBar = laterPanel(
  () => import("./memories-bulk-bar").then((module) => module.MemoriesBulkBar),
  ({ selection }) => selection !== noSelection,
);
const MemoryPeek = laterPanel(
  () => import("./memory-peek").then((module) => module.MemoryPeek),
  ({ memory }) => memory !== null,
);

/** Keep, fix, archive or merge? */
export function MemoriesPage() {
  const search = useMemorySearch();
  const { state, setState, list, rows, totalCount } = search;
  const [selection, setSelection] = useState<RowSelection>(noSelection);
  // A selection by query is of that query: another search begins with none.
  const [selectedIn, setSelectedIn] = useState(search.selection);
  if (selectedIn !== search.selection) {
    setSelectedIn(search.selection);
    setSelection(noSelection);
  }
  const isReadOnly = useReadOnly();
  const add = () => setState({ add: true });
  useShortcuts(isReadOnly ? [] : [{ keys: ["c"], label: "Add a memory", group: "Memories", run: add }]);
  const isFiltered = state.q !== "" || state.lifecycle !== "active";
  // Nothing to search and nothing to divide: then the page only says how to begin.
  const isUnused = !isFiltered && totalCount === 0;
  return (
    <Page wide>
      <PageHeader
        title="Memories"
        aside={totalCount === null ? null : formatCount(totalCount)}
        actions={
          <Button variant="primary" disabled={isReadOnly} onClick={add} aria-keyshortcuts="c">
            <Plus aria-hidden />
            Add memory
          </Button>
        }
      />
      <div
        className={cn(
          "grid items-start gap-(--page-gap)",
          isUnused ? "" : "lg:grid-cols-[11rem_minmax(0,1fr)]",
        )}
      >
        {isUnused ? null : <MemoryFacets search={search} />}
        <div className="flex min-w-0 flex-col gap-3">
          {isUnused ? null : (
            <>
              <SavedViews search={search} />
              <SearchBar search={search} />
            </>
          )}
          <DataPanel
            query={list}
            failureTitle="The memories could not be loaded"
            isEmpty={({ pages }) => pages.every((page) => page.items.length === 0)}
            filters={
              isFiltered ? [state.q, state.lifecycle === "active" ? "" : state.lifecycle].filter(Boolean) : []
            }
            onClearFilters={() => setState({ q: null, lifecycle: null })}
            empty={<NoMemories onAdd={add} />}
          >
            {() => <MemoriesTable search={search} selection={selection} onSelectionChange={setSelection} />}
          </DataPanel>
          <Writable>
            <MemoriesBulkBar search={search} selection={selection} onSelectionChange={setSelection} />
          </Writable>
        </div>
      </div>
      <MemoryPeek
        memory={rows.find((row) => row.id === state.peek) ?? null}
        onClose={() => setState({ peek: null })}
      />
      <AddMemoryDialog open={state.add} onOpenChange={(open) => setState({ add: open ? true : null })} />
    </Page>
  );
}

function NoMemories({ onAdd }: { readonly onAdd: () => void }) {
  return (
    <EmptyState
      icon={Brain}
      title="No memories yet"
      action={
        <div className="flex flex-wrap justify-center gap-2">
          <Button variant="primary" onClick={onAdd}>
            <Plus aria-hidden />
            Write the first memory
          </Button>
          <Button asChild>
            <Link href="/">Sample data and tour</Link>
          </Button>
        </div>
      }
    >
      Memories appear here when a client writes them, when a file is imported, or when you write one.
    </EmptyState>
  );
}
