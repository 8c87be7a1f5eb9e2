"use client";

import dynamic from "next/dynamic";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useState } from "react";
import type { RevertTarget } from "@/components/timeline/revert-target";
import { useReadOnly } from "@/components/shell/use-read-only";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { useListFocus } from "@/components/ui/use-list-focus";
import { ApplyBar } from "./apply-bar";
import type { Cycle, Kind, Proposal } from "./cycle-words";
import type { Decision } from "./decisions";
import { largestEffectFirst } from "./effect-order";
import { ProposalGroup, type Opened } from "./proposal-group";
import { useDecisions } from "./use-decisions";

const ApplyDialog = dynamic(() => import("./apply-dialog").then((module) => module.ApplyDialog), {
  ssr: false,
});

export interface CycleReviewProps {
  readonly cycle: Cycle;
  readonly busyKey: string | null;
  readonly onRevert: (target: RevertTarget, key: string) => void;
}

/** The proposals, grouped by kind, and the decisions about them. Nothing is final until it is applied. */
export function CycleReview({ cycle, busyKey, onRevert }: CycleReviewProps) {
  const isFixed = useReadOnly() || cycle.dryRun || cycle.state === "running";
  const review = useDecisions(cycle);
  const [opened, setOpened] = useState<Opened>(null);
  const [sort, setSort] = useQueryState("sort", parseAsStringLiteral(sorts).withDefault("risk"));
  const [isApplying, setApplying] = useState(false);
  const groups = byKind(sort === "risk" ? cycle.proposals : largestEffectFirst(cycle.proposals));
  const waiting = groups.flatMap(({ proposals }) => proposals.filter(isWaiting));
  const { list, rowProps } = useReviewKeys({ waiting, isFixed, review, onOpen: setOpened });
  const decideAt = (proposal: Proposal, decision: Decision) => review.decide(proposal.id, decision);
  if (groups.length === 0) return <NothingFound cycle={cycle} />;
  return (
    <>
      {waiting.length > 1 ? <SortControl sort={sort} onSort={(next) => void setSort(next)} /> : null}
      <div ref={list} className="flex flex-col gap-(--page-gap)">
        {groups.map(({ kind, proposals }) => (
          <ProposalGroup
            key={kind}
            kind={kind}
            proposals={proposals}
            firstRow={waiting.findIndex((proposal) => proposal.kind === kind)}
            decisions={review.decisions}
            comments={review.comments}
            opened={opened}
            isFixed={isFixed}
            rowProps={rowProps}
            busyKey={busyKey}
            onRevert={onRevert}
            onDecide={decideAt}
            onComment={review.comment}
            onOpen={setOpened}
            onApproveRest={review.approveRest}
          />
        ))}
      </div>
      {waiting.length > 0 && !isFixed ? (
        <ApplyBar
          decisions={review.decisions}
          waitingCount={waiting.length}
          onClear={review.clear}
          onApply={() => setApplying(true)}
        />
      ) : null}
      {isApplying && review.decisions.size > 0 ? (
        <ApplyDialog
          cycle={cycle}
          decisions={review.decisions}
          comments={review.comments}
          onOpenChange={setApplying}
          onDone={review.clear}
        />
      ) : null}
    </>
  );
}

const sorts = ["risk", "effect"] as const;
type Sort = (typeof sorts)[number];
const sortSegments = [
  { value: "risk", label: "Riskiest first" },
  { value: "effect", label: "Largest effect first" },
] as const;

function SortControl({ sort, onSort }: { readonly sort: Sort; readonly onSort: (sort: Sort) => void }) {
  return (
    <div className="flex justify-end">
      <SegmentedControl
        label="Order of the proposals"
        segments={sortSegments}
        value={sort}
        onValueChange={onSort}
      />
    </div>
  );
}

const isWaiting = ({ state }: Proposal): boolean => state === "waiting";

/** Kinds in the order of their riskiest proposal, as the engine sorts them. */
function byKind(
  proposals: readonly Proposal[],
): readonly { readonly kind: Kind; readonly proposals: readonly Proposal[] }[] {
  const kinds = [...new Set(proposals.map((proposal) => proposal.kind))];
  return kinds.map((kind) => ({ kind, proposals: proposals.filter((proposal) => proposal.kind === kind) }));
}

interface ReviewKeys {
  readonly waiting: readonly Proposal[];
  readonly isFixed: boolean;
  readonly review: ReturnType<typeof useDecisions>;
  readonly onOpen: (opened: Opened) => void;
}

/** A verdict brings the next proposal; taking one back stays where it is. */
function useReviewKeys({ waiting, isFixed, review, onOpen }: ReviewKeys) {
  const say = (verdict: Decision["verdict"]) => (index: number) => {
    const proposal = waiting[index];
    if (proposal === undefined) return;
    const isTakenBack = review.decisions.get(proposal.id)?.verdict === verdict;
    review.decide(proposal.id, { verdict });
    if (!isTakenBack) focus.moveTo(index + 1);
  };
  const edit = (index: number) => {
    const proposal = waiting[index];
    if (proposal?.kind === "merge") onOpen({ id: proposal.id, field: "edit" });
  };
  const comment = (index: number) => {
    const proposal = waiting[index];
    if (proposal) onOpen({ id: proposal.id, field: "comment" });
  };
  const approveGroup = (index: number) => {
    const kind = waiting[index]?.kind;
    review.approveRest(waiting.filter((proposal) => proposal.kind === kind).map(({ id }) => id));
  };
  const focus = useListFocus<HTMLDivElement>({
    count: isFixed ? 0 : waiting.length,
    group: "Review",
    keys: [
      { keys: ["a"], label: "Approve", run: say("approve") },
      { keys: ["r"], label: "Decline", run: say("decline") },
      { keys: ["e"], label: "Edit the merge, then approve", run: edit },
      { keys: ["s"], label: "Leave a source out of the merge", run: edit },
      { keys: ["c"], label: "Comment", run: comment },
      { keys: ["n"], label: "Never ask again", run: say("never") },
      { keys: ["A"], label: "Approve the remaining of its kind", run: approveGroup },
    ],
  });
  return focus;
}

function NothingFound({ cycle: { state } }: { readonly cycle: Cycle }) {
  if (state === "running" || state === "failed") return null;
  return (
    <Card>
      <EmptyState title="Nothing to improve">
        It found no duplicate, no contradiction and no setting to tune among what changed since the cycle
        before.
      </EmptyState>
    </Card>
  );
}
