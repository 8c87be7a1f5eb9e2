import {
  aroundOf,
  NOTHING_AROUND,
  saysOfNames,
  tunedBy,
  type AroundScores,
  type NeighbourBy,
} from "./around-radius";
import { brand, type MemoryId } from "@/lib/domain/ids";
import { isFindable } from "@/lib/domain/memory/findable";
import { labelOf } from "./memory-out";
import { learnedAfter, type Learned } from "@/lib/search/learned-after";
import { memoryRowsById } from "./memory-rows";
import { newcomers, scoresOfNewcomers } from "./newcomers";
import { recentRetrievals, type Concerned, type LoggedRetrieval } from "@/lib/store/telemetry";
import type { Appended } from "@/lib/store/append";
import type { Tx } from "@/lib/store/prisma";

/** Logged recalls that are scored again, newest first: what people and agents asked lately. */
const RECENT = 200;
const MOST_MOVES = 20;

/** Memories that leave every list, and what the others' moves do to their scores. */
interface Shifts {
  readonly gone: ReadonlySet<MemoryId>;
  readonly learned: Learned;
}

/**
 * Which recent recalls would show another list after an append. A score reads no other memory's state (law 5), so the
 * logged candidates keep their scores but for the moved memories and their declared neighbours: the moved are dropped, shifted by
 * what was learned or unlearned about them, or, when they come back or say something else, scored anew against each logged query;
 * the neighbours are shifted by what the moved ones lent them. That takes searches, which are made for a preview alone: an act
 * holds the ledger, and whoever acts has seen them.
 */
export async function blastRadius(tx: Tx, done: Appended, isPreview: boolean) {
  const { count, moves, neighbours } = await movedLists(tx, done, isPreview);
  return {
    retrievals: count,
    affected: moves.length,
    moves: await present(tx, done, moves.slice(0, MOST_MOVES)),
    neighbours: { count: neighbours.size, items: await presentNeighbours(tx, neighbours) },
  };
}

interface MovedLists {
  readonly count: number;
  readonly moves: readonly Move[];
  readonly neighbours: ReadonlyMap<MemoryId, NeighbourBy>;
}

/** Every recent recall that an append moves, with what it would show before and after; what neighbours lend only where it is `isPreview`. */
export async function movedLists(tx: Tx, done: Appended, isPreview: boolean): Promise<MovedLists> {
  const around = isPreview ? await aroundOf(done) : NOTHING_AROUND;
  const { neighbours, mostAsked } = around;
  const reachesAll = saysOfNames(done) || tunedBy(done) !== null;
  if (done.memories.size === 0 && !reachesAll) return { count: 0, moves: [], neighbours };
  const { count, movesOf, retrievals } = await replayed(tx, done, neighbours.size > 0 || reachesAll);
  const scores = new Map<string, AroundScores>();
  for (const retrieval of retrievals) {
    const found = scores.size < mostAsked ? await around.scores(retrieval) : null;
    if (found !== null) scores.set(retrieval.id, found);
  }
  return { count, moves: movesOf(null, scores), neighbours };
}

/** Recent recalls beside an append: what they would show because of all of it, or because of some of its memories alone. */
export interface Replayed {
  readonly count: number;
  /** null: of all memories. A score reads no other memory's state, so a part of an append moves what it would move by itself. */
  readonly movesOf: (
    ids: ReadonlySet<string> | null,
    around?: ReadonlyMap<string, AroundScores>,
  ) => readonly Move[];
  readonly retrievals: readonly LoggedRetrieval[];
}

/** Reads the logged recalls and scores newcomers once, so that any number of parts can be looked at without the database. */
export async function replayed(tx: Tx, done: Appended, all = false): Promise<Replayed> {
  const gone = new Set([...done.memories].filter(([, { after }]) => !isFindable(after)).map(([id]) => id));
  const shifts: Shifts = { gone, learned: await learnedAfter(tx, done) };
  const fresh = await newcomers(tx, done);
  const { count, retrievals } = await recentRetrievals(
    tx,
    RECENT,
    fresh === null && !all ? concernedBy(shifts, done) : "all",
  );
  const scores = new Map<string, ReadonlyMap<MemoryId, number>>();
  if (fresh !== null)
    for (const retrieval of retrievals)
      scores.set(retrieval.id, await scoresOfNewcomers(fresh, retrieval, done));
  return {
    count,
    retrievals,
    movesOf: (ids, around) =>
      retrievals.flatMap((retrieval): Move[] => {
        const before = retrieval.candidates.slice(0, retrieval.limit).map((c) => c.m);
        const after = rescored(retrieval, only(shifts, ids), {
          fresh: onlyOf(scores.get(retrieval.id) ?? new Map<MemoryId, number>(), ids),
          around: around?.get(retrieval.id) ?? null,
        });
        return before.join() === after.join() ? [] : [{ retrieval, before, after }];
      }),
  };
}

const only = ({ gone, learned }: Shifts, ids: ReadonlySet<string> | null): Shifts =>
  ids === null
    ? { gone, learned }
    : {
        gone: new Set([...ids].map((id) => brand<MemoryId>(id)).filter((id) => gone.has(id))),
        learned: {
          moves: (id) => ids.has(id) && learned.moves(id),
          shift: (id, retrieval) => (ids.has(id) ? learned.shift(id, retrieval) : 0),
        },
      };

const onlyOf = (
  fresh: ReadonlyMap<MemoryId, number>,
  ids: ReadonlySet<string> | null,
): ReadonlyMap<MemoryId, number> =>
  ids === null ? fresh : new Map([...fresh].filter(([id]) => ids.has(id)));

/** More are not looked for one by one. */
const MOST_LOOKED_FOR = 50;

/** A memory that goes leaves a list only where it was shown; one about which something was learned may move wherever it was a candidate. */
function concernedBy({ gone, learned }: Shifts, done: Appended): Concerned | "all" {
  const moved = [...done.memories.keys()].filter((id) => gone.has(id) || learned.moves(id));
  return moved.length > MOST_LOOKED_FOR
    ? "all"
    : { shown: moved, candidates: moved.filter((id) => !gone.has(id)) };
}

interface Anew {
  readonly fresh: ReadonlyMap<MemoryId, number>;
  readonly around: AroundScores | null;
}

function rescored(
  retrieval: LoggedRetrieval,
  { gone, learned }: Shifts,
  { fresh, around }: Anew,
): MemoryId[] {
  const logged = new Set(retrieval.candidates.map((c) => c.m));
  const lent = (id: MemoryId) =>
    (around?.after.get(id) ?? around?.before.get(id) ?? 0) -
    (around?.before.get(id) ?? around?.after.get(id) ?? 0);
  const kept = retrieval.candidates.flatMap((c) =>
    gone.has(c.m) || fresh.has(c.m) ? [] : [{ m: c.m, s: c.s + learned.shift(c.m, retrieval) + lent(c.m) }],
  );
  const added = [...fresh].map(([m, s]) => ({ m, s }));
  // What a name newly leads to was no candidate then; what was added since and is not moved stays out.
  const led = [...(around?.after ?? [])].flatMap(([m, s]) =>
    logged.has(m) || fresh.has(m) || s <= (around?.before.get(m) ?? -Infinity) ? [] : [{ m, s }],
  );
  // Scores are logged to six digits: what is equal in them keeps the order that it was shown in.
  return [...kept, ...added, ...led]
    .sort((a, b) => b.s - a.s)
    .slice(0, retrieval.limit)
    .map((c) => c.m);
}

export interface Move {
  readonly retrieval: LoggedRetrieval;
  readonly before: readonly MemoryId[];
  readonly after: readonly MemoryId[];
}

/** A memory that the append unmakes has no text any more; it is called by what it said before. */
async function present(tx: Tx, done: Appended, moves: readonly Move[]) {
  const rows = await memoryRowsById(
    tx,
    moves.flatMap((m) => [...m.before, ...m.after]).map((id) => brand<MemoryId>(id)),
  );
  const textOf = (id: MemoryId) => rows.get(id)?.content || done.memories.get(id)?.before?.content || "";
  const labelled = (ids: readonly MemoryId[]) =>
    ids.map((memoryId) => ({ memoryId, label: labelOf(textOf(memoryId)) }));
  return moves.map(({ retrieval, before, after }) => ({
    retrievalId: retrieval.id,
    query: retrieval.query,
    before: labelled(before),
    after: labelled(after),
  }));
}

/** More are counted and not named. */
const MOST_NEIGHBOURS = 50;

async function presentNeighbours(tx: Tx, neighbours: ReadonlyMap<MemoryId, NeighbourBy>) {
  const shown = [...neighbours]
    .sort(([, a], [, b]) => (a === b ? 0 : a === "session" ? -1 : 1))
    .slice(0, MOST_NEIGHBOURS);
  const rows = await memoryRowsById(
    tx,
    shown.map(([id]) => id),
  );
  return shown.map(([memoryId, by]) => ({ memoryId, label: labelOf(rows.get(memoryId)?.content ?? ""), by }));
}
