import { belief } from "@/lib/domain/memory/confidence";
import { CueIndex } from "./cue-index";
import { cuePart } from "@/lib/domain/learning/cue";
import { cueRowsIn, questionVectorsIn, type CueRow } from "@/lib/store/cue-rows";
import { groupBy } from "@/lib/domain/group-by";
import { openIndex, type LiveIndex } from "./catch-up";
import { PART_NAMES } from "@/lib/domain/recall/score";
import { termsOf } from "./follow-cues";
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
      const place = { vector: vectorFor(retrieval, live), similarity: candidate.p[SIMILARITY] ?? 0, done };
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
  const rows = await cueRowsIn(tx, {
    workspaceId: done.workspaceId,
    ids: moved.map(({ after }) => after.id),
    model,
  });
  const vectors = await vectorsOf(tx, rows, { done, live });
  const byMemory = groupBy(rows, (row) => row.memoryId);
  moved.forEach(({ after }, i) =>
    cues.set(
      i,
      { terms: termsOf(byMemory.get(after.id) ?? []), evidence: after.evidence, kind: after.kind },
      vectors,
    ),
  );
  return cues;
}

async function vectorsOf(
  tx: Tx,
  rows: readonly CueRow[],
  { done, live }: Pick<Moved, "done" | "live">,
): Promise<ReadonlyMap<string, Float32Array>> {
  const held = rows.map((row) => [row.question, live?.index.cues.vectorOf(row.question) ?? null] as const);
  const known = new Map(
    held.flatMap(([question, vector]) => (vector === null ? [] : [[question, vector] as const])),
  );
  const missing = new Map(
    rows.filter((row) => !known.has(row.question)).map((row) => [row.retrievalId, row.question]),
  );
  if (missing.size === 0) return known;
  const found = await questionVectorsIn(tx, done.workspaceId, [...missing.keys()]);
  return new Map([
    ...known,
    ...found.map(({ id, vector }) => [missing.get(id) ?? "", vectorOf(vector)] as const),
  ]);
}

/** A vector of another model says nothing about these cues. */
function vectorFor(retrieval: LoggedRetrieval, live: LiveIndex | null): Float32Array | null {
  const vector = retrieval.vector === null ? null : vectorOf(retrieval.vector);
  return vector?.length === live?.index.vectors.dimensions ? vector : null;
}

interface Known {
  readonly cues: CueIndex;
  readonly key: number;
  readonly view: MemoryView | null;
}

interface Place {
  readonly vector: Float32Array | null;
  readonly similarity: number;
  readonly done: Appended;
}

/** The parts of a score that come from outcomes. */
function partsOf(
  { cues, key, view }: Known,
  { vector, similarity, done: { at, parameters } }: Place,
): number {
  if (view === null) return 0;
  const general: EvidenceSums = cues.generalOf(key) ?? view.evidence;
  const utility =
    parameters["recall.weight.utility"] * belief(general, { kind: view.kind, now: at, parameters }).utility;
  return (
    utility +
    (vector === null ? 0 : cuePart(cues.at(key, vector, { now: at, parameters }), similarity, parameters))
  );
}
