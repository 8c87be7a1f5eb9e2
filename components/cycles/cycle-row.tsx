"use client";

import Link from "next/link";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { plural } from "@/lib/format/number";
import { formatDuration } from "@/lib/format/time";
import { CycleState } from "./cycle-state";
import {
  countOf,
  didHarm,
  keptOfFailure,
  qualityMove,
  stageWords,
  triggerWords,
  type CycleSummary,
} from "./cycle-words";
import { KindBar } from "./kind-bar";
import { QualityDelta } from "./quality-delta";
import { StageProgress } from "./stage-progress";

export interface CycleRowProps {
  readonly cycle: CycleSummary;
  readonly isCancelling: boolean;
  readonly onCancel: () => void;
}

/** One cycle: where it stands, what it changes, what that is worth, and what it cost. */
export function CycleRow({ cycle, isCancelling, onCancel }: CycleRowProps) {
  const isRunning = cycle.state === "running";
  return (
    <div className="grid gap-x-5 gap-y-2.5 px-(--card-pad) py-3 compact:py-2 sm:grid-cols-2 lg:grid-cols-[minmax(0,15rem)_minmax(0,1fr)_minmax(0,13rem)_7rem] lg:items-center">
      <div className="flex min-w-0 flex-col gap-1">
        <span className="flex flex-wrap items-center gap-2">
          <Link
            href={`/cycles/${cycle.id}`}
            className="num rounded-xs text-sm font-medium underline-offset-2 hover:underline"
          >
            Cycle {cycle.number}
          </Link>
          <CycleState cycle={cycle} />
        </span>
        <span className="text-xs text-muted">
          Run {triggerWords[cycle.trigger]} <RelativeTime at={cycle.startedAt} focusable={false} />
        </span>
      </div>
      {isRunning ? (
        <StageProgress stages={cycle.stages} />
      ) : cycle.failure ? (
        <span className="text-xs break-words text-loss">
          Failed at “{stageWords[cycle.failure.stage]}”. {keptOfFailure(cycle)}
        </span>
      ) : (
        <Changes cycle={cycle} />
      )}
      {isRunning ? (
        <span className="text-xs text-muted">Cancelled now, nothing of it is kept.</span>
      ) : cycle.failure ? (
        <span aria-hidden />
      ) : (
        <QualityDelta move={qualityMove(cycle)} />
      )}
      {isRunning ? (
        <Button
          size="sm"
          busy={isCancelling}
          onClick={onCancel}
          className="justify-self-start lg:justify-self-end"
        >
          Cancel
        </Button>
      ) : (
        <span className="num text-xs text-muted lg:text-right">
          {formatDuration(cycle.cost.milliseconds)}
          <span className="lg:hidden">, </span>
          <span className="lg:block">{plural(cycle.cost.modelCalls, "model call")}</span>
        </span>
      )}
    </div>
  );
}

function Changes({ cycle }: Pick<CycleRowProps, "cycle">) {
  const { counts, waiting, dryRun } = cycle;
  const rejected = countOf(counts, "rejected");
  const notes = [
    ...(didHarm(cycle) ? ["did harm, taken back by itself"] : []),
    ...(waiting > 0 && !dryRun ? [`${waiting} to review`] : []),
    ...(rejected > 0 ? [`${rejected} failed ${rejected === 1 ? "its" : "their"} test`] : []),
  ];
  return (
    <span className="flex min-w-0 flex-col">
      <KindBar counts={counts} />
      {notes.length > 0 ? <span className="num text-xs text-muted">{notes.join(", ")}</span> : null}
    </span>
  );
}
