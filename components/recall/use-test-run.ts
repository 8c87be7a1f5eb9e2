"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { queries } from "@/lib/client/queries";
import { answerableWords } from "./answerable-words";
import { DEPTH, isAnswerable, type Shown } from "./compare-measure";
import { sideInput, type CompareSide } from "./compare-side";
import type { TestQuestion } from "./test-measure";

export interface TestRun {
  readonly state: "idle" | "running" | "done" | "failed";
  /** What A and B showed, by the question's key; scored by its grades as they are when it is read. */
  readonly shown: ReadonlyMap<string, readonly [Shown, Shown]>;
  readonly error: unknown;
}

const NOT_RUN: TestRun = { state: "idle", shown: new Map(), error: null };

/** Asks every question of a set on both sides, one after the other, so that the server stays free for others. */
export function useTestRun(left: CompareSide, right: CompareSide) {
  const client = useQueryClient();
  const [run, setRun] = useState(NOT_RUN);
  const stopped = useRef(new AbortController());
  useEffect(() => () => stopped.current.abort(), []);
  const shownBy = async (side: CompareSide, question: TestQuestion): Promise<Shown> => {
    const input = sideInput(question, side, DEPTH);
    // The limit below which a recall says that it knows nothing comes with the explanation.
    const asked = isAnswerable(question) ? input : { ...input, explain: true };
    const answer = await client.fetchQuery(queries.recallPreview(asked));
    return {
      ids: answer.results.map((result) => result.memory.id),
      declines: answer.results.length === 0 || answerableWords(answer)?.kind === "unlikely",
    };
  };
  const start = async (questions: readonly TestQuestion[]) => {
    stopped.current.abort();
    const { signal } = (stopped.current = new AbortController());
    const shown = new Map<string, readonly [Shown, Shown]>();
    const tell = (state: TestRun["state"], error: unknown = null) => {
      if (!signal.aborted) setRun({ state, shown: new Map(shown), error });
    };
    tell("running");
    try {
      for (const question of questions) {
        if (signal.aborted) return;
        const before = await shownBy(left, question);
        shown.set(question.key, [before, await shownBy(right, question)]);
        tell("running");
      }
      tell("done");
    } catch (error) {
      tell("failed", error);
    }
  };
  const stop = () => {
    stopped.current.abort();
    setRun((before) => ({ ...before, state: before.shown.size > 0 ? "done" : "idle" }));
  };
  return { run, start, stop };
}
