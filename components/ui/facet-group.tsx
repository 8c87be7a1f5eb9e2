"use client";

import { formatCount } from "@/lib/format/number";
import { Checkbox } from "./checkbox";

export interface Facet {
  readonly value: string;
  readonly label: string;
  /** Rows that have it; null while unknown. */
  readonly count: number | null;
}

export interface FacetGroupProps {
  readonly title: string;
  readonly facets: readonly Facet[];
  readonly chosen: readonly string[];
  readonly onToggle: (value: string) => void;
}

export function FacetGroup({ title, facets, chosen, onToggle }: FacetGroupProps) {
  return (
    <fieldset className="flex min-w-0 flex-col">
      <legend className="mb-1 text-xs font-medium text-muted">{title}</legend>
      {facets.map((facet) => (
        <label
          key={facet.value}
          className="-mx-2 flex min-h-7 pointer-coarse:min-h-(--control-h-sm) cursor-pointer items-center gap-2 rounded-sm px-2 text-sm hover:bg-hover"
        >
          <Checkbox checked={chosen.includes(facet.value)} onCheckedChange={() => onToggle(facet.value)} />
          <span className="min-w-0 flex-1 truncate">{facet.label}</span>
          {facet.count === null ? null : (
            <span className="num text-xs text-muted">{formatCount(facet.count)}</span>
          )}
        </label>
      ))}
    </fieldset>
  );
}
