import { createWorkspaceIndex, type WorkspaceIndex } from "./workspace-index";
import { DEFAULTS, parametersFrom, type Parameters } from "@/lib/domain/parameters";
import { chunks } from "@/lib/store/chunks";
import { awaitsVectors } from "./indexed-memory";
import { embedAndStoreLater, vectorsByHash, vectorsStored, type TextVectors } from "./embeddings";
import { followBonds, followEdits, followGraph } from "./follow-graph";
import { followCues, followSpeakers, type Followed } from "./follow-cues";
import { FIRST_EPOCH, type Epoch } from "@/lib/domain/recall/epoch";
import { embedForModel, servingEmbedder } from "./move-to-model";
import { getEmbedder, type Embedder } from "@/lib/models/embedder";
import { giveMemoryBack } from "./give-back";
import { headSeq, indexRows, tunedParameters } from "@/lib/store/index-rows";
import { loadEpoch } from "@/lib/store/epochs";
import { movedRow, movedView, type MovedMemory } from "./moved-memory";
import { memoryId, seqOf, type MemoryId, type Seq, type WorkspaceId } from "@/lib/domain/ids";
import { onAppend, type Appended } from "@/lib/store/append";
import { peopleKey } from "@/lib/domain/learning/question-nearness";
import { publish } from "@/lib/store/feed";
import { standpoint, type Standpoint } from "@/lib/store/past/standpoint";
import { createTrail, type Trail } from "./trail";
import { setImmediate as nextTurn } from "node:timers/promises";

/** An index with the point of the ledger it has seen, and what was in force there. */
export interface LiveIndex {
  readonly index: WorkspaceIndex;
  seq: Seq;
  parameters: Parameters;
  epoch: Epoch;
  /** Memories with vectors still to be computed. */
  readonly waiting: Map<MemoryId, string>;
  /** Whose vectors it holds; null without any model, and the keyword route works alone. */
  readonly embedder: Embedder | null;
  /** Texts still to be embedded for a model that takes over when all are. */
  moving: number;
}

interface Held extends LiveIndex {
  readonly trail: Trail;
  busy: Promise<void>;
  embedding: Promise<void> | null;
}

// One set of indexes per process: Next may load this module once per route.
const shared = globalThis as { palimpsestIndexes?: Map<WorkspaceId, Promise<Held>> };

/** So few missing vectors, about a second's work, are computed before the recall answers; more are computed beside it. */
const EMBED_AT_ONCE = 200;

/** The workspace's index, brought up to the head of its ledger as other processes may have moved it. */
export async function liveIndex(workspaceId: WorkspaceId): Promise<LiveIndex> {
  const held = await open(workspaceId);
  await takeIn(workspaceId, held);
  if ((await headSeq(workspaceId)) !== held.seq) await inTurn(held, () => catchUp(workspaceId, held));
  if (held.waiting.size > 0) await embedWaiting(workspaceId, held);
  return held;
}

/** The index if this process has one, as it is; for previews, which run while the ledger is locked and must not wait for it. */
export async function openIndex(workspaceId: WorkspaceId): Promise<LiveIndex | null> {
  return (await indexes()?.get(workspaceId)) ?? null;
}

/** Texts that are being embedded, when it is more than a moment's work; of the index that this process has, if it has one. */
export async function leftToEmbed(workspaceId: WorkspaceId): Promise<number> {
  const live = await openIndex(workspaceId);
  const left = (live?.waiting.size ?? 0) + (live?.moving ?? 0);
  return left > EMBED_AT_ONCE ? left : 0;
}

/** Whose vectors a workspace is searched by at the moment; null without any model. */
export async function modelOf(workspaceId: WorkspaceId): Promise<string | null> {
  const live = await openIndex(workspaceId);
  const embedder = live === null ? await getEmbedder().catch(() => null) : live.embedder;
  return embedder?.model ?? null;
}

function open(workspaceId: WorkspaceId): Promise<Held> {
  if (standpoint() === null) shared.palimpsestIndexes ??= listening(new Map());
  const own = indexes();
  const known = own?.get(workspaceId);
  if (known) return known;
  const opening = create(workspaceId);
  own?.set(workspaceId, opening);
  opening.catch(() => own?.delete(workspaceId));
  return opening;
}

type Indexes = Map<WorkspaceId, Promise<Held>>;

/** Indexes of earlier states, each gone with its state. */
const ofPasts = new WeakMap<Standpoint, Indexes>();

/** The indexes of the present, or those of the state that the work under way reads from. */
function indexes(): Indexes | undefined {
  const there = standpoint();
  if (there === null) return shared.palimpsestIndexes;
  const own = ofPasts.get(there) ?? new Map<WorkspaceId, Promise<Held>>();
  if (!ofPasts.has(there)) {
    ofPasts.set(there, own);
    there.onClose(() => {
      for (const opening of own.values())
        void opening.then(
          ({ index }) => index.dispose(),
          () => undefined,
        );
    });
  }
  return own;
}

/** Follows the appends of this process, so that the next recall finds little left to do. */
function listening(indexes: Map<WorkspaceId, Promise<Held>>): Map<WorkspaceId, Promise<Held>> {
  onAppend((workspaceId, done) => {
    // One that could not be made has told whoever asked for it.
    void indexes.get(workspaceId)?.then(
      (held) => held.trail.add(done),
      () => undefined,
    );
  });
  return indexes;
}

function followTrail(workspaceId: WorkspaceId, held: Held): void {
  takeIn(workspaceId, held)
    .then(() => (held.waiting.size > 0 ? embedWaiting(workspaceId, held) : undefined))
    .catch((error: unknown) => console.error(`The search index could not follow: ${String(error)}`));
}

function takeIn(workspaceId: WorkspaceId, held: Held): Promise<void> {
  return inTurn(held, async () => {
    for (const done of held.trail.take()) if (done.head > held.seq) await follow(workspaceId, held, done);
  });
}

/** One at a time, in the order they are asked for; one that fails leaves the next to catch up with what it missed. */
function inTurn(held: Held, move: () => Promise<void>): Promise<void> {
  held.busy = held.busy.catch(() => undefined).then(move);
  return held.busy;
}

async function create(workspaceId: WorkspaceId): Promise<Held> {
  const configured = await getEmbedder().catch(() => null);
  const serving = configured === null ? null : await servingEmbedder(workspaceId, configured);
  const held = heldBy(workspaceId, serving);
  if (configured !== null && serving !== configured && standpoint() === null)
    void moveTo(workspaceId, held, configured);
  return held;
}

function heldBy(workspaceId: WorkspaceId, embedder: Embedder | null): Held {
  const index = createWorkspaceIndex(embedder?.dimensions ?? FALLBACK_DIMENSIONS);
  const trail = createTrail(() => followTrail(workspaceId, held));
  const held: Held = {
    index,
    trail,
    embedder,
    moving: 0,
    seq: seqOf(0),
    parameters: DEFAULTS,
    epoch: FIRST_EPOCH,
    waiting: new Map(),
    busy: Promise.resolve(),
    embedding: null,
  };
  return held;
}

/** Without a model there are no vectors to hold, and the keyword route works alone. */
const FALLBACK_DIMENSIONS = 4;
/** A search that has begun ends within this; an endpoint that does not answer is asked again after it. */
const PATIENCE_MS = 60_000;

/** Embeds everything for another model beside the one that serves, and lets it take over when all is there. */
async function moveTo(workspaceId: WorkspaceId, held: Held, embedder: Embedder): Promise<void> {
  try {
    await inTurn(held, () => catchUp(workspaceId, held));
    await embedForModel(workspaceId, embedder, {
      speakers: held.epoch.speakers,
      onProgress: (done, total) => {
        held.moving = total - done;
        publish(workspaceId, { type: "progress", data: { job: "embedding", done, total } });
      },
    });
    const next = heldBy(workspaceId, embedder);
    await inTurn(next, () => catchUp(workspaceId, next));
    shared.palimpsestIndexes?.set(workspaceId, Promise.resolve(next));
    setTimeout(() => held.index.dispose(), PATIENCE_MS).unref();
  } catch (error) {
    console.warn(
      `The vectors of ${embedder.model} have to wait: ${error instanceof Error ? error.message : String(error)}`,
    );
    setTimeout(() => void moveTo(workspaceId, held, embedder), PATIENCE_MS).unref();
  }
}

async function catchUp(workspaceId: WorkspaceId, held: Held): Promise<void> {
  const head = await headSeq(workspaceId);
  if (head === held.seq) return;
  const model = held.embedder?.model ?? null;
  const tuned = await tunedParameters(workspaceId);
  const epoch = await epochOf(workspaceId, held, String(tuned.get(EPOCH_PARAMETER) ?? FIRST_EPOCH.id));
  const followed = followedBy(workspaceId, held, epoch);
  if (peopleKey(epoch.speakers) !== peopleKey(held.epoch.speakers)) await followSpeakers(followed);
  for await (const rows of indexRows(workspaceId, { after: held.seq, upTo: head, model })) {
    const moved = rows.map(movedRow);
    for (const memory of moved) await place(held, memory);
    await followGraph(workspaceId, held.index, moved);
    await followCues(
      followed,
      rows.map((row) => memoryId(row.id)),
    );
  }
  await followBonds(workspaceId, held.index, { after: held.seq, upTo: head });
  await followEdits(workspaceId, held.index, { after: held.seq, upTo: head });
  held.parameters = parametersFrom(tuned);
  held.epoch = epoch;
  if (head - held.seq >= LARGE_LOAD) giveMemoryBack();
  held.seq = head;
}

async function epochOf(workspaceId: WorkspaceId, held: Held, id: string): Promise<Epoch> {
  if (id === held.epoch.id) return held.epoch;
  return id === FIRST_EPOCH.id ? FIRST_EPOCH : loadEpoch(workspaceId, id);
}

const followedBy = (workspaceId: WorkspaceId, { index, embedder }: Held, { speakers }: Epoch): Followed => ({
  workspaceId,
  index,
  model: embedder?.model ?? "",
  speakers,
});

/** Changes that leave so much behind that the pause for clearing up is worth it. */
const LARGE_LOAD = 20_000;

/** Parameter that names the epoch in force; its value is the id of stored statistics. */
export const EPOCH_PARAMETER = "epoch.current";

async function place(held: Held, memory: MovedMemory): Promise<void> {
  const { id, content, isSearchable } = memory;
  held.waiting.delete(id);
  if (!isSearchable) return held.index.remove(id);
  await held.index.upsert(memory);
  const placed = held.index.find(id);
  if (placed && awaitsVectors(placed)) held.waiting.set(id, content);
}

/** Memories placed before others get their turn. */
const AT_ONCE = 200;

/**
 * Takes an append in as it was made, where the index stands right before it; what it cannot know from the append alone
 * it reads. Parameters and erasures are rare and reach further than the memories that moved.
 */
async function follow(workspaceId: WorkspaceId, held: Held, done: Appended): Promise<void> {
  const isNext = held.seq === done.head - done.changes.length;
  if (!isNext || done.changes.some((c) => c.op === "purge" || c.target.type === "workspace"))
    return catchUp(workspaceId, held);
  const moved = [...done.memories.values()];
  const vectors = await storedVectors(workspaceId, held, moved);
  for (const part of chunks(moved, AT_ONCE)) {
    for (const { after } of part) {
      const memory = movedView(after);
      await place(held, { ...memory, ...vectors.get(memory.textHash) });
    }
    if (moved.length > AT_ONCE) await nextTurn();
  }
  await followGraph(
    workspaceId,
    held.index,
    moved.map(({ after }) => movedView(after)),
  );
  if (done.changes.some((c) => c.target.type === "relation"))
    await followBonds(workspaceId, held.index, { after: held.seq, upTo: done.head });
  if (done.changes.some((c) => c.target.type === "entity" || c.target.type === "edge"))
    await followEdits(workspaceId, held.index, { after: held.seq, upTo: done.head });
  await followCues(followedBy(workspaceId, held, held.epoch), [...done.memories.keys()]);
  held.seq = done.head;
}

/**
 * Stored vectors of memories that come back or take an earlier text again. A text that is new here has none, as a rule; among
 * many there are some that were here before, and a look costs less than the model.
 */
async function storedVectors(
  workspaceId: WorkspaceId,
  held: Held,
  moved: readonly Moved[],
): Promise<ReadonlyMap<string, TextVectors>> {
  const areMany = moved.length > AT_ONCE;
  const unknown = moved.flatMap(({ before, after }) => {
    const memory = movedView(after);
    const mayBeStored = areMany || before !== null;
    return mayBeStored && memory.isSearchable && held.index.find(memory.id)?.textHash !== memory.textHash
      ? [memory.textHash]
      : [];
  });
  return unknown.length === 0 || held.embedder === null
    ? new Map()
    : vectorsByHash(workspaceId, unknown, held.embedder.model);
}

type Moved = NonNullable<ReturnType<Appended["memories"]["get"]>>;

async function embedWaiting(workspaceId: WorkspaceId, held: Held): Promise<void> {
  held.embedding ??= embedAll(workspaceId, held)
    // Without a model the words alone have to do; whoever asks is told which part is missing.
    .catch((error: unknown) =>
      console.warn(`Embedding has to wait: ${error instanceof Error ? error.message : String(error)}`),
    )
    .finally(() => {
      held.embedding = null;
    });
  if (held.waiting.size <= EMBED_AT_ONCE) await held.embedding;
}

/** Waits until every memory has its vector, and the store too, as far as there is a model; for programs that measure or demonstrate. */
export async function allEmbedded(workspaceId: WorkspaceId): Promise<void> {
  const held = await open(workspaceId);
  await liveIndex(workspaceId);
  await held.embedding;
  await vectorsStored();
}

async function embedAll(workspaceId: WorkspaceId, held: Held): Promise<void> {
  const embedder = held.embedder ?? (await getEmbedder());
  // A model that was away when the index was made is back: the index is made anew for it.
  if (held.embedder === null) return void indexes()?.delete(workspaceId);
  while (held.waiting.size > 0) {
    const byText = new Map<string, MemoryId[]>();
    for (const [id, text] of held.waiting) byText.set(text, [...(byText.get(text) ?? []), id]);
    const total = held.waiting.size;
    const anyOf = new Map(
      [...byText].flatMap(([text, [id]]) => (id === undefined ? [] : [[text, id] as const])),
    );
    await embedAndStoreLater(workspaceId, anyOf, {
      embedder,
      onBatch: async (vectors, done) => {
        for (const [text, own] of vectors) await settle(held, text, { ids: byText.get(text) ?? [], ...own });
        if (total > EMBED_AT_ONCE)
          publish(workspaceId, { type: "progress", data: { job: "embedding", done, total } });
      },
    });
  }
}

async function settle(
  held: Held,
  text: string,
  { ids, vector, passages }: TextVectors & { readonly ids: readonly MemoryId[] },
): Promise<void> {
  for (const id of ids) {
    // The memory may have been edited while its text was embedded; then another text waits under its id.
    if (held.waiting.get(id) !== text) continue;
    held.waiting.delete(id);
    await held.index.setVector(id, vector, passages);
  }
}
