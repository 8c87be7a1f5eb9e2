"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { queries } from "@/lib/client/queries";
import { formatAbsolute } from "@/lib/format/time";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { DiffText } from "../ui/diff-text";
import { Select } from "../ui/select";
import { useMemoryActions, type Memory } from "./use-memory-actions";
import { versionBefore, versionsOf, type Version } from "./version-list";

const TEXT_OPS = "create,edit,merge";

/** Every text that it had, any two of them beside each other word by word. Of a single one there is nothing to compare. */
export function MemoryVersions({
  memory,
  isReadOnly,
}: {
  readonly memory: Memory;
  readonly isReadOnly: boolean;
}) {
  const found = useInfiniteQuery(queries.changes({ target: memory.id, op: TEXT_OPS }));
  const versions = versionsOf(memory.id, found.data?.pages.flatMap((page) => page.items) ?? []);
  const [chosen, setChosen] = useState<string | null>(null);
  const [other, setOther] = useState<string | null>(null);
  const byId = (id: string | null) => versions.find((version) => version.changeId === id);
  const version = byId(chosen) ?? versions.find(({ isInForce }) => isInForce) ?? versions[0];
  if (version === undefined || versions.length < 2) return null;
  const against = byId(other) ?? versionBefore(versions, version.changeId) ?? versions.at(-1);
  return (
    <Card title="Versions" description={`${versions.length} texts, compared word by word.`}>
      <div className="flex flex-wrap items-center gap-2 text-sm">
        <Choice label="Version" versions={versions} value={version.changeId} onChoose={setChosen} />
        <span className="text-muted">against</span>
        <Choice
          label="Compared with"
          versions={versions}
          value={against?.changeId ?? version.changeId}
          onChoose={setOther}
        />
      </div>
      <div className="mt-3 rounded-md bg-sunken px-3 py-2 text-sm leading-relaxed">
        <DiffText before={against?.text ?? ""} after={version.text} />
      </div>
      {isReadOnly || version.text === memory.content ? null : <TakeAgain memory={memory} version={version} />}
    </Card>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly versions: readonly Version[];
  readonly value: string;
  readonly onChoose: (changeId: string) => void;
}

function Choice({ label, versions, value, onChoose }: ChoiceProps) {
  const options = versions.map(({ changeId, at, by, isInForce }, index) => ({
    value: changeId,
    label: `${versions.length - index}: ${formatAbsolute(at)}`,
    hint: isInForce ? by : `${by}, not in force`,
  }));
  return <Select label={label} size="sm" options={options} value={value} onValueChange={onChoose} />;
}

function TakeAgain({ memory, version }: { readonly memory: Memory; readonly version: Version }) {
  const { edit, isBusy } = useMemoryActions(memory);
  return (
    <Button
      size="sm"
      className="mt-3"
      busy={isBusy}
      onClick={() => void edit({ content: version.text }, "Took an earlier text again")}
    >
      {isBusy ? null : <RotateCcw aria-hidden />}
      Take this text again
    </Button>
  );
}
