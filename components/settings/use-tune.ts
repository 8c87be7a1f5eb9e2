"use client";

import { useQueryClient } from "@tanstack/react-query";
import { undoGroup, useVerb, verbs } from "@/lib/client/mutations";
import { plural } from "@/lib/format/number";
import { showDone, showFailure, showUndo } from "../ui/undo-toast";
import type { Parameter } from "./parameter-list";

type Tuned = Pick<Parameter, "name" | "seq">;

/** Tuning is a change: at once, with undo, and refused when somebody else tuned it meanwhile. */
export function useTune({ name, seq }: Tuned) {
  const many = useTuneMany();
  const to = (value: number) => many.set([{ parameter: { name, seq }, next: value }], "");
  return { to, isBusy: many.isBusy };
}

/** One change for each parameter, one after the other, for one reason. What was set before a refusal stays, and is said. */
export function useTuneMany() {
  const client = useQueryClient();
  const set = useVerb(verbs.setParameter);
  const setAll = async (
    wanted: readonly { readonly parameter: Tuned; readonly next: number }[],
    reason: string,
  ): Promise<boolean> => {
    const groupIds: string[] = [];
    const undo = {
      onUndo: async () => {
        for (const groupId of [...groupIds].reverse()) await undoGroup(client, groupId);
      },
    };
    try {
      for (const { parameter, next } of wanted) {
        const body = { value: next, expectedSeq: parameter.seq, ...(reason === "" ? {} : { reason }) };
        const { changes } = await set.mutateAsync({ params: { name: parameter.name }, body });
        groupIds.push(...changes.slice(0, 1).map((change) => change.groupId));
      }
    } catch (error) {
      const [done, all] = [groupIds.length, wanted.length];
      showFailure(done === 0 ? "Nothing was set" : `Only ${done} of ${all} were set`, error);
      return false;
    }
    const [only] = groupIds;
    if (only === undefined) showDone("It had that value already");
    else {
      const named = wanted.length === 1 ? wanted[0] : undefined;
      const message = named
        ? `Set ${named.parameter.name} to ${named.next}`
        : `Set ${plural(groupIds.length, "parameter")}`;
      const timelineHref = groupIds.length === 1 ? `/timeline?group=${only}` : "/timeline?op=tune";
      showUndo({ message, ...undo, timelineHref });
    }
    return true;
  };
  return { set: setAll, isBusy: set.isPending };
}
