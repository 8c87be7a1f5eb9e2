"use client";

import { FilterX, Search } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { SelectOption } from "@/components/ui/select-now";
import { changeStatuses, importances, opChoices, type useTimelineFilters } from "./timeline-filters";

export interface FilterBarProps {
  readonly timeline: ReturnType<typeof useTimelineFilters>;
}

const ALL = "all";
const TYPING_MS = 250;
const actors = [
  { value: ALL, label: "Everybody" },
  { value: "person", label: "You" },
  { value: "key", label: "API clients" },
  { value: "system", label: "Palimpsest" },
  { value: "cycle", label: "Improvement cycles" },
] as const;
const ops = opChoices.map((choice) => ({ ...choice, value: choice.value || ALL }));
const importanceOptions = [
  { value: ALL, label: "All levels", hint: "routine included" },
  { value: "notable", label: "Notable", hint: "without what ticks along" },
  { value: "needsEyes", label: "Needs eyes", hint: "contradictions, suspicions, erasures" },
] as const;
const statusLabels = {
  revertible: "Can be reverted",
  live: "Live",
  reverted: "Reverted",
  suspended: "Suspended",
  unsupported: "Unsupported",
} as const;
const statusOptions = [
  { value: ALL, label: "Any status" },
  ...changeStatuses.map((value) => ({ value, label: statusLabels[value] })),
];

export function FilterBar({ timeline }: FilterBarProps) {
  const { filters, names, set, clear } = timeline;
  return (
    <search aria-label="Filter the timeline" className="flex flex-wrap items-center gap-2">
      <SearchBox value={filters.q ?? ""} onValueChange={(q) => set({ q: q || null })} />
      <Select
        label="Kind of change"
        options={ops}
        value={filters.op ?? ALL}
        onValueChange={(op) => set({ op: op === ALL ? null : op })}
      />
      <Select
        label="Actor"
        options={actorOptions(filters.actor)}
        value={filters.actor ?? ALL}
        onValueChange={(actor) => set({ actor: actor === ALL ? null : actor })}
      />
      <Select
        label="Status"
        options={statusOptions}
        value={filters.status ?? ALL}
        onValueChange={(status) => set({ status: changeStatuses.find((known) => known === status) ?? null })}
      />
      <Select
        label="Importance"
        options={importanceOptions}
        value={filters.importance ?? ALL}
        onValueChange={(level) => set({ importance: importances.find((known) => known === level) ?? null })}
      />
      <DayInput label="Since" value={filters.from} onValueChange={(from) => set({ from })} />
      <DayInput label="Until" value={filters.to} onValueChange={(to) => set({ to })} />
      {names.length > 0 ? (
        <Button variant="ghost" onClick={clear}>
          <FilterX aria-hidden />
          Clear {names.length === 1 ? names[0] : `${names.length} filters`}
        </Button>
      ) : null}
    </search>
  );
}

/** A link may name a single key, or another actor that is no choice of this list. */
function actorOptions(actor: string | null): readonly SelectOption<string>[] {
  if (actor === null || actors.some(({ value }) => value === actor)) return actors;
  return [...actors, { value: actor, label: actor.startsWith("key:") ? "One API client" : "One actor" }];
}

interface SearchBoxProps {
  readonly value: string;
  readonly onValueChange: (value: string) => void;
}

/** The address follows the typing after a pause; a change of the address from elsewhere is shown here. */
function SearchBox({ value, onValueChange }: SearchBoxProps) {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setTyped(value);
  }
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => onValueChange(typed), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, value, onValueChange]);
  return (
    <span className="min-w-40 flex-1">
      <Input
        type="search"
        aria-label="Words in what was written"
        placeholder="Search the words"
        icon={<Search aria-hidden />}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </span>
  );
}

interface DayInputProps {
  readonly label: string;
  readonly value: string | null;
  readonly onValueChange: (value: string | null) => void;
}

function DayInput({ label, value, onValueChange }: DayInputProps) {
  return (
    <label className="flex items-center gap-1.5 text-xs text-muted">
      {label}
      <Input
        type="date"
        className="w-34"
        value={value?.slice(0, 10) ?? ""}
        onChange={(event) => onValueChange(event.target.value === "" ? null : event.target.value)}
      />
    </label>
  );
}
