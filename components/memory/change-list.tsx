"use client";

import { Redo2, Undo2 } from "lucide-react";
import Link from "next/link";
import type { CallOutput } from "@/lib/client/api";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { RelativeTime } from "../ui/relative-time";
import { StatusBadge } from "../ui/status-badge";
import { verbOf } from "../timeline/change-verb";
import { RevertDialog } from "../timeline/revert-dialog";
import { useQuickRevert } from "../timeline/use-revert";

type Change = CallOutput<"changes.list">["items"][number];

export interface ChangeListProps {
  readonly label: string;
  readonly changes: readonly Change[];
  /** Lead to what each moved, instead of to the timeline; of no use on that one's own page. */
  readonly linkTarget?: boolean;
  /** Always show the effect first, instead of only where a revert touches something else. */
  readonly alwaysPreview?: boolean;
  readonly selectedId?: string | null;
  readonly isReadOnly?: boolean;
}

/** Changes, newest first, each with what takes it back or puts it in force again. */
export function ChangeList(props: ChangeListProps) {
  const { label, changes, linkTarget = false, alwaysPreview = false, selectedId, isReadOnly = false } = props;
  const revert = useQuickRevert();
  const act = (changeId: string, verbDone: string) => {
    const target = { changeIds: [changeId] };
    if (alwaysPreview) revert.ask(target);
    else void revert.run(target, { key: changeId, verbDone });
  };
  return (
    <>
      <ol aria-label={label} className="divide-y divide-line border-t border-line">
        {changes.map((change) => (
          <li
            key={change.id}
            id={`change-${change.id}`}
            aria-current={change.id === selectedId ? "true" : undefined}
            className={cn(
              "flex items-start gap-3 px-(--card-pad) py-2 text-sm sm:items-center",
              change.id === selectedId && "bg-accent-soft",
            )}
          >
            <ChangeText change={change} linkTarget={linkTarget} />
            {isReadOnly ? null : <RevertButton change={change} busyId={revert.busyKey} onRevert={act} />}
          </li>
        ))}
      </ol>
      <RevertDialog target={revert.pending} open={revert.isOpen} onOpenChange={revert.setOpen} />
    </>
  );
}

interface ChangeTextProps {
  readonly change: Change;
  readonly linkTarget: boolean;
}

function ChangeText({ change, linkTarget }: ChangeTextProps) {
  const onTimeline = `/timeline?group=${change.groupId}`;
  const target = change.targetType === "memory" ? `/memories/${change.targetId}` : onTimeline;
  const isOut = change.status !== "live";
  return (
    <div className="min-w-0 flex-1">
      <div className="flex min-w-0 flex-wrap items-center gap-x-2">
        <Link
          href={linkTarget ? target : onTimeline}
          className={cn("rounded-xs underline-offset-2 hover:underline", isOut && "text-muted line-through")}
        >
          {change.summary}
        </Link>
        {isOut ? <StatusBadge status={change.status} /> : null}
        {change.unsupported ? <StatusBadge status="unsupported" /> : null}
      </div>
      <div className="flex min-w-0 flex-wrap items-center gap-x-1.5 text-xs text-muted">
        <span className="shrink-0">{change.actor.name}</span>
        <span aria-hidden>·</span>
        <span className="shrink-0">
          <RelativeTime at={change.at} focusable={false} />
        </span>
        {change.cause.reason ? <q className="min-w-0 truncate">{change.cause.reason}</q> : null}
      </div>
    </div>
  );
}

interface RevertButtonProps {
  readonly change: Change;
  readonly busyId: string | null;
  readonly onRevert: (changeId: string, verbDone: string) => void;
}

function RevertButton({ change, busyId, onRevert }: RevertButtonProps) {
  const verb = verbOf(change);
  // What puts a reverted change in force again is to take its revert back.
  const subject = change.status === "reverted" ? change.statusBy : change.id;
  if (verb === null || subject === null) return null;
  const isBusy = busyId === subject;
  const Icon = verb === "Redo" ? Redo2 : Undo2;
  return (
    <Button
      size="sm"
      busy={isBusy}
      aria-label={`${verb}: ${change.summary}`}
      onClick={() => onRevert(subject, verb === "Redo" ? "Redid" : "Reverted")}
    >
      {isBusy ? null : <Icon aria-hidden />}
      {verb}
    </Button>
  );
}
