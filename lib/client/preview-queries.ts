import { queryOptions } from "@tanstack/react-query";
import { call } from "./api";
import { keys, type DecisionInput, type EntityMergeInput, type MergeInput, type RevertInput } from "./keys";

/** Real acts that are thrown away: asked anew each time, since what they would do moves with every change. */
export const previewQueries = {
  /** The real revert, thrown away: what would change, and which queries would move. */
  revertPreview: (input: RevertInput) =>
    queryOptions({
      queryKey: keys.previews.revert(input),
      queryFn: ({ signal }) => call("reverts.create", { body: { ...input, dryRun: true } }, { signal }),
      staleTime: 0,
    }),
  mergePreview: (input: MergeInput) =>
    queryOptions({
      queryKey: keys.previews.merge(input),
      queryFn: ({ signal }) => call("merges.create", { body: { ...input, dryRun: true } }, { signal }),
      staleTime: 0,
    }),
  /** The real join, thrown away: what would change, and which queries would move. */
  entityMergePreview: (input: EntityMergeInput) =>
    queryOptions({
      queryKey: keys.previews.entityMerge(input),
      queryFn: ({ signal }) => call("entities.merge", { body: { ...input, dryRun: true } }, { signal }),
      staleTime: 0,
    }),
  /** The real decision, thrown away: what approving these would change, and which queries would move. */
  decisionPreview: (cycleId: string, input: DecisionInput) =>
    queryOptions({
      queryKey: keys.previews.decision(cycleId, input),
      queryFn: ({ signal }) =>
        call("proposals.decide", { params: { id: cycleId }, body: { ...input, dryRun: true } }, { signal }),
      staleTime: 0,
    }),
};
