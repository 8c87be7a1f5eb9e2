"use client";

import { useQueryClient } from "@tanstack/react-query";
import { undoGroup, useVerb, verbs } from "@/lib/client/mutations";
import { showDone, showFailure, showUndo } from "../ui/undo-toast";

/** Holds a memory back from every recall, or lets it out again; at once, with undo. */
export function useQuarantine() {
  const client = useQueryClient();
  const update = useVerb(verbs.updateMemory);
  const set = async (id: string, quarantined: boolean) => {
    try {
      const { groupId } = await update.mutateAsync({ params: { id }, body: { quarantined } });
      if (groupId === undefined) showDone("Nothing had to change");
      else {
        showUndo({
          message: quarantined ? "Put the memory in quarantine" : "Released the memory",
          onUndo: () => undoGroup(client, groupId),
          timelineHref: `/timeline?group=${groupId}`,
        });
      }
    } catch (error) {
      showFailure("The memory was not changed", error);
    }
  };
  return { set, busyId: update.isPending ? (update.variables.params.id ?? null) : null };
}
