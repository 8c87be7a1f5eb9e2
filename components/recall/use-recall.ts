"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call, type CallOutput } from "@/lib/client/api";
import { keys, type RecallInput } from "@/lib/client/keys";
import { queries } from "@/lib/client/queries";
import { useReadOnly } from "@/components/shell/use-read-only";

export type Recalled = CallOutput<"recall">;
export type RecallResult = Recalled["results"][number];

const NOT_ASKED: NonNullable<RecallInput> = { query: "-" };

/**
 * Asks once per submission, which is logged and can be judged; while an earlier state is shown it only looks. After a judgement the same question is looked at again
 * without logging, and kept fresh with the ledger, so that what moved is seen; judgements still go to the logged answer.
 */
export function useRecall(input: NonNullable<RecallInput> | null) {
  const client = useQueryClient();
  const isReadOnly = useReadOnly();
  const [round, setRound] = useState(0);
  const [judgedRound, setJudgedRound] = useState<string | null>(null);
  const roundKey = JSON.stringify([round, input]);
  const logged = useQuery({
    queryKey: ["asked", round, input, isReadOnly],
    enabled: input !== null,
    queryFn: async ({ signal }) => {
      // What moves after a judgement is told against this answer, so nothing else may move it.
      const body = {
        ...(input ?? NOT_ASKED),
        deterministic: true,
        ...(isReadOnly ? { dryRun: true } : {}),
      };
      const answer = await call("recall", { body }, { signal });
      void client.invalidateQueries({ queryKey: keys.retrievals.all });
      return answer;
    },
    // Asking again would log again: only a person does.
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    retry: false,
  });
  const isJudged = input !== null && judgedRound === roundKey;
  const again = useQuery({ ...queries.recallPreview(input ?? NOT_ASKED), enabled: isJudged });
  const now = isJudged && again.data !== undefined && !again.isPlaceholderData ? again.data : logged.data;
  return {
    query: { ...logged, data: now, isFetching: logged.isFetching || again.isFetching },
    retrievalId: logged.data?.retrievalId ?? null,
    firstOrder: logged.data?.results.map((result) => result.memory.id) ?? [],
    askAgain: () => setRound((before) => before + 1),
    noteJudged: () => setJudgedRound(roundKey),
    roundKey,
  };
}
