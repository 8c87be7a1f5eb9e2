"use client";

import { Search, SlidersHorizontal } from "lucide-react";
import { useState, type FormEvent } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import {
  countConditions,
  DEFAULT_LIMIT,
  MOST_RESULTS,
  recallKinds,
  type RecallFields,
  type RecallPatch,
} from "./recall-form-state";

export interface RecallFormProps {
  readonly fields: RecallFields;
  readonly onAsk: (fields: RecallPatch) => void;
  readonly isBusy: boolean;
}

/** The question and, folded away, for whom, of what and as of when. Nothing is asked before it is sent. */
export function RecallForm({ fields, onAsk, isBusy }: RecallFormProps) {
  const [draft, setDraft] = useState(fields);
  const [known, setKnown] = useState(fields);
  const [isOpen, setOpen] = useState(countConditions(fields) > 0);
  if (JSON.stringify(known) !== JSON.stringify(fields)) {
    setKnown(fields);
    setDraft(fields);
  }
  const change = (patch: RecallPatch) =>
    setDraft((before) => ({ ...before, ...patch, q: patch.q ?? before.q }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (draft.q.trim() !== "") onAsk({ ...draft, target: fields.target });
  };
  const conditions = countConditions(draft);
  return (
    <form role="search" aria-label="Recall" onSubmit={submit} className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        <span className="min-w-56 flex-1 max-sm:basis-full">
          <Input
            type="search"
            aria-label="Question"
            placeholder="What would the model ask?"
            maxLength={4000}
            icon={<Search aria-hidden />}
            value={draft.q}
            onChange={(event) => change({ q: event.target.value })}
          />
        </span>
        <Button aria-expanded={isOpen} onClick={() => setOpen((before) => !before)}>
          <SlidersHorizontal aria-hidden />
          Conditions
          {conditions > 0 ? <Badge tone="accent">{conditions}</Badge> : null}
        </Button>
        <Button type="submit" variant="primary" busy={isBusy}>
          Recall
        </Button>
      </div>
      {isOpen ? <Conditions draft={draft} onChange={change} /> : null}
    </form>
  );
}

interface ConditionsProps {
  readonly draft: RecallFields;
  readonly onChange: (patch: RecallPatch) => void;
}

const texts = [
  { name: "user", label: "User" },
  { name: "agent", label: "Agent" },
  { name: "run", label: "Run" },
  { name: "session", label: "Session" },
  { name: "tag", label: "Tag" },
  { name: "speaker", label: "Speaker" },
] as const;
const ANY = "any";
const kindChoices = [
  { value: ANY, label: "Any kind" },
  ...recallKinds.map((value) => ({ value, label: value })),
];

function Conditions({ draft, onChange }: ConditionsProps) {
  return (
    <div className="grid grid-cols-2 gap-3 rounded-lg border border-line bg-surface p-3 sm:grid-cols-3 lg:grid-cols-5">
      {texts.map(({ name, label }) => (
        <Field key={name} label={label}>
          {(ids) => (
            <Input
              {...ids}
              value={draft[name] ?? ""}
              onChange={(event) => onChange({ [name]: event.target.value || null })}
            />
          )}
        </Field>
      ))}
      <Field label="Kind">
        {({ id }) => (
          <Select
            id={id}
            label="Kind"
            className="w-full"
            options={kindChoices}
            value={draft.kind ?? ANY}
            onValueChange={(kind) => onChange({ kind: kind === ANY ? null : kind })}
          />
        )}
      </Field>
      <Field label="Valid as of">
        {(ids) => (
          <Input
            {...ids}
            type="date"
            value={draft.at ?? ""}
            onChange={(event) => onChange({ at: event.target.value || null })}
          />
        )}
      </Field>
      <Field label="Results">
        {(ids) => (
          <Input
            {...ids}
            type="number"
            min={1}
            max={MOST_RESULTS}
            value={draft.limit ?? DEFAULT_LIMIT}
            onChange={(event) => onChange({ limit: event.target.valueAsNumber || null })}
          />
        )}
      </Field>
    </div>
  );
}
