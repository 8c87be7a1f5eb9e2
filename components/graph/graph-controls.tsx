"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Network, TableProperties } from "lucide-react";
import type { Ref } from "react";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { queries } from "@/lib/client/queries";
import { formatDay } from "@/lib/format/time";
import { EntitySearch, type FoundEntity } from "./entity-search";
import type { View } from "./use-graph-state";

export interface GraphControlsProps {
  readonly view: View;
  readonly onView: (view: View) => void;
  readonly min: number;
  readonly onMin: (min: number) => void;
  readonly cycle: string | null;
  readonly onCycle: (id: string | null) => void;
  readonly onFind: (entity: FoundEntity) => void;
  readonly searchRef: Ref<HTMLInputElement>;
}

const segments = [
  { value: "picture", label: "Picture", icon: <Network aria-hidden /> },
  { value: "table", label: "Table", icon: <TableProperties aria-hidden /> },
] as const;

const strengths = [
  { value: "0", label: "Every relation" },
  { value: "0.3", label: "Strength .3 and more" },
  { value: "0.5", label: "Strength .5 and more" },
  { value: "0.7", label: "Strength .7 and more" },
] as const;

const NO_CYCLE = "none";
const CYCLES = 20;

/** Search first; then what is left out, what a cycle did, and picture or table. */
export function GraphControls(props: GraphControlsProps) {
  const { view, onView, min, onMin, cycle, onCycle, onFind, searchRef } = props;
  const cycles = useInfiniteQuery(queries.cycles({ limit: CYCLES }));
  const applied = (cycles.data?.pages ?? []).flatMap((page) => page.items).filter(({ dryRun }) => !dryRun);
  const options = [
    { value: NO_CYCLE, label: "No cycle marked" },
    ...applied.map(({ id, number, startedAt }) => ({
      value: id,
      label: `What cycle ${number} changed, ${formatDay(Date.parse(startedAt))}`,
    })),
  ];
  const known = options.some(({ value }) => value === cycle);
  const given = cycle === null || known ? [] : [{ value: cycle, label: "What this cycle changed" }];
  return (
    <div className="flex flex-wrap items-center gap-2">
      <EntitySearch
        label="Find an entity"
        onChoose={onFind}
        inputRef={searchRef}
        className="min-w-56 flex-1"
      />
      <Select
        label="Weakest relation shown"
        options={strengths}
        value={strengths.find(({ value }) => Number(value) === min)?.value ?? "0"}
        onValueChange={(next) => onMin(Number(next))}
        className="w-48"
      />
      {options.length + given.length > 1 ? (
        <Select
          label="Cycle whose changes are marked"
          options={[...options, ...given]}
          value={cycle ?? NO_CYCLE}
          onValueChange={(next) => onCycle(next === NO_CYCLE ? null : next)}
          className="w-56"
        />
      ) : null}
      <SegmentedControl label="View" segments={segments} value={view} onValueChange={onView} />
    </div>
  );
}
