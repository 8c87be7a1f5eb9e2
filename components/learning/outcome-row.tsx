"use client";

import { Undo2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { plural } from "@/lib/format/number";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { RelativeTime } from "../ui/relative-time";
import { StatusBadge } from "../ui/status-badge";
import {
  outcomeWords,
  standingLabels,
  standingOf,
  weightWords,
  whoSaid,
  type Moved,
  type Outcome,
} from "./outcome-words";

export interface OutcomeRowProps {
  readonly outcome: Outcome;
  /** Null where nothing is left to take back, or nothing may be written. */
  readonly onTakeBack: (() => void) | null;
}

export const WITHOUT_QUESTION = "A verdict without a question";

/** One outcome: the question, how it turned out against what was expected, who said so, and each memory it moved. */
export function OutcomeRow({ outcome, onTakeBack }: OutcomeRowProps) {
  const words = outcomeWords(outcome);
  const standing = standingOf(outcome.moved);
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <p className="text-sm font-medium text-pretty break-words">{outcome.query ?? WITHOUT_QUESTION}</p>
          <p className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
            <Badge tone={words.tone}>{words.title}</Badge>
            {words.against === null ? null : <span className="num">{words.against}</span>}
            <span aria-hidden>·</span>
            <span className="break-words">{whoSaid(outcome)}</span>
            <span aria-hidden>·</span>
            <RelativeTime at={outcome.at} focusable={false} />
          </p>
        </div>
        <div className="flex items-center gap-2">
          {standing === "live" ? null : (
            <Badge tone={standing === "empty" ? "outline" : "reverted"}>{standingLabels[standing]}</Badge>
          )}
          {onTakeBack === null ? null : (
            <Button size="sm" aria-keyshortcuts="r" onClick={onTakeBack}>
              <Undo2 aria-hidden />
              Take this outcome back
            </Button>
          )}
        </div>
      </div>
      {outcome.moved.length === 0 ? (
        <p className="text-xs text-muted">
          Kept, but no memory was credited: it was as expected, or nothing that was shown could be credited.
        </p>
      ) : (
        <MovedList outcome={outcome} />
      )}
    </div>
  );
}

const FIRST_MOVED = 3;

function MovedList({ outcome }: { readonly outcome: Outcome }) {
  const [isOpen, setOpen] = useState(false);
  const hidden = outcome.moved.length - FIRST_MOVED;
  return (
    <>
      <ul aria-label="Memories it moved" className="flex flex-col gap-1">
        {outcome.moved.slice(0, isOpen ? undefined : FIRST_MOVED).map((moved) => (
          <MovedRow key={moved.changeId} moved={moved} />
        ))}
      </ul>
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-xs text-muted">
        {hidden > 0 ? (
          <Button variant="link" size="sm" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? "Show fewer" : `Show ${hidden} more`}
          </Button>
        ) : null}
        <span>
          Moved {plural(outcome.moved.length, "memory", "memories")}
          {outcome.query === null ? "" : `; ${rankWords(outcome)}`}
        </span>
        <Link
          href={`/timeline?signal=${outcome.id}`}
          className="rounded-xs text-accent underline-offset-2 hover:underline"
        >
          On the timeline
        </Link>
      </div>
    </>
  );
}

function rankWords({ ranksChanged }: Pick<Outcome, "ranksChanged">): string {
  return ranksChanged ? "the ranking of its question changed" : "no rank of its question changed";
}

function MovedRow({ moved }: { readonly moved: Moved }) {
  const isOut = moved.status !== "live";
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3 text-sm sm:grid-cols-[minmax(0,1fr)_auto_6rem]">
      <Link
        href={`/memories/${moved.memoryId}`}
        className={cn(
          "truncate rounded-xs underline-offset-2 hover:underline",
          isOut && "text-muted line-through",
        )}
      >
        {moved.label === "" ? moved.memoryId : moved.label}
      </Link>
      <span className="max-sm:row-start-2 max-sm:empty:hidden">
        {isOut ? <StatusBadge status={moved.status} /> : null}
      </span>
      <span
        title="In observations"
        className={cn(
          "num text-right text-xs",
          isOut ? "text-muted" : moved.weight < 0 ? "text-loss" : "text-gain",
        )}
      >
        {weightWords(moved.weight)}
      </span>
    </li>
  );
}
