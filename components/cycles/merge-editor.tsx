"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { proposedText, sourceTexts } from "@/components/merges/merge-sources";
import { SourceMark } from "@/components/merges/sourced-text";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { queries } from "@/lib/client/queries";
import type { Proposal } from "./cycle-words";
import type { Decision } from "./decisions";

type Edit = Pick<Decision, "content" | "sources">;

export interface MergeEditorProps {
  readonly proposal: Proposal;
  readonly decision: Decision | undefined;
  readonly onSave: (edit: Edit) => void;
  readonly onCancel: () => void;
}

const FEWEST = 2;

/** A merge with another text, or without one of its sources; either is one decision with it. */
export function MergeEditor({ proposal, decision, onSave, onCancel }: MergeEditorProps) {
  const all = proposal.targets.map(({ id }) => id);
  const [kept, setKept] = useState<readonly string[]>(decision?.sources ?? all);
  const [typed, setTyped] = useState<string | null>(decision?.content ?? null);
  const isSmaller = kept.length < all.length;
  const smaller = useQuery({ ...queries.mergePreview({ sources: [...kept] }), enabled: isSmaller });
  const text = typed ?? (isSmaller ? (smaller.data?.merge.content ?? "") : proposedText(proposal));
  const isReady = text.trim() !== "" || (isSmaller && typed === null);
  const save = () => {
    if (!isReady) return;
    onSave({
      ...(typed === null || typed.trim() === proposedText(proposal) ? {} : { content: typed.trim() }),
      ...(isSmaller ? { sources: kept } : {}),
    });
  };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
      }}
    >
      {all.length > FEWEST ? <KeptSources proposal={proposal} kept={kept} onChange={setKept} /> : null}
      <Field label="Text of the merge" hint="Words that no source has are marked as new once it is kept.">
        {(ids) => (
          <Textarea
            {...ids}
            autoFocus
            rows={3}
            value={text}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      <span className="flex gap-2">
        <Button type="submit" size="sm" variant="primary" disabled={!isReady}>
          {isSmaller ? `Merge these ${kept.length} and approve` : "Keep this text and approve"}
        </Button>
        <Button size="sm" onClick={onCancel}>
          Cancel
        </Button>
      </span>
    </form>
  );
}

interface KeptSourcesProps {
  readonly proposal: Proposal;
  readonly kept: readonly string[];
  readonly onChange: (kept: readonly string[]) => void;
}

function KeptSources({ proposal, kept, onChange }: KeptSourcesProps) {
  const texts = sourceTexts(proposal);
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 text-sm font-medium">Sources that become one</legend>
      {proposal.targets.map(({ id }, index) => {
        const isKept = kept.includes(id);
        return (
          <label key={id} className="flex items-start gap-2 text-sm">
            <Checkbox
              checked={isKept}
              disabled={isKept && kept.length <= FEWEST}
              onCheckedChange={() =>
                onChange(
                  proposal.targets
                    .map((target) => target.id)
                    .filter((own) => (own === id ? !isKept : kept.includes(own))),
                )
              }
            />
            <SourceMark index={index} />
            <span className="min-w-0 break-words">{texts[index]}</span>
          </label>
        );
      })}
    </fieldset>
  );
}
