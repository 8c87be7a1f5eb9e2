"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { queries } from "@/lib/client/queries";
import { gradedNdcg, type GradedQuestion, type Scored } from "./compare-measure";
import { sideInput, type CompareSide } from "./compare-side";

export interface TestRun {
  readonly state: "idle" | "running" | "done" | "failed";
  readonly scored: readonly Scored[];
  readonly error: unknown;
}

const DEPTH = 10;
const NOT_RUN: TestRun = { state: "idle", scored: [], error: null };

/** Asks every question of a set on both sides, one after the other, so that the server stays free for others. */
export function useTestRun(left: CompareSide, right: CompareSide) {
  const client = useQueryClient();
  const [run, setRun] = useState(NOT_RUN);
  const stopped = useRef(new AbortController());
  useEffect(() => () => stopped.current.abort(), []);
  const rankedBy = async (side: CompareSide, query: string) => {
    const { results } = await client.fetchQuery(queries.recallPreview(sideInput(query, side, DEPTH)));
    return results.map((result) => result.memory.id);
  };
  const start = async (questions: readonly GradedQuestion[]) => {
    stopped.current.abort();
    const { signal } = (stopped.current = new AbortController());
    const scored: Scored[] = [];
    const tell = (state: TestRun["state"], error: unknown = null) => {
      if (!signal.aborted) setRun({ state, scored: [...scored], error });
    };
    tell("running");
    try {
      for (const { query, grades } of questions) {
        if (signal.aborted) return;
        const before = gradedNdcg(await rankedBy(left, query), grades, DEPTH);
        const after = gradedNdcg(await rankedBy(right, query), grades, DEPTH);
        scored.push({ query, left: before, right: after });
        tell("running");
      }
      tell("done");
    } catch (error) {
      tell("failed", error);
    }
  };
  return { run, start };
}
