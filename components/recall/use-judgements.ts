"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { showFailure, showUndo } from "@/components/ui/undo-toast";
import type { CallInput, CallOutput } from "@/lib/client/api";
import { undoGroup, useVerb, verbs } from "@/lib/client/mutations";
import type { RecallResult } from "./use-recall";

export const verdicts = [
  { verdict: "helpful", label: "Helpful", key: "h" },
  { verdict: "irrelevant", label: "Not helpful", key: "n" },
  { verdict: "outdated", label: "Outdated", key: "d" },
] as const;
export type Verdict = (typeof verdicts)[number]["verdict"];

export const outcomes = [
  { outcome: "POSITIVE", label: "It worked" },
  { outcome: "NEUTRAL", label: "Partly" },
  { outcome: "NEGATIVE", label: "It failed" },
] as const;
export type Outcome = (typeof outcomes)[number]["outcome"];

type SignalBody = NonNullable<CallInput<"signals.create">["body"]>;
type Signalled = CallOutput<"signals.create">;
export interface Judgement {
  readonly signalId: string;
  readonly title: string;
  /** The memory it is about; null of the whole answer. */
  readonly about: { readonly memoryId: string; readonly verdict: Verdict } | null;
  readonly credited: Signalled["credited"];
  /** Null when nothing was written, so that nothing can be taken back. */
  readonly groupId: string | null;
  readonly isUndone: boolean;
}

interface JudgementContext {
  readonly retrievalId: string | null;
  /** Results the logged answer showed; a verdict on another one stands for itself. */
  readonly shownIds: readonly string[];
  readonly roundKey: string;
  readonly onJudged: () => void;
}

/** Reports what came of an answer and keeps what each report moved, newest first. */
export function useJudgements({ retrievalId, shownIds, roundKey, onJudged }: JudgementContext) {
  const client = useQueryClient();
  const signal = useVerb(verbs.sendSignal);
  const [kept, setKept] = useState<{ readonly roundKey: string; readonly list: readonly Judgement[] }>({
    roundKey,
    list: [],
  });
  const list = kept.roundKey === roundKey ? kept.list : [];
  const update = (change: (before: readonly Judgement[]) => readonly Judgement[]) =>
    setKept((before) => ({ roundKey, list: change(before.roundKey === roundKey ? before.list : []) }));
  const undo = async (judgement: Judgement) => {
    if (judgement.groupId === null) return;
    await undoGroup(client, judgement.groupId);
    update((all) =>
      all.map((one) => (one.signalId === judgement.signalId ? { ...one, isUndone: true } : one)),
    );
  };
  const send = async (title: string, body: SignalBody, said: Judgement["about"] = null) => {
    try {
      const done = await signal.mutateAsync({ body });
      const judgement: Judgement = {
        signalId: done.signalId,
        title,
        about: said,
        credited: done.credited,
        groupId: done.changes[0]?.groupId ?? null,
        isUndone: false,
      };
      update((before) => [judgement, ...before.filter((one) => one.signalId !== done.signalId)]);
      onJudged();
      if (judgement.groupId !== null)
        showUndo({
          message: `Noted: ${title}`,
          onUndo: () => undo(judgement),
          timelineHref: `/timeline?group=${judgement.groupId}`,
        });
    } catch (error) {
      showFailure("The judgement could not be noted", error);
    }
  };
  const about = retrievalId === null ? {} : { retrievalId };
  return {
    list,
    undo,
    isBusy: signal.isPending,
    judge: (result: RecallResult, verdict: Verdict) => {
      const { id } = result.memory;
      const label = verdicts.find((known) => known.verdict === verdict)?.label ?? verdict;
      const said = { memoryId: id, verdict };
      return send(label.toLowerCase(), { ...(shownIds.includes(id) ? about : {}), memories: [said] }, said);
    },
    judgeAnswer: (outcome: Outcome) => {
      if (retrievalId === null) return;
      const label = outcomes.find((known) => known.outcome === outcome)?.label ?? outcome;
      return send(`the answer, ${label.toLowerCase()}`, { retrievalId, outcome });
    },
  };
}
export type Judgements = ReturnType<typeof useJudgements>;
