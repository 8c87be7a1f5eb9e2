"use client";

import { useQueryClient } from "@tanstack/react-query";
import { undoGroup, useVerb, verbs } from "@/lib/client/mutations";
import { showDone, showFailure, showUndo } from "../ui/undo-toast";
import type { Parameter } from "./parameter-list";

/** Tuning is a change: at once, with undo, and refused when somebody else tuned it meanwhile. */
export function useTune({ name, seq }: Pick<Parameter, "name" | "seq">) {
  const client = useQueryClient();
  const set = useVerb(verbs.setParameter);
  const to = async (value: number) => {
    try {
      const { changes } = await set.mutateAsync({ params: { name }, body: { value, expectedSeq: seq } });
      const groupId = changes[0]?.groupId;
      if (groupId === undefined) return showDone("It had that value already");
      showUndo({
        message: `Set ${name} to ${value}`,
        onUndo: () => undoGroup(client, groupId),
        timelineHref: `/timeline?group=${groupId}`,
      });
    } catch (error) {
      showFailure("The parameter was not changed", error);
    }
  };
  return { to, isBusy: set.isPending };
}
