"use client";

import { useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { parseAsString, useQueryStates } from "nuqs";
import type { CallOutput } from "@/lib/client/api";
import { queries } from "@/lib/client/queries";
import { Writable } from "../shell/writable";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { DataPanel } from "../ui/data-panel";
import { Input } from "../ui/input";
import { drafted, readDraft, settable, writeDraft, type Draft } from "./draft";
import { ParameterRow } from "./parameter-row";
import { parameterTitle } from "./parameter-title";

const DraftPanel = dynamic(() => import("./draft-panel").then((module) => module.DraftPanel), { ssr: false });

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

const parsers = {
  find: parseAsString.withDefault(""),
  group: parseAsString.withDefault("recall"),
  draft: parseAsString,
};

/** Every tunable, a group at a time; what is typed is a draft, tried out beside the list before it is set. */
export function ParameterList() {
  const parameters = useQuery(queries.parameters());
  const [address, setAddress] = useQueryStates(parsers);
  const words = address.find.trim().toLowerCase();
  const draft = readDraft(address.draft);
  const setDraft = (next: Draft) => void setAddress({ draft: writeDraft(next) });
  const isShown = (parameter: Parameter) =>
    words === ""
      ? parameter.group === address.group
      : `${parameter.name} ${parameterTitle(parameter.name)} ${parameter.effect}`
          .toLowerCase()
          .includes(words);
  return (
    <div className="flex flex-col gap-(--page-gap)">
      <div className="flex flex-wrap items-center gap-2">
        <GroupTabs
          parameters={parameters.data?.items ?? []}
          draft={draft}
          group={words === "" ? address.group : null}
          onGroup={(group) => void setAddress({ group, find: null })}
        />
        <div className="w-full sm:ml-auto sm:w-56">
          <Input
            type="search"
            aria-label="Find a parameter"
            placeholder="Find a parameter"
            icon={<Search aria-hidden />}
            value={address.find}
            onChange={(event) => void setAddress({ find: event.target.value || null })}
          />
        </div>
      </div>
      <DataPanel
        query={parameters}
        failureTitle="The parameters could not be loaded"
        isEmpty={({ items }) => items.filter(isShown).length === 0}
        filters={words === "" ? [] : [`“${address.find}”`]}
        onClearFilters={() => void setAddress({ find: null })}
      >
        {({ items }) => (
          <div
            className={cn(
              "grid items-start gap-(--page-gap)",
              settable(draft, items).length > 0 && "xl:grid-cols-[minmax(0,1fr)_23rem]",
            )}
          >
            <div className="flex min-w-0 flex-col gap-(--page-gap) max-xl:order-last">
              {groupsOf(items.filter(isShown)).map(([group, members]) => (
                <GroupCard key={group} group={group} members={members} draft={draft} onDraft={setDraft} />
              ))}
            </div>
            {settable(draft, items).length > 0 ? (
              <Writable>
                <div className="min-w-0 xl:sticky xl:top-4">
                  <DraftPanel draft={draft} parameters={items} onDraft={setDraft} />
                </div>
              </Writable>
            ) : null}
          </div>
        )}
      </DataPanel>
    </div>
  );
}

interface GroupTabsProps {
  readonly parameters: readonly Parameter[];
  readonly draft: Draft;
  /** null while all groups are searched. */
  readonly group: string | null;
  readonly onGroup: (group: string) => void;
}

function GroupTabs({ parameters, draft, group, onGroup }: GroupTabsProps) {
  return (
    <div role="group" aria-label="Groups" className="flex flex-wrap gap-1">
      {groupsOf(parameters).map(([name, members]) => {
        const tuned = members.filter((member) => member.value !== member.default).length;
        const drafts = settable(draft, members).length;
        return (
          <button
            key={name}
            type="button"
            aria-pressed={name === group}
            onClick={() => onGroup(name)}
            className={cn(
              "inline-flex h-(--control-h-sm) items-center gap-1.5 rounded-md px-2.5 text-xs font-medium text-muted transition-colors hover:bg-hover hover:text-ink",
              name === group && "bg-pressed text-ink hover:bg-pressed",
            )}
          >
            {groupTexts[name]?.title ?? name}
            {drafts > 0 ? <span className="num text-accent">{drafts} drafted</span> : null}
            {drafts === 0 && tuned > 0 ? <span className="num">{tuned} tuned</span> : null}
          </button>
        );
      })}
    </div>
  );
}

interface GroupCardProps {
  readonly group: string;
  readonly members: readonly Parameter[];
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
}

function GroupCard({ group, members, draft, onDraft }: GroupCardProps) {
  return (
    <Card title={groupTexts[group]?.title ?? group} description={groupTexts[group]?.description} flush>
      <ul className="divide-y divide-line border-t border-line">
        {members.map((parameter) => (
          <ParameterRow
            key={parameter.name}
            parameter={parameter}
            drafted={draft[parameter.name]}
            onDraft={(next) => onDraft(drafted(draft, parameter, next))}
          />
        ))}
      </ul>
    </Card>
  );
}

function groupsOf(items: readonly Parameter[]): readonly (readonly [string, readonly Parameter[]])[] {
  const groups = new Map<string, Parameter[]>();
  for (const item of items) groups.set(item.group, [...(groups.get(item.group) ?? []), item]);
  return [...groups];
}
