"use client";

import { useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import type { CallOutput } from "@/lib/client/api";
import { queries } from "@/lib/client/queries";
import { Card } from "../ui/card";
import { DataPanel } from "../ui/data-panel";
import { Input } from "../ui/input";
import { ParameterRow } from "./parameter-row";

export type Parameter = CallOutput<"parameters.list">["items"][number];

const groupTexts: Readonly<Record<string, { readonly title: string; readonly description: string }>> = {
  recall: { title: "Recall", description: "What makes a memory rank." },
  learning: { title: "Learning", description: "How far an outcome moves what is believed." },
  time: { title: "Time", description: "How evidence fades and memories grow stale." },
  safety: { title: "Safety", description: "How much one source can move." },
  cycle: { title: "Improvement", description: "When and how the memory tidies itself." },
  epoch: { title: "Epoch", description: "What a recall is computed with." },
  backup: { title: "Backups", description: "Copies of everything, made while the server runs." },
};

/** Every tunable with its value, range and effect. */
export function ParameterList() {
  const parameters = useQuery(queries.parameters());
  const [words, setWords] = useQueryState("find", parseAsString.withDefault(""));
  const matches = (parameter: Parameter) =>
    `${parameter.name} ${parameter.effect}`.toLowerCase().includes(words.trim().toLowerCase());
  return (
    <div className="flex flex-col gap-(--page-gap)">
      <div className="max-w-sm">
        <Input
          type="search"
          aria-label="Find a parameter"
          placeholder="Find a parameter"
          icon={<Search aria-hidden />}
          value={words}
          onChange={(event) => void setWords(event.target.value || null)}
        />
      </div>
      <DataPanel
        query={parameters}
        failureTitle="The parameters could not be loaded"
        isEmpty={({ items }) => items.filter(matches).length === 0}
        filters={words === "" ? [] : [`“${words}”`]}
        onClearFilters={() => void setWords(null)}
      >
        {({ items }) => (
          <div className="flex flex-col gap-(--page-gap)">
            {groupsOf(items.filter(matches)).map(([group, members]) => (
              <Card
                key={group}
                title={groupTexts[group]?.title ?? group}
                description={groupTexts[group]?.description}
                flush
              >
                <ul className="divide-y divide-line border-t border-line">
                  {members.map((parameter) => (
                    // A value that moved elsewhere replaces what was being typed here.
                    <ParameterRow key={`${parameter.name}=${parameter.value}`} parameter={parameter} />
                  ))}
                </ul>
              </Card>
            ))}
          </div>
        )}
      </DataPanel>
    </div>
  );
}

function groupsOf(items: readonly Parameter[]): readonly (readonly [string, readonly Parameter[]])[] {
  const groups = new Map<string, Parameter[]>();
  for (const item of items) groups.set(item.group, [...(groups.get(item.group) ?? []), item]);
  return [...groups];
}
