"use client";

import { useEffect, useRef, useState } from "react";
import { SegmentedControl } from "../ui/segmented-control";
import { Select } from "../ui/select";
import { useShortcuts } from "../ui/use-shortcuts";
import { SearchBox } from "./search-box";
import { lifecycles, type MemorySearch, type ShownLifecycle, type Sort } from "./use-memory-search";

const SETTLE_MS = 250;

const sortOptions: readonly { readonly value: Sort; readonly label: string }[] = [
  { value: "newest", label: "Newest first" },
  { value: "oldest", label: "Oldest first" },
  { value: "updated", label: "Last moved" },
  { value: "used", label: "Last used" },
  { value: "-confidence", label: "Most believed" },
  { value: "confidence", label: "Least believed" },
];

const lifecycleLabels: Readonly<Record<ShownLifecycle, string>> = {
  active: "Active",
  archived: "Archived",
  deleted: "Deleted",
  all: "All",
};

/** One box for words and for conditions; it is in the address bar, and `/` goes to it. */
export function SearchBar({ search }: { readonly search: MemorySearch }) {
  const { state, setState } = search;
  const box = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useSettled(state.q, (q) => setState({ q: q === "" ? null : q }));
  useShortcuts([{ keys: ["/"], label: "Search", group: "Memories", run: () => box.current?.focus() }]);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <div className="min-w-0 flex-1 basis-72">
        <SearchBox box={box} typed={typed} onType={setTyped} facets={search.facets} />
      </div>
      <SegmentedControl
        label="Lifecycle"
        segments={lifecycles.map((value) => ({ value, label: lifecycleLabels[value] }))}
        value={state.lifecycle}
        onValueChange={(lifecycle) => setState({ lifecycle })}
      />
      <Select
        label="Order"
        options={sortOptions}
        value={state.sort}
        onValueChange={(sort) => setState({ sort })}
      />
    </div>
  );
}

/** What is typed now, told on when the typing pauses; it follows the text when that is changed elsewhere. */
function useSettled(text: string, onSettle: (text: string) => void) {
  const [typed, setTyped] = useState({ base: text, now: text });
  if (typed.base !== text) setTyped({ base: text, now: text });
  const settle = useRef(onSettle);
  useEffect(() => {
    settle.current = onSettle;
  });
  useEffect(() => {
    if (typed.now === text) return;
    const timer = setTimeout(() => settle.current(typed.now), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [typed.now, text]);
  return [typed.now, (now: string) => setTyped({ base: text, now })] as const;
}
