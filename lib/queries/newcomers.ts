import { createWorkspaceIndex, type WorkspaceIndex } from "@/lib/search/workspace-index";
import { textVectors, type TextVectors } from "@/lib/search/embeddings";
import { cueRowsIn, questionVectorsIn } from "@/lib/store/cue-rows";
import { groupBy } from "@/lib/domain/group-by";
import { questionsOf, termsOf, withPeople } from "@/lib/search/follow-cues";
import { embeddedText } from "@/lib/domain/recall/embedded-text";
import { FIRST_EPOCH, type Epoch } from "@/lib/domain/recall/epoch";
import { isFindable } from "@/lib/domain/memory/findable";
import { dimensionsOf } from "@/lib/domain/packed-vectors";
import { modelOf, openIndex } from "@/lib/search/live-index";
import { rank } from "@/lib/search/rank";
import { sha256 } from "@/lib/store/digest";
import { vectorOf, type LoggedRetrieval } from "@/lib/store/telemetry";
import type { Appended } from "@/lib/store/append";
import type { MemoryId } from "@/lib/domain/ids";
import type { MemoryView } from "@/lib/domain/memory/memory";
import type { Tx } from "@/lib/store/prisma";

/** Memories that an append brings into recalls, or whose words it alters, laid out to be scored against logged queries. */
export interface Newcomers {
  readonly index: WorkspaceIndex;
  readonly epoch: Epoch;
}

/** More are not scored one by one: the preview then speaks of those that leave and those that shift. */
const MOST = 200;

/** null: nobody comes. */
export async function newcomers(tx: Tx, done: Appended): Promise<Newcomers | null> {
  const coming = [...done.memories.values()]
    .flatMap(({ before, after }) =>
      isFindable(after) && (before === null || !isFindable(before) || before.content !== after.content)
        ? [after]
        : [],
    )
    .slice(0, MOST);
  if (coming.length === 0) return null;
  const hashes = new Map(coming.map((view) => [view.id, base64(sha256(embeddedText(view)))]));
  const vectors = await textVectors(tx, [...hashes.values()], (await modelOf(done.workspaceId)) ?? "");
  const [first] = vectors.values();
  const dimensions = first === undefined ? SMALLEST : dimensionsOf(first.vector);
  const index = createWorkspaceIndex(dimensions);
  for (const view of coming) await index.upsert(toIndex(view, vectors.get(hashes.get(view.id) ?? "")));
  const epoch = (await openIndex(done.workspaceId))?.epoch ?? FIRST_EPOCH;
  await learnCues(tx, { done, index, coming, epoch });
  return { index, epoch };
}

interface Learning extends Newcomers {
  readonly done: Appended;
  readonly coming: readonly MemoryView[];
}

/** What was said of them for a question counts near that question; without this it would lift them in every recall. */
async function learnCues(tx: Tx, { done, index, coming, epoch }: Learning): Promise<void> {
  const { workspaceId } = done;
  const judged = coming.filter((view) => Object.keys(view.evidence).length > 0);
  const model = await modelOf(workspaceId);
  if (judged.length === 0 || model === null || model === undefined) return;
  const ids = judged.map((view) => view.id);
  const rows = withPeople(await cueRowsIn(tx, { workspaceId, ids, model }), epoch.speakers);
  const asked = await questionVectorsIn(tx, workspaceId, [...new Set(rows.map((row) => row.retrievalId))]);
  const questions = questionsOf(rows, asked, index.vectors.dimensions);
  const byMemory = groupBy(rows, (row) => row.memoryId);
  for (const { id, kind, evidence } of judged) {
    const key = index.find(id)?.key;
    if (key !== undefined)
      index.cues.set(key, { terms: termsOf(byMemory.get(id) ?? []), evidence, kind }, questions);
  }
}

const SMALLEST = 4;
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

/** Their scores in one logged recall, without the context of their sessions. */
export async function scoresOfNewcomers(
  { index, epoch }: Newcomers,
  retrieval: LoggedRetrieval,
  done: Appended,
): Promise<ReadonlyMap<MemoryId, number>> {
  const vector = retrieval.vector === null ? null : vectorOf(retrieval.vector);
  const usable = vector !== null && vector.length === index.vectors.dimensions ? vector : null;
  const ranked = await rank(index, {
    query: retrieval.query,
    vector: usable,
    scope: retrieval.scope,
    now: done.at,
    asOf: null,
    parameters: done.parameters,
    epoch,
  });
  return new Map(ranked.map((r) => [r.id, r.score]));
}

function toIndex(view: MemoryView, vectors: TextVectors | undefined) {
  const { id, content, kind, tags, scope, validAt, invalidAt, createdAt, evidence } = view;
  return {
    id,
    content,
    textHash: id,
    kind,
    tags,
    scope,
    speaker: view.source.speaker ?? null,
    validAt,
    invalidAt,
    createdAt,
    superseded: false,
    evidence,
    vector: null,
    ...vectors,
  };
}
