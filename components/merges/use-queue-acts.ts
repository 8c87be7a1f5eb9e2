"use client";

import { useQueryClient } from "@tanstack/react-query";
import { showDone, showFailure, showUndo } from "@/components/ui/undo-toast";
import { changesOf } from "@/components/cycles/use-decide";
import type { DecisionInput } from "@/lib/client/keys";
import { undoGroup, useVerb, verbs } from "@/lib/client/mutations";
import { plural } from "@/lib/format/number";
import type { MergeProposal, QueueDraft } from "./queue-state";

/** The verdicts about one proposed merge. Each is final at once; a merge comes with its undo. */
export function useQueueActs() {
  const client = useQueryClient();
  const decide = useVerb(verbs.decideProposals);
  const create = useVerb(verbs.merge);
  const revert = useVerb(verbs.revert);
  const guarded = (work: () => Promise<void>) => {
    work().catch((error: unknown) => showFailure("Nothing was decided", error));
  };
  const send = (proposal: MergeProposal, body: NonNullable<DecisionInput>) =>
    decide.mutateAsync({ params: { id: proposal.cycleId }, body });
  const approve = async (proposal: MergeProposal, { typed }: QueueDraft) => {
    const edits = typed?.trim() ? { edits: { [proposal.id]: { content: typed.trim() } } } : {};
    const answer = await send(proposal, { approve: [proposal.id], ...edits });
    const [failed] = answer.failed;
    if (failed) return showFailure("It cannot be merged any more", new Error(failed.message));
    const changeIds = [...changesOf(answer)];
    showUndo({
      message: `Merged ${plural(proposal.targets.length, "memory", "memories")}`,
      onUndo: () => revert.mutateAsync({ body: { changeIds } }),
      timelineHref: `/timeline?cycle=${proposal.cycleId}`,
    });
  };
  /** A proposal is taken whole or not at all, so a smaller merge is a person's own, and the proposal is declined. */
  const approveSmaller = async (proposal: MergeProposal, { typed, kept }: QueueDraft) => {
    const reason = "One of the proposed sources says something else";
    const content = typed?.trim() ? { content: typed.trim() } : {};
    const { merge } = await create.mutateAsync({ body: { sources: [...kept], ...content, reason } });
    await send(proposal, { decline: [proposal.id], reason });
    showUndo({
      message: `Merged ${kept.length} of ${plural(proposal.targets.length, "memory", "memories")}`,
      onUndo: () => undoGroup(client, merge.groupId),
      timelineHref: `/timeline?group=${merge.groupId}`,
    });
  };
  return {
    isPending: decide.isPending || create.isPending,
    merge: (proposal: MergeProposal, draft: QueueDraft) =>
      guarded(() => (draft.leftOut.size > 0 ? approveSmaller(proposal, draft) : approve(proposal, draft))),
    keepBoth: (proposal: MergeProposal) =>
      guarded(async () => {
        await send(proposal, { decline: [proposal.id] });
        showDone("Kept apart. It is not proposed again for a while.");
      }),
    never: (proposal: MergeProposal) =>
      guarded(async () => {
        await send(proposal, { never: [proposal.id] });
        showDone("Kept apart, and never asked about again.");
      }),
  };
}
