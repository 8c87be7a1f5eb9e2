"use client";

import { useStateAt } from "@/components/shell/state-at";
import { showFailure } from "@/components/ui/undo-toast";
import type { TimelineChange } from "./change-row";
import { changeIdsOf, seqAfter, targetOf, verbOf } from "./change-verb";
import type { useQuickRevert } from "./use-revert";

/** What a row can do, whether it stands in the list or inside an opened group. */
export interface RowActs {
  readonly busyKey: string | null;
  readonly toggle: (change: TimelineChange, alone?: boolean) => void;
  readonly revertToHere: (change: TimelineChange, alone?: boolean) => void;
  /** Shows the whole dashboard as it stood right after the change, or after its whole group. */
  readonly seeAsOf: (change: TimelineChange, alone?: boolean) => void;
  readonly revertAll: (changes: readonly TimelineChange[]) => void;
  readonly showTarget: (change: TimelineChange) => void;
}

export function useTimelineActs(
  quick: ReturnType<typeof useQuickRevert>,
  onShowTarget: (targetId: string) => void,
): RowActs {
  const { show } = useStateAt();
  const guarded = (work: () => Promise<void>) => {
    work().catch((error: unknown) => showFailure("It could not be taken back", error));
  };
  return {
    busyKey: quick.busyKey,
    toggle: (change, alone = false) => {
      const verb = verbOf(change);
      if (verb === null) return;
      const redo = verb === "Redo";
      guarded(async () => quick.run(await targetOf(change, alone), { key: change.id, redo }));
    },
    revertToHere: (change, alone = false) =>
      guarded(async () =>
        quick.ask({ select: { fromSeq: alone ? change.seq + 1 : await seqAfter(change) } }),
      ),
    seeAsOf: (change, alone = false) =>
      guarded(async () => show(String(alone ? change.seq : (await seqAfter(change)) - 1))),
    revertAll: (changes) => guarded(async () => quick.ask({ changeIds: [...(await changeIdsOf(changes))] })),
    showTarget: (change) => onShowTarget(change.targetId),
  };
}
