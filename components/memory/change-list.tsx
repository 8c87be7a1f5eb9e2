"use client";

import { Redo2, Undo2 } from "lucide-react";
import Link from "next/link";
import type { CallOutput } from "@/lib/client/api";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { RelativeTime } from "../ui/relative-time";
import { StatusBadge } from "../ui/status-badge";
import { showFailure } from "../ui/undo-toast";
import { useReadOnly } from "../shell/use-read-only";
import { changeTitle, partlyOut, standingOf, titleOnOwnPage } from "../timeline/change-title";
import { ChangeValue } from "../timeline/change-value";
import { targetOf, verbOf, type ChangeVerb } from "../timeline/change-verb";
import { RevertDialog } from "../timeline/revert-dialog-later";
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
}

/** Changes, newest first, each with what takes it back or puts it in force again. */
export function ChangeList(props: ChangeListProps) {
  const { label, changes, linkTarget = false, alwaysPreview = false, selectedId } = props;
  const isReadOnly = useReadOnly();
  const revert = useQuickRevert();
  const act = (change: Change, verb: ChangeVerb) => {
    const work = async () => {
      const target = await targetOf(change, false);
      const redo = verb === "Redo";
      if (alwaysPreview) revert.ask(target, redo);
      else await revert.run(target, { key: change.id, redo });
    };
    work().catch((error: unknown) => showFailure("It could not be taken back", error));
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
              "flex items-start gap-3 px-(--card-pad) py-2 compact:py-1 text-sm sm:items-center",
              change.id === selectedId && "bg-accent-soft",
            )}
          >
            <ChangeText change={change} linkTarget={linkTarget} />
            {isReadOnly ? null : (
              <RevertButton change={change} isBusy={revert.busyKey === change.id} onRevert={act} />
            )}
          </li>
        ))}
      </ol>
      <RevertDialog
        target={revert.pending}
        isRedo={revert.isRedo}
        open={revert.isOpen}
        onOpenChange={revert.setOpen}
      />
    </>
  );
}

interface ChangeTextProps {
  readonly change: Change;
  readonly linkTarget: boolean;
}

function ChangeText({ change, linkTarget }: ChangeTextProps) {
  const onTimeline = `/timeline?group=${change.groupId}`;
  const isOne = (change.groupSize ?? 1) === 1;
  const target = isOne && change.targetType === "memory" ? `/memories/${change.targetId}` : onTimeline;
  const standing = standingOf(change);
  const isOut = standing !== "live";
  return (
    <div className="min-w-0 flex-1">
      <div className="flex min-w-0 flex-wrap items-center gap-x-2">
        <Link
          href={linkTarget ? target : onTimeline}
          className={cn("rounded-xs underline-offset-2 hover:underline", isOut && "text-muted line-through")}
        >
          {linkTarget ? changeTitle(change) : titleOnOwnPage(change)}
        </Link>
        {isOut ? <StatusBadge status={standing} /> : null}
        {partlyOut(change).map(({ status, text }) => (
          <StatusBadge key={status} status={status} label={text} />
        ))}
        {change.unsupported ? <StatusBadge status="unsupported" /> : null}
        {linkTarget ? null : <ChangeValue change={change} />}
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
  readonly isBusy: boolean;
  readonly onRevert: (change: Change, verb: ChangeVerb) => void;
}

function RevertButton({ change, isBusy, onRevert }: RevertButtonProps) {
  const verb = verbOf(change);
  if (verb === null) return null;
  const Icon = verb === "Redo" ? Redo2 : Undo2;
  return (
    <Button
      size="sm"
      variant="ghost"
      busy={isBusy}
      aria-label={`${verb}: ${changeTitle(change)}`}
      onClick={() => onRevert(change, verb)}
    >
      {isBusy ? null : <Icon aria-hidden />}
      {verb}
    </Button>
  );
}
