import { belief } from "@/lib/domain/memory/confidence";
import { CueIndex } from "./cue-index";
import { cuePart } from "@/lib/domain/learning/cue";
import { cueRowsIn, questionVectorsIn } from "@/lib/store/cue-rows";
import { groupBy } from "@/lib/domain/group-by";
import { openIndex } from "./live-index";
import type { LiveIndex } from "./held-index";
import { PART_NAMES } from "@/lib/domain/recall/score";
import { namesRead } from "@/lib/domain/recall/question";
import { peopleKey, type AskedOf } from "@/lib/domain/learning/question-nearness";
import { questionsOf, termsOf, withPeople, type CueRowOfPeople } from "./follow-cues";
import { vectorOf, type LoggedRetrieval } from "@/lib/store/telemetry";
import type { Appended } from "@/lib/store/append";
import type { EvidenceSums } from "@/lib/domain/registers/evidence";
import type { MemoryId } from "@/lib/domain/ids";
import type { MemoryView } from "@/lib/domain/memory/memory";
import type { Tx } from "@/lib/store/prisma";

/** By how much the learned parts of a moved memory's score move in a logged recall. */
export interface Learned {
  readonly shift: (id: MemoryId, retrieval: LoggedRetrieval) => number;
  /** Whether it may move anywhere at all. */
  readonly moves: (id: MemoryId) => boolean;
}

const SIMILARITY = PART_NAMES.indexOf("similarity");

/**
 * What an append does to what was learned, before and after: said at large it counts in every recall, said for a question
 * it counts near that question. Read inside the append's own transaction, so that a preview sees what would be left.
 */
export async function learnedAfter(tx: Tx, done: Appended): Promise<Learned> {
  const live = await openIndex(done.workspaceId);
  const moved = [...done.memories.values()].filter(
    ({ before, after }) => before === null || before.evidence !== after.evidence,
  );
  const [now, then] = [await cuesOf(tx, { done, live, moved }), live];
  const numbers = new Map(moved.map(({ after }, i) => [after.id, i]));
  return {
    moves: (id) => numbers.has(id),
    shift: (id, retrieval) => {
      const number = numbers.get(id);
      const candidate = retrieval.candidates.find((c) => c.m === id);
      if (number === undefined || candidate === undefined) return 0;
      const place = { asked: askedIn(retrieval, live), similarity: candidate.p[SIMILARITY] ?? 0, done };
      const key = then?.index.find(id)?.key;
      const { before, after } = moved[number] ?? {};
      const old =
        key === undefined || then === null
          ? 0
          : partsOf({ cues: then.index.cues, key, view: before ?? null }, place);
      return partsOf({ cues: now, key: number, view: after ?? null }, place) - old;
    },
  };
}

interface Moved {
  readonly done: Appended;
  readonly live: LiveIndex | null;
  readonly moved: readonly { readonly after: MemoryView }[];
}

/** What will be known of the moved memories, each under its place in the list. */
async function cuesOf(tx: Tx, { done, live, moved }: Moved): Promise<CueIndex> {
  const cues = new CueIndex();
  const model = live?.embedder?.model;
  if (model === undefined || moved.length === 0) return cues;
  const ids = moved.map(({ after }) => after.id);
  const read = await cueRowsIn(tx, { workspaceId: done.workspaceId, ids, model });
  const rows = withPeople(read, live?.epoch.speakers ?? []);
  const questions = await askedBy(tx, rows, { done, live });
  const byMemory = groupBy(rows, (row) => row.memoryId);
  moved.forEach(({ after }, i) =>
    cues.set(
      i,
      { terms: termsOf(byMemory.get(after.id) ?? []), evidence: after.evidence, kind: after.kind },
      questions,
    ),
  );
  return cues;
}

async function askedBy(
  tx: Tx,
  rows: readonly CueRowOfPeople[],
  { done, live }: Pick<Moved, "done" | "live">,
): Promise<ReadonlyMap<string, AskedOf>> {
  const held = rows.map((row) => [row.question, live?.index.cues.askedOf(row.question) ?? null] as const);
  const known = new Map(
    held.flatMap(([question, asked]) => (asked === null ? [] : [[question, asked] as const])),
  );
  const missing = rows.filter((row) => !known.has(row.question));
  if (missing.length === 0) return known;
  const found = await questionVectorsIn(tx, done.workspaceId, [
    ...new Set(missing.map((row) => row.retrievalId)),
  ]);
  return new Map([...known, ...questionsOf(missing, found, live?.index.vectors.dimensions ?? 0)]);
}

/** A vector of another model says nothing about these cues. */
function askedIn(retrieval: LoggedRetrieval, live: LiveIndex | null): AskedOf | null {
  if (retrieval.vector === null || live === null) return null;
  const vector = vectorOf(retrieval.vector);
  if (vector.length !== live.index.vectors.dimensions) return null;
  return { vector, people: peopleKey(namesRead(live.epoch.speakers)(retrieval.query)) };
}

interface Known {
  readonly cues: CueIndex;
  readonly key: number;
  readonly view: MemoryView | null;
}

interface Place {
  readonly asked: AskedOf | null;
  readonly similarity: number;
  readonly done: Appended;
}

/** The parts of a score that come from outcomes. */
function partsOf({ cues, key, view }: Known, { asked, similarity, done: { at, parameters } }: Place): number {
  if (view === null) return 0;
  const general: EvidenceSums = cues.generalOf(key) ?? view.evidence;
  const utility =
    parameters["recall.weight.utility"] * belief(general, { kind: view.kind, now: at, parameters }).utility;
  return (
    utility +
    (asked === null ? 0 : cuePart(cues.at(key, asked, { now: at, parameters }), similarity, parameters))
  );
}
