import { belief } from "@/lib/domain/memory/confidence";
import type { Appended } from "@/lib/store/append";
import type { LoggedRetrieval } from "@/lib/store/telemetry";

/** Rank of a memory in one logged recall, before and after an append; null: not among the first. */
export interface RankChange {
  readonly before: number | null;
  readonly after: number | null;
}

/**
 * How an append of evidence moves the ranks of the recall it judges. Because a score reads no other memory's state
 * (law 5), only the utility part of the credited memories has to be read again.
 */
export function ranksMoved(retrieval: LoggedRetrieval | null, done: Appended): Map<string, RankChange> {
  const moves = new Map<string, RankChange>();
  if (retrieval === null) return moves;
  const { parameters } = done;
  const utilityDelta = new Map([...done.memories].map(([id, { before, after }]): [string, number] => {
    const read = (view: typeof after) => belief(view.evidence, { kind: view.kind, now: done.at, parameters }).utility;
    return [id, parameters["recall.weight.utility"] * (read(after) - (before === null ? 0 : read(before)))];
  }));
  const before: string[] = retrieval.candidates.map((c) => c.m);
  const after: string[] = [...retrieval.candidates].sort((a, b) => rescored(b, utilityDelta) - rescored(a, utilityDelta) || (a.m < b.m ? -1 : 1)).map((c) => c.m);
  for (const id of utilityDelta.keys()) {
    if (before.includes(id)) moves.set(id, { before: before.indexOf(id) + 1, after: after.indexOf(id) + 1 });
  }
  return moves;
}

const rescored = (candidate: LoggedRetrieval["candidates"][number], deltas: ReadonlyMap<string, number>): number => candidate.s + (deltas.get(candidate.m) ?? 0);
