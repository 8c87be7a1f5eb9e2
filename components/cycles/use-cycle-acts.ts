"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { showDone, showFailure, showUndo } from "@/components/ui/undo-toast";
import { undoGroup, useVerb, verbs } from "@/lib/client/mutations";
import { plural } from "@/lib/format/number";
import { countOf, type Cycle } from "./cycle-words";

/** Runs a cycle, dry or in earnest, and stops one. */
export function useCycleActs() {
  const client = useQueryClient();
  const router = useRouter();
  const running = useVerb(verbs.runCycle);
  const cancelling = useVerb(verbs.cancelCycle);
  const run = (dryRun: boolean) => {
    running.mutate(
      { body: { dryRun } },
      {
        onSuccess: ({ cycle }) => {
          if (dryRun || cycle.waiting > 0) router.push(`/cycles/${cycle.id}`);
          else tellEnd(cycle, (groupId) => undoGroup(client, groupId));
        },
        onError: (error) => showFailure("The cycle could not be run", error),
      },
    );
  };
  const cancel = (id: string) => {
    cancelling.mutate(
      { params: { id }, body: {} },
      {
        onSuccess: ({ changed }) =>
          showDone(changed ? "Stopping. What is in force stays." : "There was nothing left to stop"),
        onError: (error) => showFailure("It could not be cancelled", error),
      },
    );
  };
  return {
    run,
    cancel,
    isRunning: running.isPending,
    isDry: running.variables?.body?.dryRun === true,
    isCancelling: cancelling.isPending,
  };
}

function tellEnd(cycle: Cycle, undo: (groupId: string) => Promise<unknown>): void {
  const { number, groupId, state } = cycle;
  if (state === "failed") return showFailure(`Cycle ${number} failed`, new Error(cycle.failure?.message));
  if (state === "running") return showDone(`Cycle ${number} is under way`);
  if (groupId === null) return showDone(`Cycle ${number} found nothing that is sure enough`);
  showUndo({
    message: `Cycle ${number} applied ${plural(countOf(cycle.counts, "applied"), "proposal")}`,
    onUndo: () => undo(groupId),
    timelineHref: `/timeline?cycle=${cycle.id}`,
  });
}
