"use client";

import dynamic from "next/dynamic";
import { Check, CircleSlash, MessageSquare, Pencil, X } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { Proposal } from "./cycle-words";
import type { Decision } from "./decisions";
import { ProposalChange } from "./proposal-change";
import { ProposalFigures } from "./proposal-figures";

const CommentEditor = dynamic(() => import("./comment-editor").then((module) => module.CommentEditor), {
  ssr: false,
});
const MergeEditor = dynamic(() => import("./merge-editor").then((module) => module.MergeEditor), {
  ssr: false,
});

export interface ProposalCardProps {
  readonly proposal: Proposal;
  readonly decision: Decision | undefined;
  /** What a person noted about it; empty: nothing. */
  readonly comment: string;
  /** Which of its fields is open. */
  readonly open: OpenField;
  /** Nothing can be decided: a dry run, or an earlier state is shown. */
  readonly isFixed: boolean;
  readonly onDecide: (decision: Decision) => void;
  readonly onComment: (comment: string) => void;
  readonly onOpen: (open: OpenField) => void;
}

export type OpenField = "edit" | "comment" | null;

const verdicts = {
  approve: { label: "To approve", tone: "accent", edge: "border-l-accent-mark" },
  decline: { label: "To decline", tone: "outline", edge: "border-l-line-strong" },
  never: { label: "Never ask again", tone: "outline", edge: "border-l-line-strong" },
} as const;

/** One proposal that waits: what it would change, why, what its test found, and the verdicts. */
export function ProposalCard(props: ProposalCardProps) {
  const { proposal, decision, comment, open, isFixed, onDecide, onComment, onOpen } = props;
  const look = decision === undefined ? null : verdicts[decision.verdict];
  return (
    <div
      className={cn(
        "flex flex-col gap-3 border-l-3 border-l-transparent px-(--card-pad) py-3.5 compact:py-2.5",
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
          <Badge tone={look.tone}>{isEdited(decision) ? "To approve, edited" : look.label}</Badge>
        ) : proposal.risk === "high" ? null : (
          <Badge tone="outline">low risk</Badge>
        )}
      </div>
      <ProposalChange proposal={proposal} content={decision?.content} />
      {open === "edit" ? (
        <MergeEditor
          proposal={proposal}
          decision={decision}
          onCancel={() => onOpen(null)}
          onSave={(edit) => {
            onDecide({ verdict: "approve", ...edit });
            onOpen(null);
          }}
        />
      ) : null}
      {open === "comment" ? (
        <CommentEditor
          comment={comment}
          onCancel={() => onOpen(null)}
          onSave={(text) => {
            onComment(text);
            onOpen(null);
          }}
        />
      ) : comment === "" ? null : (
        <p className="border-l-2 border-l-line-strong pl-2.5 text-sm break-words text-muted">
          <span className="sr-only">Your comment: </span>
          {comment}
        </p>
      )}
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <ProposalFigures proposal={proposal} />
        {isFixed ? null : <Verdicts {...props} />}
      </div>
    </div>
  );
}

const isEdited = (decision: Decision | undefined): boolean =>
  decision?.content !== undefined || decision?.sources !== undefined;

function Verdicts({ proposal, decision, onDecide, onOpen }: ProposalCardProps) {
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
          onClick={() => onOpen("edit")}
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
      <Button
        size="sm"
        variant="ghost"
        aria-label={`Comment: ${name}`}
        aria-keyshortcuts="c"
        onClick={() => onOpen("comment")}
      >
        <MessageSquare aria-hidden />
        Comment
      </Button>
    </span>
  );
}
