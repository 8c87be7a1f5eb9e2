import { belief } from "@/lib/domain/memory/confidence";
import { brand, millis, type MemoryId } from "@/lib/domain/ids";
import { isFindable } from "@/lib/domain/memory/findable";
import { labelOf } from "./memory-out";
import { memoryRowsById } from "./memory-rows";
import { newcomers, scoresOfNewcomers } from "./newcomers";
import { recentRetrievals, type Concerned, type LoggedRetrieval } from "@/lib/store/telemetry";
import type { Appended } from "@/lib/store/append";
import type { MemoryView } from "@/lib/domain/memory/memory";
import type { Parameters } from "@/lib/domain/parameters";
import type { Tx } from "@/lib/store/prisma";

/** Logged recalls that are scored again, newest first: what people and agents asked lately. */
const RECENT = 200;
const MOST_MOVES = 20;

/** What a memory's move does to its score in any recall: gone, or so much more or less. */
type Shift = "gone" | number;

/**
 * Which recent recalls would show another list after an append. A score reads no other memory's state (law 5), so the
 * logged candidates keep their scores but for the moved memories: these are dropped, shifted by their utility, or, when
 * they come back or say something else, scored anew against each logged query.
 */
export async function blastRadius(tx: Tx, done: Appended) {
  if (done.memories.size === 0) return { retrievals: 0, affected: 0, moves: [] };
  const shifts = new Map([...done.memories].map(([id, { before, after }]) => [id, shiftOf(before, after, done)] as const));
  const fresh = await newcomers(tx, done);
  const { count, retrievals } = await recentRetrievals(tx, RECENT, fresh === null ? concernedBy(shifts) : "all");
  const moves: Move[] = [];
  for (const retrieval of retrievals) {
    const before = retrieval.candidates.slice(0, retrieval.limit).map((c) => c.m);
    const after = rescored(retrieval, shifts, fresh === null ? new Map() : await scoresOfNewcomers(fresh, retrieval, done));
    if (before.join() !== after.join()) moves.push({ retrieval, before, after });
  }
  return { retrievals: count, affected: moves.length, moves: await present(tx, done, moves.slice(0, MOST_MOVES)) };
}

/** More are not looked for one by one. */
const MOST_LOOKED_FOR = 50;

/** What falls or goes leaves a list only where it was shown; what rises may enter one wherever it was a candidate. */
function concernedBy(shifts: ReadonlyMap<MemoryId, Shift>): Concerned | "all" {
  if (shifts.size > MOST_LOOKED_FOR) return "all";
  const moved = [...shifts].filter(([, shift]) => shift !== 0);
  return { shown: moved.map(([id]) => id), candidates: moved.filter(([, shift]) => shift !== "gone" && shift > 0).map(([id]) => id) };
}

function rescored(retrieval: LoggedRetrieval, shifts: ReadonlyMap<MemoryId, Shift>, fresh: ReadonlyMap<MemoryId, number>): MemoryId[] {
  const kept = retrieval.candidates.flatMap((c) => {
    const shift = fresh.has(c.m) ? "gone" : (shifts.get(c.m) ?? 0);
    return shift === "gone" ? [] : [{ m: c.m, s: c.s + shift }];
  });
  const added = [...fresh].map(([m, s]) => ({ m, s }));
  return [...kept, ...added].sort((a, b) => b.s - a.s || (a.m < b.m ? -1 : 1)).slice(0, retrieval.limit).map((c) => c.m);
}

function shiftOf(before: MemoryView | null, after: MemoryView, done: Appended): Shift {
  if (!isFindable(after)) return "gone";
  const utility = (view: MemoryView) => belief(view.evidence, { kind: view.kind, now: millis(done.at), parameters: done.parameters }).utility;
  return weightOf(done.parameters) * (utility(after) - (before === null ? 0 : utility(before)));
}

const weightOf = (parameters: Parameters): number => parameters["recall.weight.utility"];

interface Move {
  readonly retrieval: LoggedRetrieval;
  readonly before: readonly MemoryId[];
  readonly after: readonly MemoryId[];
}

/** A memory that the append unmakes has no text any more; it is called by what it said before. */
async function present(tx: Tx, done: Appended, moves: readonly Move[]) {
  const rows = await memoryRowsById(tx, moves.flatMap((m) => [...m.before, ...m.after]).map((id) => brand<MemoryId>(id)));
  const textOf = (id: MemoryId) => rows.get(id)?.content || done.memories.get(id)?.before?.content || "";
  const labelled = (ids: readonly MemoryId[]) => ids.map((memoryId) => ({ memoryId, label: labelOf(textOf(memoryId)) }));
  return moves.map(({ retrieval, before, after }) => ({ retrievalId: retrieval.id, query: retrieval.query, before: labelled(before), after: labelled(after) }));
}
