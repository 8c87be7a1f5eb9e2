"use client";

import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Input } from "../ui/input";
import { Kbd } from "../ui/kbd";
import { SegmentedControl } from "../ui/segmented-control";
import { Select } from "../ui/select";
import { useShortcuts } from "../ui/use-shortcuts";
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
        <Input
          ref={box}
          type="search"
          aria-label="Search memories"
          placeholder="coffee   kind:preference   conf<0.4   used:>30d   is:pinned"
          icon={<Search aria-hidden />}
          trailing={<Kbd keys={["/"]} />}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
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
