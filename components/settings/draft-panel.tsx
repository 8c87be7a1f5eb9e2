"use client";

import { useDeferredValue, useId, useState, type FormEvent } from "react";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Textarea } from "../ui/textarea";
import { settable, writeDraft, type Draft } from "./draft";
import { DraftPreview } from "./draft-preview";
import type { Parameter } from "./parameter-list";
import { parameterTitle } from "./parameter-title";
import { useTuneMany } from "./use-tune";

export interface DraftPanelProps {
  readonly draft: Draft;
  readonly parameters: readonly Parameter[];
  readonly onDraft: (draft: Draft) => void;
}

/** What is drafted, what it would do to one's own memories, and the reason for which it is set. */
export function DraftPanel({ draft, parameters, onDraft }: DraftPanelProps) {
  const [reason, setReason] = useState("");
  const reasonId = useId();
  const tune = useTuneMany();
  const wanted = settable(draft, parameters);
  const shownDraft = useDeferredValue(draft);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (wanted.length === 0 || !(await tune.set(wanted, reason.trim()))) return;
    setReason("");
    onDraft({});
  };
  return (
    <Card title="Draft" description="Tried out below on what you have. Nothing is in force until you set it.">
      <form className="flex flex-col gap-4" onSubmit={(event) => void save(event)}>
        <ul className="num flex flex-col gap-1 text-sm">
          {wanted.map(({ parameter, next }) => (
            <li key={parameter.name} className="flex items-baseline gap-2">
              <span className="min-w-0 flex-1 truncate">{parameterTitle(parameter.name)}</span>
              <span className="text-muted">{parameter.value} to</span>
              <strong className="font-semibold">{next}</strong>
            </li>
          ))}
        </ul>
        <DraftPreview
          wanted={settable(shownDraft, parameters)}
          parameters={parameters}
          address={writeDraft(shownDraft) ?? ""}
        />
        <div className="flex flex-col gap-1">
          <label htmlFor={reasonId} className="text-sm font-medium">
            Why? <span className="font-normal text-muted">It stands on the timeline.</span>
          </label>
          <Textarea
            id={reasonId}
            rows={2}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" busy={tune.isBusy} disabled={wanted.length === 0}>
            {wanted.length === 1 ? "Set it" : `Set all ${wanted.length}`}
          </Button>
          <Button onClick={() => onDraft({})}>Discard</Button>
        </div>
      </form>
    </Card>
  );
}
