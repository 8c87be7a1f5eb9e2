"use client";

import { CheckCheck } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { ListFocus } from "@/components/ui/use-list-focus";
import { kindWords, type Kind, type Proposal } from "./cycle-words";
import type { Comments, Decisions } from "./decisions";
import { ProposalCard, type OpenField, type ProposalCardProps } from "./proposal-card";
import { SettledProposals, type SettledProposalsProps } from "./settled-proposals";

export interface ProposalGroupProps
  extends Pick<SettledProposalsProps, "busyKey" | "onRevert">, Pick<ProposalCardProps, "isFixed"> {
  readonly kind: Kind;
  readonly proposals: readonly Proposal[];
  /** Where its first waiting proposal stands among all that wait. */
  readonly firstRow: number;
  readonly decisions: Decisions;
  readonly comments: Comments;
  /** The one proposal with an open field, and which. */
  readonly opened: Opened;
  readonly rowProps: ListFocus<HTMLDivElement>["rowProps"];
  readonly onDecide: (proposal: Proposal, decision: Parameters<ProposalCardProps["onDecide"]>[0]) => void;
  readonly onComment: (id: string, comment: string) => void;
  readonly onOpen: (opened: Opened) => void;
  readonly onApproveRest: (ids: readonly string[]) => void;
}

export type Opened = { readonly id: string; readonly field: NonNullable<OpenField> } | null;

/** All proposals of one kind: those that wait for a person first, by risk, then what became of the others. */
export function ProposalGroup(props: ProposalGroupProps) {
  const { kind, proposals, decisions, isFixed, onApproveRest } = props;
  const waiting = proposals.filter(({ state }) => state === "waiting");
  const open = waiting.filter(({ id }) => !decisions.has(id));
  return (
    <Card
      flush
      title={kindWords[kind].heading}
      description={countText(proposals)}
      aria-label={kindWords[kind].heading}
      actions={
        waiting.length > 0 && !isFixed ? (
          <Button
            size="sm"
            disabled={open.length === 0}
            aria-keyshortcuts="A"
            onClick={() => onApproveRest(open.map(({ id }) => id))}
          >
            <CheckCheck aria-hidden />
            Approve {open.length === waiting.length ? "all" : "the remaining"}{" "}
            {open.length === 0 ? "" : open.length}
          </Button>
        ) : undefined
      }
      className="overflow-hidden"
    >
      <div className="divide-y divide-line border-t border-line">
        {waiting.length > 0 ? <Waiting {...props} waiting={waiting} /> : null}
        <Settled {...props} hasWaiting={waiting.length > 0} />
      </div>
    </Card>
  );
}

function Waiting(props: ProposalGroupProps & { readonly waiting: readonly Proposal[] }) {
  const { waiting, firstRow, decisions, comments, opened, isFixed, rowProps } = props;
  const { onDecide, onComment, onOpen } = props;
  return (
    <ul aria-label={`${kindWords[props.kind].heading} to review`} className="divide-y divide-line">
      {waiting.map((proposal, index) => (
        <li
          key={proposal.id}
          aria-label={proposal.title}
          {...rowProps(firstRow + index)}
          className="focus-inset [contain-intrinsic-size:auto_180px] [content-visibility:auto]"
        >
          <ProposalCard
            proposal={proposal}
            decision={decisions.get(proposal.id)}
            comment={comments.get(proposal.id) ?? ""}
            open={opened?.id === proposal.id ? opened.field : null}
            isFixed={isFixed}
            onDecide={(decision) => onDecide(proposal, decision)}
            onComment={(comment) => onComment(proposal.id, comment)}
            onOpen={(field) => onOpen(field === null ? null : { id: proposal.id, field })}
          />
        </li>
      ))}
    </ul>
  );
}

function Settled({
  proposals,
  busyKey,
  onRevert,
  hasWaiting,
}: ProposalGroupProps & { readonly hasWaiting: boolean }) {
  const isAuto = ({ state, decidedBy }: Proposal) =>
    state === "applied" && !(decidedBy?.startsWith("person:") || decidedBy?.startsWith("key:"));
  const auto = proposals.filter(isAuto);
  const rejected = proposals.filter(({ state }) => state === "rejected");
  const others = proposals.filter(
    (proposal) => !isAuto(proposal) && proposal.state !== "waiting" && proposal.state !== "rejected",
  );
  const shared = { busyKey, onRevert };
  return (
    <>
      <SettledProposals
        {...shared}
        heading="decided"
        note="By a person, by expiry, or taken back since."
        proposals={others}
        opensFirst
      />
      <SettledProposals
        {...shared}
        heading="applied without you"
        note="Low risk, and its test was passed."
        proposals={auto}
        opensFirst={!hasWaiting && others.length === 0}
      />
      <SettledProposals
        {...shared}
        heading="rejected by the test"
        note="Kept to be looked at. Nothing of it was done."
        proposals={rejected}
        opensFirst
      />
    </>
  );
}

function countText(proposals: readonly Proposal[]): string {
  const count = (state: Proposal["state"]) => proposals.filter((proposal) => proposal.state === state).length;
  const parts = [
    [count("waiting"), "to review"],
    [count("applied"), "in force"],
    [count("rejected"), "failed the test"],
  ] as const;
  return parts
    .filter(([some]) => some > 0)
    .map(([some, words]) => `${some} ${words}`)
    .join(", ");
}
