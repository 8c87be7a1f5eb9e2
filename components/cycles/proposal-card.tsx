"use client";

import { Check, CircleSlash, Pencil, X } from "lucide-react";
import { useState } from "react";
import { proposedText } from "@/components/merges/merge-sources";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { Proposal } from "./cycle-words";
import type { Decision } from "./decisions";
import { ProposalChange } from "./proposal-change";
import { ProposalFigures } from "./proposal-figures";

export interface ProposalCardProps {
  readonly proposal: Proposal;
  readonly decision: Decision | undefined;
  readonly isEditing: boolean;
  /** Nothing can be decided: a dry run, or an earlier state is shown. */
  readonly isFixed: boolean;
  readonly onDecide: (decision: Decision) => void;
  readonly onEditingChange: (isEditing: boolean) => void;
}

const verdicts = {
  approve: { label: "To approve", tone: "accent", edge: "border-l-accent-mark" },
  decline: { label: "To decline", tone: "outline", edge: "border-l-line-strong" },
  never: { label: "Never ask again", tone: "outline", edge: "border-l-line-strong" },
} as const;

/** One proposal that waits: what it would change, why, what its test found, and the verdicts. */
export function ProposalCard(props: ProposalCardProps) {
  const { proposal, decision, isEditing, isFixed, onDecide, onEditingChange } = props;
  const look = decision === undefined ? null : verdicts[decision.verdict];
  return (
    <div
      className={cn(
        "flex flex-col gap-3 border-l-3 border-l-transparent px-(--card-pad) py-3.5",
        look?.edge,
        (decision?.verdict === "decline" || decision?.verdict === "never") && "bg-sunken",
      )}
    >
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-72">
          <h3 className="text-sm font-medium break-words">{proposal.title}</h3>
          <p className="text-xs text-pretty text-muted">{proposal.why}</p>
        </div>
        {look ? (
          <Badge tone={look.tone}>
            {decision?.content === undefined ? look.label : "To approve, edited"}
          </Badge>
        ) : proposal.risk === "high" ? null : (
          <Badge tone="outline">low risk</Badge>
        )}
      </div>
      <ProposalChange proposal={proposal} content={decision?.content} />
      {isEditing ? (
        <MergeEditor
          text={decision?.content ?? proposedText(proposal)}
          onCancel={() => onEditingChange(false)}
          onSave={(content) => {
            onDecide({ verdict: "approve", content });
            onEditingChange(false);
          }}
        />
      ) : null}
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <ProposalFigures proposal={proposal} />
        {isFixed ? null : <Verdicts {...props} />}
      </div>
    </div>
  );
}

function Verdicts({ proposal, decision, onDecide, onEditingChange }: ProposalCardProps) {
  const name = proposal.title;
  const is = (verdict: Decision["verdict"]) => decision?.verdict === verdict;
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      <Button
        size="sm"
        aria-pressed={is("approve")}
        variant={is("approve") ? "primary" : "secondary"}
        aria-label={`Approve: ${name}`}
        aria-keyshortcuts="a"
        onClick={() => onDecide({ verdict: "approve" })}
      >
        <Check aria-hidden />
        Approve
      </Button>
      <Button
        size="sm"
        aria-pressed={is("decline")}
        aria-label={`Decline: ${name}`}
        aria-keyshortcuts="r"
        onClick={() => onDecide({ verdict: "decline" })}
      >
        <X aria-hidden />
        Decline
      </Button>
      {proposal.kind === "merge" ? (
        <Button
          size="sm"
          variant="ghost"
          aria-label={`Edit then approve: ${name}`}
          aria-keyshortcuts="e"
          onClick={() => onEditingChange(true)}
        >
          <Pencil aria-hidden />
          Edit
        </Button>
      ) : null}
      <Button
        size="sm"
        variant="ghost"
        aria-pressed={is("never")}
        aria-label={`Never ask again: ${name}`}
        aria-keyshortcuts="n"
        onClick={() => onDecide({ verdict: "never" })}
      >
        <CircleSlash aria-hidden />
        Never ask
      </Button>
    </span>
  );
}

interface MergeEditorProps {
  readonly text: string;
  readonly onSave: (content: string) => void;
  readonly onCancel: () => void;
}

export function MergeEditor({ text, onSave, onCancel }: MergeEditorProps) {
  const [typed, setTyped] = useState(text);
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() !== "") onSave(typed.trim());
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
      }}
    >
      <Field label="Text of the merge" hint="Words that no source has are marked as new once it is kept.">
        {(ids) => (
          <Textarea
            {...ids}
            autoFocus
            rows={3}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      <span className="flex gap-2">
        <Button type="submit" size="sm" variant="primary" disabled={typed.trim() === ""}>
          Keep this text and approve
        </Button>
        <Button size="sm" onClick={onCancel}>
          Cancel
        </Button>
      </span>
    </form>
  );
}
