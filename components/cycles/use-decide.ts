"use client";

import { showFailure, showUndo } from "@/components/ui/undo-toast";
import type { CallOutput } from "@/lib/client/api";
import type { DecisionInput } from "@/lib/client/keys";
import { useVerb, verbs } from "@/lib/client/mutations";
import { plural } from "@/lib/format/number";

type Decided = CallOutput<"proposals.decide">;

/** Sends decisions and offers to take back exactly what they applied: the cycle's group holds more than that. */
export function useDecide() {
  const decide = useVerb(verbs.decideProposals);
  const revert = useVerb(verbs.revert);
  const send = (cycleId: string, body: NonNullable<DecisionInput>, onDone?: () => void) => {
    decide.mutate(
      { params: { id: cycleId }, body },
      {
        onSuccess: (answer) => {
          tell(answer, (changeIds) => revert.mutateAsync({ body: { changeIds: [...changeIds] } }));
          onDone?.();
        },
        onError: (error) => showFailure("Nothing was decided", error),
      },
    );
  };
  return { send, isPending: decide.isPending };
}

function tell(answer: Decided, undo: (changeIds: readonly string[]) => Promise<unknown>): void {
  const { approved, declined, failed, cycle } = answer;
  const changeIds = changesOf(answer);
  for (const { message } of failed.slice(0, 1)) {
    showFailure(`${plural(failed.length, "proposal")} could not be applied`, new Error(message));
  }
  if (changeIds.length === 0) return;
  const also = declined.length > 0 ? `, declined ${declined.length}` : "";
  showUndo({
    message:
      approved.length === 0
        ? `Declined ${plural(declined.length, "proposal")}`
        : `Applied ${plural(approved.length, "proposal")}${also}`,
    onUndo: () => undo(changeIds),
    timelineHref: approved.length === 0 ? "/timeline?op=decline" : `/timeline?cycle=${cycle.id}`,
  });
}

/** All that the decisions wrote, a no as well as a yes; the answer's own list of changes ends after the first 200. */
export function changesOf({
  approved,
  declined,
  cycle,
  changes,
}: Pick<Decided, "approved" | "declined" | "cycle" | "changes">): readonly string[] {
  const decided = cycle.proposals.filter(({ id }) => approved.includes(id) || declined.includes(id));
  return [...new Set([...decided.flatMap(({ changeIds }) => changeIds), ...changes.map(({ id }) => id)])];
}
