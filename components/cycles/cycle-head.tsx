"use client";

import { History, Undo2, Waypoints, X } from "lucide-react";
import Link from "next/link";
import { useReadOnly } from "@/components/shell/use-read-only";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { formatPoints, plural } from "@/lib/format/number";
import { formatDuration } from "@/lib/format/time";
import { CycleCrumbs } from "./cycle-crumbs";
import { CycleState } from "./cycle-state";
import { countOf, formatRange, qualityMove, triggerWords, verdictOf, type Cycle } from "./cycle-words";

export interface CycleHeadProps {
  readonly cycle: Cycle;
  readonly isCancelling: boolean;
  readonly onCancel: () => void;
  readonly onRevert: () => void;
}

/** The verdict first, then who ran it, and what takes all of it back. */
export function CycleHead({ cycle, isCancelling, onCancel, onRevert }: CycleHeadProps) {
  const isReadOnly = useReadOnly();
  const inForce = countOf(cycle.counts, "applied");
  const isRunning = cycle.state === "running";
  const canCancel = isRunning || (cycle.state === "waiting" && cycle.waiting > 0);
  return (
    <PageHeader
      crumbs={<CycleCrumbs />}
      title={`Cycle ${cycle.number}`}
      aside={<CycleState cycle={cycle} />}
      description={
        <>
          <span className="text-ink">{verdictOf(cycle)}</span> <Worth cycle={cycle} />
          <span className="mt-1 block text-xs">
            Run {triggerWords[cycle.trigger]} <RelativeTime at={cycle.startedAt} />,{" "}
            {formatDuration(cycle.cost.milliseconds)}, {plural(cycle.cost.modelCalls, "model call")}
            {cycle.reason ? <>: “{cycle.reason}”</> : null}
          </span>
        </>
      }
      actions={
        <>
          {cycle.groupId === null ? null : (
            <Button asChild variant="ghost">
              <Link href={`/timeline?cycle=${cycle.id}`}>
                <History aria-hidden />
                Its changes
              </Link>
            </Button>
          )}
          {cycle.groupId === null ? null : (
            <Button asChild variant="ghost">
              <Link href={`/graph?cycle=${cycle.id}`}>
                <Waypoints aria-hidden />
                On the graph
              </Link>
            </Button>
          )}
          {canCancel && !isReadOnly ? (
            <Button busy={isCancelling} onClick={onCancel} title={keptText(cycle)}>
              {isCancelling ? null : <X aria-hidden />}
              {isRunning ? "Cancel" : "Withdraw the rest"}
            </Button>
          ) : null}
          {inForce > 0 && !isReadOnly ? (
            <Button onClick={onRevert}>
              <Undo2 aria-hidden />
              Revert cycle
            </Button>
          ) : null}
        </>
      }
    />
  );
}

export const keptText = ({ state }: Pick<Cycle, "state">): string =>
  state === "running"
    ? "Cancelled now, nothing of it is kept."
    : "What waits is withdrawn; what is in force stays.";

function Worth({ cycle }: { readonly cycle: Cycle }) {
  const move = qualityMove(cycle);
  if (move === null || cycle.state === "failed" || cycle.state === "running") return null;
  return (
    <span className="num">
      nDCG {formatPoints(move.delta)} {move.basis}
      {move.interval === null ? "" : ` (${formatRange(move.interval)})`}.
    </span>
  );
}
