"use client";

import { Clock, Ellipsis, ExternalLink, Filter, History, Redo2, Undo2, Waypoints } from "lucide-react";
import { useRouter } from "next/navigation";
import { useReadOnly } from "@/components/shell/use-read-only";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import type { TimelineChange } from "./change-row";
import { changeTitle, isOfCycle } from "./change-title";
import { verbOf } from "./change-verb";

export interface ChangeActionsProps {
  readonly change: TimelineChange;
  readonly isBusy: boolean;
  readonly onToggle: () => void;
  readonly onRevertToHere: () => void;
  readonly onSeeAsOf: () => void;
  readonly onShowTarget: () => void;
}

/** The one verb that fits the standing of the change, and what is asked for less often behind a menu. */
export function ChangeActions(props: ChangeActionsProps) {
  const { change, isBusy, onToggle, onRevertToHere, onSeeAsOf, onShowTarget } = props;
  const router = useRouter();
  const isReadOnly = useReadOnly();
  const verb = isReadOnly ? null : verbOf(change);
  const title = changeTitle(change);
  const act = isOfCycle(change) && (change.groupSize ?? 1) > 1 ? `${verb} cycle` : verb;
  const isMemory = change.targetType === "memory" && !change.erased;
  const memory = `/memories/${encodeURIComponent(change.targetId)}`;
  return (
    <span className="flex shrink-0 items-center gap-1 max-sm:ml-auto">
      {verb === null ? null : (
        <Button size="sm" busy={isBusy} onClick={onToggle} aria-label={`${verb}: ${title}`}>
          {isBusy ? null : verb === "Redo" ? <Redo2 aria-hidden /> : <Undo2 aria-hidden />}
          {act}
        </Button>
      )}
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton label={`More for: ${title}`} size="sm">
            <Ellipsis aria-hidden />
          </IconButton>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem icon={<Clock aria-hidden />} onSelect={onSeeAsOf}>
            See the store as of here
          </DropdownMenuItem>
          {isReadOnly ? null : (
            <DropdownMenuItem icon={<History aria-hidden />} onSelect={onRevertToHere}>
              Revert everything after this…
            </DropdownMenuItem>
          )}
          <DropdownMenuItem icon={<Filter aria-hidden />} onSelect={onShowTarget}>
            Show all changes of this {change.targetType}
          </DropdownMenuItem>
          {change.targetType === "entity" ? (
            <DropdownMenuItem
              icon={<Waypoints aria-hidden />}
              onSelect={() => router.push(`/graph?entity=${encodeURIComponent(change.targetId)}`)}
            >
              Open it in the graph
            </DropdownMenuItem>
          ) : null}
          {isMemory ? (
            <DropdownMenuItem icon={<ExternalLink aria-hidden />} onSelect={() => router.push(memory)}>
              Open the memory
            </DropdownMenuItem>
          ) : null}
        </DropdownMenuContent>
      </DropdownMenu>
    </span>
  );
}
