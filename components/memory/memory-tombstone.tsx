"use client";

import { useQuery } from "@tanstack/react-query";
import { ArchiveRestore, GitMerge, Trash2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import { call } from "@/lib/client/api";
import { keys } from "@/lib/client/keys";
import { Button } from "../ui/button";
import { MemoryLink } from "./memory-link";
import { RevertDialog } from "../timeline/revert-dialog-later";
import type { Memory, MemoryActions } from "./use-memory-actions";

export interface MemoryTombstoneProps {
  readonly memory: Memory;
  /** null while nothing can be changed. */
  readonly actions: MemoryActions | null;
}

/** A memory that is out of the lists keeps its page, and says what brings it back. */
export function MemoryTombstone({ memory, actions }: MemoryTombstoneProps) {
  if (memory.mergedInto !== null) {
    return <MergedAway memoryId={memory.id} survivorId={memory.mergedInto} canRestore={actions !== null} />;
  }
  if (memory.lifecycle !== "deleted") return null;
  return (
    <Notice
      icon={<Trash2 aria-hidden className="size-4 text-loss" />}
      action={
        actions ? (
          <Button busy={actions.isBusy} onClick={actions.toggleArchived}>
            <ArchiveRestore aria-hidden />
            Restore the memory
          </Button>
        ) : null
      }
    >
      <p className="font-medium">This memory was deleted.</p>
      <p className="text-muted">It is in no recall. Everything it had and learned is kept for a restore.</p>
    </Notice>
  );
}

interface MergedAwayProps {
  readonly memoryId: string;
  readonly survivorId: string;
  readonly canRestore: boolean;
}

function MergedAway({ memoryId, survivorId, canRestore }: MergedAwayProps) {
  const [isAsking, setAsking] = useState(false);
  const asked = { target: memoryId, op: "member", status: "live", limit: 1 } as const;
  const membership = useQuery({
    queryKey: [...keys.changes.list(asked), "first"],
    queryFn: ({ signal }) => call("changes.list", { query: asked }, { signal }),
  });
  const memberChange = membership.data?.items[0];
  return (
    <Notice
      icon={<GitMerge aria-hidden className="size-4 text-muted" />}
      action={
        canRestore && memberChange ? (
          <Button onClick={() => setAsking(true)}>
            <ArchiveRestore aria-hidden />
            Restore from the merge
          </Button>
        ) : null
      }
    >
      <p className="font-medium">This memory was merged into another one.</p>
      <MemoryLink memoryId={survivorId} />
      <RevertDialog
        target={memberChange ? { changeIds: [memberChange.id] } : null}
        open={isAsking}
        onOpenChange={setAsking}
        title="Take this memory out of the merge?"
      />
    </Notice>
  );
}

interface NoticeProps {
  readonly icon: ReactNode;
  readonly action: ReactNode;
  readonly children: ReactNode;
}

function Notice({ icon, action, children }: NoticeProps) {
  return (
    <section
      aria-label="State of this memory"
      className="flex flex-wrap items-center gap-3 rounded-lg border border-line-strong bg-sunken px-(--card-pad) py-3 text-sm"
    >
      {icon}
      <div className="min-w-0 flex-1 basis-64">{children}</div>
      {action}
    </section>
  );
}
