"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { CallOutput } from "@/lib/client/api";
import { queries } from "@/lib/client/queries";
import { proposedText, sourceTexts } from "./merge-sources";

export type MergeProposal = CallOutput<"proposals.list">["items"][number];

/** What a person changed about one proposed merge before saying yes: another text, or a source less. */
export function useQueueDraft(proposal: MergeProposal) {
  const [typed, setTyped] = useState<string | null>(null);
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const kept = proposal.targets.map(({ id }) => id).filter((id) => !leftOut.has(id));
  const isSmaller = leftOut.size > 0;
  const smaller = useQuery({ ...queries.mergePreview({ sources: kept }), enabled: isSmaller });
  const proposed = isSmaller ? (smaller.data?.merge.content ?? "") : proposedText(proposal);
  const texts = sourceTexts(proposal);
  return {
    typed,
    setTyped,
    leftOut,
    toggle: (id: string) => setLeftOut((before) => toggled(before, id)),
    kept,
    text: typed ?? proposed,
    /** Texts of the sources at their places; one that is left out has no words. */
    sources: proposal.targets.map(({ id }, index) => (leftOut.has(id) ? "" : (texts[index] ?? ""))),
    isReady: !isSmaller || smaller.data !== undefined,
  };
}

export type QueueDraft = ReturnType<typeof useQueueDraft>;

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}
