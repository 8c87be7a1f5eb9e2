"use client";

import { SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { Button } from "../ui/button";
import { FacetGroup, type Facet } from "../ui/facet-group";
import { kindLabels } from "../memory/kind-options";
import { cn } from "../ui/cn";
import { chosenValues, toggleFacet, type FacetName } from "./search-terms";
import type { MemorySearch } from "./use-memory-search";

const SHOWN_VALUES = 8;
const titles: Readonly<Record<FacetName, string>> = {
  state: "State",
  kind: "Kind",
  tag: "Tag",
  speaker: "Speaker",
};
/** In the order of the column: what needs attention first. */
const facetNames = ["state", "kind", "tag", "speaker"] as const satisfies readonly FacetName[];

/** How the matches divide. Choosing a value writes a term into the search box. */
export function MemoryFacets({ search }: { readonly search: MemorySearch }) {
  const [isOpen, setOpen] = useState(false);
  const { state, setState, facets } = search;
  const shown = facetNames.filter(
    (name) => (facets?.[name] ?? []).length + chosenValues(name, state.q).length > 0,
  );
  return (
    <aside aria-label="Filters" className="min-w-0">
      <Button
        size="sm"
        className="lg:hidden"
        aria-expanded={isOpen}
        aria-controls="memory-facets"
        onClick={() => setOpen(!isOpen)}
      >
        <SlidersHorizontal aria-hidden />
        Filters
      </Button>
      <div
        id="memory-facets"
        className={cn(
          "flex flex-col gap-4 max-lg:mt-3 max-lg:grid max-lg:grid-cols-2",
          isOpen ? "" : "max-lg:hidden",
        )}
      >
        {shown.map((name) => (
          <FacetGroup
            key={name}
            title={titles[name]}
            facets={facetsOf(name, facets?.[name] ?? [], state.q)}
            chosen={chosenValues(name, state.q)}
            onToggle={(facetValue) => setState({ q: toggleFacet(state.q, name, facetValue) || null })}
          />
        ))}
      </div>
    </aside>
  );
}

type Counted = NonNullable<MemorySearch["facets"]>[string];

/** A chosen value stays in sight when nothing has it any more, or it could not be taken back. */
function facetsOf(name: FacetName, counted: Counted, search: string): readonly Facet[] {
  const chosen = chosenValues(name, search);
  const first = counted.slice(0, SHOWN_VALUES);
  const rest = chosen
    .filter((value) => !first.some((facet) => facet.value === value))
    .map((value) => ({ value, count: counted.find((facet) => facet.value === value)?.count ?? 0 }));
  return [...first, ...rest].map(({ value, count }) => ({ value, count, label: labelOf(name, value) }));
}

const kindNames: Readonly<Record<string, string>> = kindLabels;

function labelOf(name: FacetName, facetValue: string): string {
  if (name === "kind") return kindNames[facetValue] ?? facetValue;
  if (name !== "state") return facetValue;
  const spaced = facetValue.replaceAll("-", " ");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
