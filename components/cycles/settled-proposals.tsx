"use client";

import { ChevronRight, Undo2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import type { RevertTarget } from "@/components/timeline/revert-target";
import { useReadOnly } from "@/components/shell/use-read-only";
import { Badge, type BadgeProps } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { formatPoints, plural } from "@/lib/format/number";
import { FigureRow, ProposalFigures } from "./proposal-figures";
import type { Proposal } from "./cycle-words";
import { ProposalChange } from "./proposal-change";

export interface SettledProposalsProps {
  readonly heading: string;
  readonly note: string;
  readonly proposals: readonly Proposal[];
  readonly opensFirst: boolean;
  readonly busyKey: string | null;
  readonly onRevert: (target: RevertTarget, key: string) => void;
}

const FIRST_ROWS = 20;

/** Proposals on which nobody has to decide: a line each, with everything behind it. */
export function SettledProposals(props: SettledProposalsProps) {
  const { heading, note, proposals, opensFirst } = props;
  const [isOpen, setOpen] = useState(opensFirst);
  const [isWhole, setWhole] = useState(false);
  if (proposals.length === 0) return null;
  const shown = isWhole ? proposals : proposals.slice(0, FIRST_ROWS);
  return (
    <div>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex min-h-9 w-full flex-wrap items-center gap-x-2 px-(--card-pad) py-1.5 text-left text-sm focus-inset hover:bg-hover"
      >
        <ChevronRight
          aria-hidden
          className={cn("size-4 shrink-0 text-muted transition-transform", isOpen && "rotate-90")}
        />
        <span className="font-medium">
          {plural(proposals.length, "proposal")} {heading}
        </span>
        <span className="text-xs text-muted">{note}</span>
      </button>
      {isOpen ? (
        <ul className="divide-y divide-line border-t border-line">
          {shown.map((proposal) => (
            <SettledRow key={proposal.id} proposal={proposal} {...props} />
          ))}
        </ul>
      ) : null}
      {isOpen && shown.length < proposals.length ? (
        <Button variant="link" size="sm" className="mx-(--card-pad) my-2" onClick={() => setWhole(true)}>
          {plural(proposals.length - shown.length, "more proposal")}
        </Button>
      ) : null}
    </div>
  );
}

const stateLooks: Readonly<
  Record<Proposal["state"], { readonly label: string; readonly tone: NonNullable<BadgeProps["tone"]> }>
> = {
  waiting: { label: "Waits", tone: "outline" },
  applied: { label: "Applied", tone: "neutral" },
  declined: { label: "Declined", tone: "outline" },
  rejected: { label: "Test failed", tone: "loss" },
  expired: { label: "Expired", tone: "outline" },
  reverted: { label: "Reverted", tone: "reverted" },
  failed: { label: "Not applied", tone: "loss" },
};

function SettledRow({
  proposal,
  busyKey,
  onRevert,
}: SettledProposalsProps & { readonly proposal: Proposal }) {
  const isReadOnly = useReadOnly();
  const look = stateLooks[proposal.state];
  const failed = proposal.gate.figures.filter((figure) => !figure.passed);
  return (
    <li
      aria-label={proposal.title}
      className="flex flex-wrap items-start gap-x-3 gap-y-2 px-(--card-pad) py-(--row-y)"
    >
      <div className="flex min-w-0 flex-1 basis-72 flex-col gap-1">
        <Disclosed
          title={
            <span className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
              <span className="min-w-0 text-sm break-words">{proposal.title}</span>
              <Badge tone={look.tone}>{look.label}</Badge>
              <span className="text-xs text-muted">{byText(proposal)}</span>
            </span>
          }
        >
          <div className="mt-2 flex flex-col gap-2">
            <p className="text-xs text-muted">{proposal.why}</p>
            <ProposalChange proposal={proposal} content={undefined} />
            <ProposalFigures proposal={proposal} />
          </div>
        </Disclosed>
        {proposal.state === "rejected" && failed.length > 0 ? (
          <ul className="max-w-xl pl-5.5 text-xs text-muted">
            {failed.map((figure) => (
              <FigureRow key={figure.name} figure={figure} />
            ))}
          </ul>
        ) : null}
        <Measured proposal={proposal} />
      </div>
      {isUndoable(proposal) && !isReadOnly ? (
        <Button
          size="sm"
          variant="ghost"
          busy={busyKey === proposal.id}
          aria-label={`${proposal.state === "declined" ? "Ask again" : "Revert"}: ${proposal.title}`}
          onClick={() => onRevert({ changeIds: [...proposal.changeIds] }, proposal.id)}
        >
          <Undo2 aria-hidden />
          {proposal.state === "declined" ? "Ask again" : "Revert"}
        </Button>
      ) : null}
    </li>
  );
}

/** Either is a change, and taken back as one; what was declined then waits again. */
const isUndoable = ({ state, changeIds }: Proposal): boolean =>
  (state === "applied" || state === "declined") && changeIds.length > 0;

function Disclosed({ title, children }: { readonly title: ReactNode; readonly children: ReactNode }) {
  return (
    <details className="group">
      <summary className="flex min-h-6 cursor-pointer list-none items-start gap-1.5 rounded-xs [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="mt-0.5 size-4 shrink-0 text-muted transition-transform group-open:rotate-90"
        />
        <span className="min-w-0 flex-1">{title}</span>
      </summary>
      <div className="pl-5.5">{children}</div>
    </details>
  );
}

function byText({ state, decidedBy, decisionReason }: Proposal): string {
  if (state === "rejected") return "";
  const reason = decisionReason ? `: “${decisionReason}”` : "";
  if (decidedBy === null) return state === "applied" ? `by itself${reason}` : reason;
  const type = decidedBy.split(":")[0];
  const who = type === "person" ? "by you" : type === "key" ? "by an API client" : "by itself";
  return `${who}${reason}`;
}

/** What it came to, next to what was expected of it. */
function Measured({ proposal: { measured, predicted, state } }: { readonly proposal: Proposal }) {
  if (state !== "applied" && state !== "reverted") return null;
  if (measured === null && predicted.ndcgDelta === null) return null;
  return (
    <p className="num pl-5.5 text-xs text-muted">
      nDCG predicted {formatPoints(predicted.ndcgDelta)}
      {measured === null
        ? ", not measured yet"
        : `, measured ${formatPoints(measured.ndcgDelta)} after ${plural(measured.day, "day")}`}
    </p>
  );
}
