"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfidenceMeter } from "@/components/ui/confidence-meter";
import { DataPanel } from "@/components/ui/data-panel";
import { EmptyState } from "@/components/ui/empty-state";
import { Input } from "@/components/ui/input";
import type { CallOutput } from "@/lib/client/api";
import { queries } from "@/lib/client/queries";

export type FoundMemory = CallOutput<"memories.list">["items"][number];

export interface MemorySearchProps {
  readonly label: string;
  /** What pressing a memory does: "Choose", "Add". */
  readonly verb: string;
  readonly excluded?: readonly string[];
  readonly onChoose: (memory: FoundMemory) => void;
}

const SHOWN = 8;
/** Asked for beyond what is shown, to stand in for those left out: the list is not asked for again, and does not move, as they are chosen. */
const SPARE = 12;

/** Finds memories by their words to choose one after another. */
export function MemorySearch({ label, verb, excluded = [], onChoose }: MemorySearchProps) {
  const [typed, setTyped] = useState("");
  const q = useDeferredValue(typed.trim());
  const query = useInfiniteQuery(queries.memories({ limit: SHOWN + SPARE, ...(q === "" ? {} : { q }) }));
  const found = (query.data?.pages[0]?.items ?? [])
    .filter((memory) => !excluded.includes(memory.id))
    .slice(0, SHOWN);
  return (
    <div className="flex flex-col gap-2">
      <Input
        type="search"
        aria-label={label}
        placeholder={label}
        icon={<Search aria-hidden />}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        data-autofocus
      />
      <DataPanel
        query={query}
        isEmpty={() => found.length === 0}
        failureTitle="The memories could not be searched"
        empty={<EmptyState title="No other memory" className="py-4" />}
        {...(q === "" ? {} : { filters: [`“${q}”`], onClearFilters: () => setTyped("") })}
      >
        {() => (
          <ul
            aria-label="Found memories"
            className="max-h-64 divide-y divide-line overflow-y-auto rounded-md border border-line"
          >
            {found.map((memory) => (
              <li key={memory.id} className="flex items-center gap-3 px-3 py-1.5">
                <span className="line-clamp-2 min-w-0 flex-1 text-sm">{memory.content}</span>
                <ConfidenceMeter confidence={memory.confidence} size="sm" className="max-sm:hidden" />
                <Button
                  size="sm"
                  aria-label={`${verb}: ${memory.content.slice(0, 80)}`}
                  onClick={() => onChoose(memory)}
                >
                  {verb}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </DataPanel>
    </div>
  );
}
