"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { queries } from "@/lib/client/queries";
import type { ProposalListInput } from "@/lib/client/keys";
import type { JudgedMerge } from "./threshold-shape";

const MOST_PAGES = 5;

/** The proposed merges of all cycles with what became of them: at most a thousand of each kind. */
export function useJudgedMerges(): {
  readonly merges: readonly JudgedMerge[];
  readonly isPending: boolean;
} {
  const applied = useMergesIn("applied");
  const declined = useMergesIn("declined");
  const reverted = useMergesIn("reverted");
  const waiting = useMergesIn("waiting");
  return {
    merges: [
      ...applied.certainties.map((certainty) => ({ certainty, verdict: "accepted" as const })),
      ...[...declined.certainties, ...reverted.certainties].map((certainty) => ({
        certainty,
        verdict: "declined" as const,
      })),
      ...waiting.certainties.map((certainty) => ({ certainty, verdict: "open" as const })),
    ],
    isPending: [applied, declined, reverted, waiting].some((part) => part.isPending),
  };
}

function useMergesIn(state: NonNullable<ProposalListInput["state"]>) {
  const query = useInfiniteQuery(queries.proposals({ kind: "merge", state }));
  const { data, hasNextPage, isFetching, fetchNextPage } = query;
  const pages = data?.pages.length ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetching && pages < MOST_PAGES) void fetchNextPage();
  }, [hasNextPage, isFetching, pages, fetchNextPage]);
  return {
    certainties: data?.pages.flatMap((page) => page.items.map((item) => item.certainty)) ?? [],
    isPending: query.isPending,
  };
}
