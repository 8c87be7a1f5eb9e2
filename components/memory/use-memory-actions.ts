"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { CallInput, CallOutput } from "@/lib/client/api";
import { undoGroup, useVerb, verbs } from "@/lib/client/mutations";
import { showDone, showFailure, showUndo } from "../ui/undo-toast";

export type Memory = CallOutput<"memories.get">["memory"];
export type MemoryEdit = NonNullable<CallInput<"memories.update">["body"]>;

/** What a person can do with one memory. Each acts at once and can be undone; a refusal is said, never thrown. */
export function useMemoryActions(memory: Pick<Memory, "id" | "lifecycle" | "pinned" | "quarantined">) {
  const client = useQueryClient();
  const update = useVerb(verbs.updateMemory);
  const { id, lifecycle, pinned, quarantined } = memory;
  const edit = async (body: MemoryEdit, done: string): Promise<boolean> => {
    try {
      const { groupId } = await update.mutateAsync({ params: { id }, body });
      if (groupId === undefined) showDone("Nothing had to change");
      else {
        showUndo({
          message: done,
          onUndo: () => undoGroup(client, groupId),
          timelineHref: `/timeline?group=${groupId}`,
        });
      }
      return true;
    } catch (error) {
      showFailure("The memory was not changed", error);
      return false;
    }
  };
  const isActive = lifecycle === "active";
  return {
    edit,
    isBusy: update.isPending,
    toggleArchived: () =>
      void (isActive
        ? edit({ lifecycle: "archived" }, "Archived the memory")
        : edit({ lifecycle: "active" }, "Restored the memory")),
    remove: () => void edit({ lifecycle: "deleted" }, "Deleted the memory"),
    togglePinned: () => void edit({ pinned: !pinned }, pinned ? "Unpinned the memory" : "Pinned the memory"),
    toggleQuarantined: () =>
      void edit(
        { quarantined: !quarantined },
        quarantined ? "Released the memory" : "Put the memory in quarantine",
      ),
  };
}

export type MemoryActions = ReturnType<typeof useMemoryActions>;
