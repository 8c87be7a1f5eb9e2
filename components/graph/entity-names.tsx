"use client";

import { Scissors } from "lucide-react";
import { useState, type FormEvent } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { CallOutput } from "@/lib/client/api";
import { typeNames } from "./palette";
import type { EntityType } from "./scene";
import type { NameEdits } from "./use-name-edits";

export interface EntityNamesProps {
  readonly entity: CallOutput<"entities.get">["entity"];
  readonly edits: NameEdits;
}

// The keys of a record of every type.
const types = (Object.keys(typeNames) as EntityType[]).map((value) => ({ value, label: typeNames[value] }));

/** What an entity is called and what it is, open to correction; other names of it can be split off. */
export function EntityNames({ entity, edits }: EntityNamesProps) {
  const [name, setName] = useState(entity.name);
  const rename = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== "")
      void edits.editEntity(entity.id, { name: name.trim() }, `Renamed it to ${name.trim()}`);
  };
  const retype = (type: EntityType) =>
    void edits.editEntity(entity.id, { type }, `${entity.name}: ${typeNames[type].toLowerCase()}`);
  return (
    <div className="flex flex-col gap-3">
      <form onSubmit={rename} className="flex items-end gap-2">
        <Field label="Name" className="flex-1">
          {(ids) => (
            <Input {...ids} value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        <Button type="submit" disabled={name.trim() === "" || name.trim() === entity.name}>
          Rename
        </Button>
      </form>
      <Field label="Type">
        {({ id }) => <Select id={id} options={types} value={entity.type} onValueChange={retype} />}
      </Field>
      {entity.aliases.length === 0 ? null : (
        <ul aria-label="Other names" className="flex flex-wrap items-center gap-1.5 text-sm">
          <li className="text-muted">Also:</li>
          {entity.aliases.map((alias) => (
            <li key={alias} className="flex items-center gap-1">
              <Badge tone="outline">{alias}</Badge>
              <IconButton
                size="sm"
                label={`Split off ${alias}`}
                onClick={() => void edits.editEntity(alias, { mergedInto: null }, `Split off ${alias}`)}
              >
                <Scissors aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
