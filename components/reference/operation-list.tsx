"use client";

import { Search, SearchX } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { useEffect, useState } from "react";
import { plural } from "@/lib/format/number";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { Input } from "../ui/input";
import { OperationRow } from "./operation-row";
import { byNoun, matches, type Noun, type Reference } from "./read-reference";

export function OperationList({ reference }: { readonly reference: Reference }) {
  const [q, setQ] = useQueryState("q", parseAsString.withDefault("").withOptions({ history: "replace" }));
  const { openIds, toggle } = useOpenOperations();
  const found = reference.operations.filter((operation) => matches(operation, q));
  const nouns = byNoun(found);
  return (
    <div className="grid items-start gap-(--page-gap) lg:grid-cols-[minmax(0,1fr)_10rem]">
      <div className="flex min-w-0 flex-col gap-(--page-gap)">
        <search className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <span className="min-w-0 flex-1 basis-64">
            <Input
              type="search"
              aria-label="Find an operation"
              placeholder="Find by name, path, scope or tool"
              icon={<Search aria-hidden />}
              value={q}
              onChange={(event) => void setQ(event.target.value || null)}
            />
          </span>
          <p role="status" className="num text-xs text-muted">
            {plural(found.length, "operation")}
          </p>
        </search>
        {nouns.length === 0 ? (
          <EmptyState
            icon={SearchX}
            title="No operation matches"
            action={<Button onClick={() => void setQ(null)}>Show all</Button>}
          >
            Nothing has all of the words “{q}”.
          </EmptyState>
        ) : null}
        {nouns.map(({ noun, operations }) => (
          <Card
            key={noun}
            id={`noun-${noun}`}
            title={titleOf(noun)}
            flush
            className="scroll-mt-4 overflow-hidden"
          >
            <ul className="divide-y divide-line border-t border-line">
              {operations.map((operation) => (
                <OperationRow
                  key={operation.id}
                  operation={operation}
                  definitions={reference.definitions}
                  isOpen={openIds.has(operation.id)}
                  onToggle={() => toggle(operation.id)}
                />
              ))}
            </ul>
          </Card>
        ))}
      </div>
      <NounNav nouns={nouns} />
    </div>
  );
}

function NounNav({ nouns }: { readonly nouns: readonly Noun[] }) {
  return (
    <nav aria-label="On this page" className="sticky top-6 order-last hidden flex-col lg:flex">
      {nouns.map(({ noun, operations }) => (
        <a
          key={noun}
          href={`#noun-${noun}`}
          className="flex min-h-6 items-center justify-between pointer-coarse:min-h-8 gap-2 rounded-md px-2 py-0.5 text-sm text-muted hover:bg-hover hover:text-ink"
        >
          {titleOf(noun)}
          <span className="num text-2xs">{operations.length}</span>
        </a>
      ))}
    </nav>
  );
}

/** The operation that the address names is open and in sight; opening one puts it into the address. */
function useOpenOperations() {
  const [openIds, setOpenIds] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const follow = () => {
      const id = decodeURIComponent(window.location.hash.slice(1));
      if (id === "" || id.startsWith("noun-")) return;
      setOpenIds((before) => new Set([...before, id]));
      requestAnimationFrame(() => document.getElementById(id)?.scrollIntoView({ block: "start" }));
    };
    follow();
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, []);
  const toggle = (id: string) => {
    const isOpening = !openIds.has(id);
    setOpenIds(new Set(isOpening ? [...openIds, id] : [...openIds].filter((one) => one !== id)));
    const { pathname, search } = window.location;
    window.history.replaceState(window.history.state, "", `${pathname}${search}${isOpening ? `#${id}` : ""}`);
  };
  return { openIds, toggle };
}

const titleOf = (noun: string): string => noun.charAt(0).toUpperCase() + noun.slice(1);
