"use client";

import { showFailure, showUndo } from "@/components/ui/undo-toast";
import { changesOf } from "@/components/cycles/use-decide";
import type { DecisionInput } from "@/lib/client/keys";
import { useVerb, verbs } from "@/lib/client/mutations";
import { plural } from "@/lib/format/number";
import type { MergeProposal, QueueDraft } from "./queue-state";

/** The verdicts about one proposed merge. Each is final at once; a merge comes with its undo. */
export function useQueueActs() {
  const decide = useVerb(verbs.decideProposals);
  const revert = useVerb(verbs.revert);
  const guarded = (work: () => Promise<void>) => {
    work().catch((error: unknown) => showFailure("Nothing was decided", error));
  };
  const send = (proposal: MergeProposal, body: NonNullable<DecisionInput>) =>
    decide.mutateAsync({ params: { id: proposal.cycleId }, body });
  const undo = (changeIds: readonly string[]) => () =>
    revert.mutateAsync({ body: { changeIds: [...changeIds] } });
  /** With fewer sources it is still one decision: what is left out is remembered with it, and comes back with its undo. */
  const approve = async (proposal: MergeProposal, { typed, kept, leftOut }: QueueDraft) => {
    const edit = {
      ...(typed?.trim() ? { content: typed.trim() } : {}),
      ...(leftOut.size > 0 ? { sources: [...kept] } : {}),
    };
    const edits = Object.keys(edit).length > 0 ? { edits: { [proposal.id]: edit } } : {};
    const answer = await send(proposal, { approve: [proposal.id], ...edits });
    const [failed] = answer.failed;
    if (failed) return showFailure("It cannot be merged any more", new Error(failed.message));
    const all = plural(proposal.targets.length, "memory", "memories");
    showUndo({
      message: leftOut.size > 0 ? `Merged ${kept.length} of ${all}` : `Merged ${all}`,
      onUndo: undo(changesOf(answer)),
      timelineHref: `/timeline?cycle=${proposal.cycleId}`,
    });
  };
  const decline = async (proposal: MergeProposal, body: NonNullable<DecisionInput>, message: string) => {
    const answer = await send(proposal, body);
    showUndo({ message, onUndo: undo(changesOf(answer)), timelineHref: "/timeline?op=decline" });
  };
  return {
    isPending: decide.isPending,
    merge: (proposal: MergeProposal, draft: QueueDraft) => guarded(() => approve(proposal, draft)),
    keepBoth: (proposal: MergeProposal) =>
      guarded(() =>
        decline(proposal, { decline: [proposal.id] }, "Kept apart. It is not proposed again for a while"),
      ),
    never: (proposal: MergeProposal) =>
      guarded(() => decline(proposal, { never: [proposal.id] }, "Kept apart, and never asked about again")),
  };
}
