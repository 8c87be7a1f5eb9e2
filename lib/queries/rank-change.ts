import { learnedAfter } from "@/lib/search/learned-after";
import type { Appended } from "@/lib/store/append";
import type { LoggedRetrieval } from "@/lib/store/telemetry";
import type { Tx } from "@/lib/store/prisma";

/** Rank of a memory in one logged recall, before and after an append; null: not among the first. */
export interface RankChange {
  readonly before: number | null;
  readonly after: number | null;
}

/**
 * How an append of evidence moves the ranks of the recall it judges. Because a score reads no other memory's state
 * (law 5), only the utility and cue parts of the credited memories have to be read again.
 */
export async function ranksMoved(
  tx: Tx,
  retrieval: LoggedRetrieval | null,
  done: Appended,
): Promise<Map<string, RankChange>> {
  const moves = new Map<string, RankChange>();
  if (retrieval === null) return moves;
  const learned = await learnedAfter(tx, done);
  const delta = new Map(
    [...done.memories.keys()].map((id): [string, number] => [id, learned.shift(id, retrieval)]),
  );
  const before: string[] = retrieval.candidates.map((c) => c.m);
  const after: string[] = [...retrieval.candidates]
    .sort((a, b) => rescored(b, delta) - rescored(a, delta) || (a.m < b.m ? -1 : 1))
    .map((c) => c.m);
  for (const id of delta.keys()) {
    if (before.includes(id)) moves.set(id, { before: before.indexOf(id) + 1, after: after.indexOf(id) + 1 });
  }
  return moves;
}

const rescored = (
  candidate: LoggedRetrieval["candidates"][number],
  deltas: ReadonlyMap<string, number>,
): number => candidate.s + (deltas.get(candidate.m) ?? 0);
