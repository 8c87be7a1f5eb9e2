"use client";

import { useState, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { DiffText } from "@/components/ui/diff-text";
import { Select } from "@/components/ui/select";
import type { Merge } from "./merge-card";
import { SourcedText, SourceMark } from "./sourced-text";

export interface UnmergeDialogProps {
  readonly merge: Merge;
  readonly onOpenChange: (open: boolean) => void;
  /** `rescue`: the source that is to say what the merge was edited to; null: none. */
  readonly onContinue: (rescue: string | null) => void;
}

const NOWHERE = "nowhere";

export const isEditedSince = ({ content, mergedText }: Merge): boolean => content !== mergedText;

/** A merge that was edited since: what went in, what it was merged to, and what it says now, side by side. */
export function UnmergeDialog({ merge, onOpenChange, onContinue }: UnmergeDialogProps) {
  const [rescue, setRescue] = useState(NOWHERE);
  const sources = merge.parts.map((part) => part.content);
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      size="lg"
      title="Unmerge an edited memory?"
      description="It was edited after it was merged. The sources come back as they are; the edit stays with the merge unless one of them is to say it."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button variant="primary" onClick={() => onContinue(rescue === NOWHERE ? null : rescue)}>
            See what it does
          </Button>
        </>
      }
    >
      <div className="grid gap-x-6 gap-y-5 lg:grid-cols-3">
        <Version title="Sources">
          <ol className="flex flex-col gap-1.5">
            {merge.parts.map((part, index) => (
              <li key={part.memoryId} className="flex items-baseline gap-2 text-sm">
                <SourceMark index={index} />
                <span className="min-w-0 break-words">{part.content}</span>
              </li>
            ))}
          </ol>
        </Version>
        <Version title="As merged">
          <SourcedText text={merge.mergedText} sources={sources} />
        </Version>
        <Version title="As edited">
          <DiffText before={merge.mergedText} after={merge.content} className="text-base leading-relaxed" />
        </Version>
      </div>
      <div className="mt-5 flex flex-col gap-1">
        <span className="text-sm font-medium">The edited text</span>
        <Select
          label="The edited text"
          value={rescue}
          onValueChange={setRescue}
          options={[
            { value: NOWHERE, label: "stays with the merge, for a redo" },
            ...merge.parts
              .filter((part) => part.member)
              .map((part) => ({ value: part.memoryId, label: `replaces “${part.content.slice(0, SHOWN)}”` })),
          ]}
        />
      </div>
    </Dialog>
  );
}

const SHOWN = 60;

function Version({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className="min-w-0">
      <h3 className="mb-1.5 text-xs font-medium text-muted">{title}</h3>
      {children}
    </section>
  );
}
