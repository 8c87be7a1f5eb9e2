"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { ProposalFigures } from "@/components/cycles/proposal-figures";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { RelativeTime } from "@/components/ui/relative-time";
import { Textarea } from "@/components/ui/textarea";
import { useShortcuts } from "@/components/ui/use-shortcuts";
import { formatDecimal, formatPercent } from "@/lib/format/number";
import { QueueSources } from "./queue-sources";
import { useQueueDraft, type MergeProposal } from "./queue-state";
import { QueueVerdicts } from "./queue-verdicts";
import { SourcedText } from "./sourced-text";
import type { useQueueActs } from "./use-queue-acts";

const QueueEffect = dynamic(() => import("./queue-effect").then((module) => module.QueueEffect), {
  ssr: false,
});

export interface QueueCardProps {
  readonly proposal: MergeProposal;
  readonly place: string;
  readonly isFixed: boolean;
  readonly acts: ReturnType<typeof useQueueActs>;
  readonly onNext: () => void;
}

/** Same fact or not? The sources beside the text they would become, every word marked with where it comes from. */
export function QueueCard({ proposal, place, isFixed, acts, onNext }: QueueCardProps) {
  const draft = useQueueDraft(proposal);
  const [isEditing, setEditing] = useState(false);
  const similarity = similarityOf(proposal);
  const verdicts = {
    merge: () => acts.merge(proposal, draft),
    keepBoth: () => acts.keepBoth(proposal),
    never: () => acts.never(proposal),
    edit: () => setEditing(true),
    next: onNext,
  };
  const idle = isFixed || acts.isPending || !draft.isReady;
  useShortcuts(
    [
      { keys: ["m"], label: "Merge", run: verdicts.merge, writes: true },
      { keys: ["k"], label: "Keep both", run: verdicts.keepBoth, writes: true },
      { keys: ["e"], label: "Edit the text", run: verdicts.edit, writes: true },
      { keys: ["s"], label: "Leave a source out", run: focusLeaveOut, writes: true },
      { keys: ["x"], label: "Never ask again", run: verdicts.never, writes: true },
      { keys: ["n"], label: "Next", run: verdicts.next, writes: false },
    ]
      .filter(({ writes }) => !(writes && idle))
      .map((shortcut) => ({ ...shortcut, group: "Queue of merges" })),
  );
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <span className="num">{place}</span>
          <Badge tone="outline">{formatPercent(proposal.certainty)} sure</Badge>
          {similarity === null ? null : (
            <span className="num text-xs font-normal text-muted">
              {proposal.targets.length > 2 ? "least similar pair" : "similarity"} {formatDecimal(similarity)}
            </span>
          )}
          <span className="text-xs font-normal text-muted">
            expires <RelativeTime at={proposal.expiresAt} focusable={false} />
          </span>
        </span>
      }
      description={proposal.why}
    >
      <div className="mt-1 grid gap-x-8 gap-y-5 lg:grid-cols-2">
        <section aria-label="Sources">
          <QueueSources proposal={proposal} leftOut={draft.leftOut} onLeaveOut={draft.toggle} />
        </section>
        <section aria-label="Proposed text" className="flex flex-col gap-3 rounded-lg bg-sunken px-4 py-3">
          <SourcedText text={draft.text} sources={draft.sources} />
          {isEditing ? (
            <Field label="Edit the text" hint="Words that no source has are marked as new above.">
              {(ids) => (
                <Textarea
                  {...ids}
                  autoFocus
                  rows={3}
                  value={draft.text}
                  onChange={(event) => draft.setTyped(event.target.value)}
                  onKeyDown={(event) => {
                    if (event.key === "Escape") setEditing(false);
                  }}
                />
              )}
            </Field>
          ) : null}
        </section>
      </div>
      <div className="mt-4 flex flex-col gap-3">
        <ProposalFigures proposal={proposal} />
        <QueueEffect sources={draft.kept} content={draft.typed} />
        {isFixed ? null : (
          <QueueVerdicts
            {...verdicts}
            isBusy={acts.isPending}
            isReady={draft.isReady}
            count={draft.kept.length}
          />
        )}
      </div>
    </Card>
  );
}

/** The lowest similarity among the sources, which the proposal's own test names. */
function similarityOf({ gate }: MergeProposal): number | null {
  return gate.figures.find(({ name }) => name.startsWith("similarity"))?.value ?? null;
}

function focusLeaveOut(): void {
  document.querySelector<HTMLElement>("[data-leave-out]")?.focus();
}
