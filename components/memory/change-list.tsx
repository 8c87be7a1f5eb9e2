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
  /** Name the memory or the parameter that each moved; not needed on its own page. */
  readonly showTarget?: boolean;
  /** Always show the effect first, instead of only where a revert touches something else. */
  readonly alwaysPreview?: boolean;
  readonly selectedId?: string | null;
  readonly isReadOnly?: boolean;
}

/** Changes, newest first, each with what takes it back or puts it in force again. */
export function ChangeList(props: ChangeListProps) {
  const { label, changes, showTarget = false, alwaysPreview = false, selectedId, isReadOnly = false } = props;
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
            <ChangeText change={change} showTarget={showTarget} />
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
  readonly showTarget: boolean;
}

function ChangeText({ change, showTarget }: ChangeTextProps) {
  const target = change.targetType === "memory" ? `/memories/${change.targetId}` : "/settings";
  const isOut = change.status !== "live";
  return (
    <div className="min-w-0 flex-1">
      <div className="flex min-w-0 flex-wrap items-center gap-x-2">
        <Link
          href={`/timeline?group=${change.groupId}`}
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
        {showTarget && change.targetLabel !== "" ? (
          <Link
            href={target}
            className="min-w-0 basis-40 grow truncate rounded-xs underline-offset-2 hover:text-ink hover:underline"
          >
            {change.targetLabel}
          </Link>
        ) : null}
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
