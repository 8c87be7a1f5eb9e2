"use client";

import { keepPreviousData, useInfiniteQuery, useQueries } from "@tanstack/react-query";
import Link from "next/link";
import { queries } from "@/lib/client/queries";
import { plural } from "@/lib/format/number";
import { RankSlopes } from "../ui/rank-slopes";
import { describeMove, movedOnly, rankMoves } from "../ui/rank-moves";
import type { Draft } from "./draft";

const READ = 60;
const ASKED = 8;
const DEPTH = 5;

/** What one's own last questions would answer under the draft: looked at, never logged. */
export function PreviewRanks({ draft, address }: { readonly draft: Draft; readonly address: string }) {
  const asked = useInfiniteQuery(queries.retrievals({ limit: READ }));
  const questions = distinct((asked.data?.pages[0]?.items ?? []).map((retrieval) => retrieval.query)).slice(
    0,
    ASKED,
  );
  const look = (query: string, parameters?: Draft) => ({
    ...queries.recallPreview({
      query,
      limit: DEPTH,
      deterministic: true,
      ...(parameters ? { parameters: { ...parameters } } : {}),
    }),
    placeholderData: keepPreviousData,
  });
  const before = useQueries({ queries: questions.map((query) => look(query)) });
  const after = useQueries({ queries: questions.map((query) => look(query, draft)) });
  if (asked.data !== undefined && questions.length === 0)
    return <p className="text-sm text-muted">Nothing was asked yet, so there is no question to try it on.</p>;
  const isRunning = [...before, ...after].some((query) => query.isFetching);
  const moved = questions.flatMap((query, index) => {
    const ids = (answer: (typeof before)[number] | undefined) =>
      answer?.data?.results.map((result) => result.memory.id) ?? [];
    const [one, other] = [ids(before[index]), ids(after[index])];
    // A side that has not answered yet would look as if everything left.
    if (before[index]?.data === undefined || after[index]?.data === undefined) return [];
    const moves = movedOnly(rankMoves(one, other));
    return moves.length === 0 ? [] : [{ query, one, other, first: moves[0] }];
  });
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="text-sm">
        {isRunning
          ? "Asking your last questions …"
          : `${moved.length} of your last ${plural(questions.length, "question")} would change ${moved.length === 1 ? "its" : "their"} first ${DEPTH}.`}
      </p>
      <ul className="flex flex-col gap-3">
        {moved.map(({ query, one, other, first }) => (
          <li key={query} className="rounded-md bg-sunken p-2.5">
            <p className="line-clamp-2 text-xs font-medium">{query}</p>
            {first ? <p className="text-xs text-muted">{describeMove(first)}</p> : null}
            <RankSlopes before={one} after={other} depth={DEPTH} />
          </li>
        ))}
      </ul>
      <Link
        href={`/recall/compare?b=${encodeURIComponent(address)}${questions[0] ? `&q=${encodeURIComponent(questions[0])}` : ""}`}
        className="self-start rounded-xs text-sm text-accent underline-offset-2 hover:underline"
      >
        Compare in full, on questions kept as tests
      </Link>
    </div>
  );
}

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)];
