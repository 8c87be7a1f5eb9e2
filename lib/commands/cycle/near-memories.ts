import { bandsOf, shinglesOf, signatureOf } from "@/lib/domain/consolidation/min-hash";
import { chunks } from "@/lib/store/chunks";
import { dot } from "@/lib/domain/vector";
import { liveIndex, type LiveIndex } from "@/lib/search/catch-up";
import { memoryId } from "@/lib/domain/ids";
import { vectorsByHash, vectorsStored } from "@/lib/search/embeddings";
import { unpackedOne } from "@/lib/domain/packed-vectors";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { IndexedMemory } from "@/lib/search/indexed-memory";
import type { ProposerView } from "./proposer";

/** Two memories that may say the same or contradict each other. */
export interface NearPair {
  readonly a: IndexedMemory;
  readonly b: IndexedMemory;
  /** Cosine of their texts, −1…1; null without vectors. */
  readonly cosine: number | null;
  /** Each is among the nearest few of the other, or their words are nearly the same. */
  readonly isMutual: boolean;
}

export interface NearMemories {
  readonly live: LiveIndex;
  readonly pairs: readonly NearPair[];
  /** Memories whose neighbours were looked for. */
  readonly looked: number;
}

const found = new WeakMap<ProposerView, Promise<NearMemories>>();

/** Found once for a cycle, however many proposers ask. */
export function nearMemories(view: ProposerView): Promise<NearMemories> {
  const known = found.get(view) ?? find(view);
  found.set(view, known);
  return known;
}

/** Memories after which the server may answer others: some ten milliseconds' work by vectors, and by words. */
const BLOCK = 20;
const WORDS_BLOCK = 200;
/** Memories, or pairs of them, whose vectors are read at once. */
const LOADED = 200;
/** So many such turns later it is asked whether the cycle is still wanted. */
const TURNS = 20;

/** Lets the server answer others every `block` steps, and asks now and then whether to go on. */
export async function pause(view: ProposerView, step: number, block: number): Promise<void> {
  if (step % (block * TURNS) === block * TURNS - 1) await view.breathe();
  else if (step % block === block - 1) await nextTurn();
}
/** In a store this small everything is looked at each time, which takes less than a second. */
const SMALL = 2000;

/**
 * Pairs of memories that are near each other, at least one of which changed since the last cycle: by the words of all, in buckets, and
 * by the vectors of the changed ones and of their neighbours. Never all pairs: the work grows with what changed.
 */
async function find(view: ProposerView): Promise<NearMemories> {
  const live = await liveIndex(view.workspaceId);
  await vectorsStored();
  const changed = await changedMemories(view, live);
  const pairs = new Map<string, NearPair>();
  const add = (pair: NearPair) => {
    const key = pair.a.key < pair.b.key ? `${pair.a.key}|${pair.b.key}` : `${pair.b.key}|${pair.a.key}`;
    const before = pairs.get(key);
    pairs.set(key, { ...pair, cosine: pair.cosine ?? before?.cosine ?? null, isMutual: pair.isMutual || (before?.isMutual ?? false) });
  };
  if (changed.length > 0) {
    const finder = new Neighbours(view, live);
    const sharing = await sharingWords(view, live, changed);
    for (const part of chunks(sharing, LOADED)) {
      await finder.load(part.flatMap(({ a, b }) => [a, b]));
      for (const pair of part) add({ ...pair, cosine: finder.cosine(pair.a, pair.b) });
      await view.breathe();
    }
    for (const pair of await nearByVectors(view, finder, changed)) add(pair);
  }
  return { live, pairs: [...pairs.values()], looked: changed.length };
}

/** What may be merged or replaced at all, in a fixed order. */
async function changedMemories(view: ProposerView, { index }: LiveIndex): Promise<IndexedMemory[]> {
  const isOpen = (memory: IndexedMemory | undefined): memory is IndexedMemory => memory !== undefined && !memory.superseded;
  if (index.size() <= SMALL) return index.memories.filter(isOpen);
  const rows = await view.tx.$queryRaw<{ targetId: string }[]>`
    SELECT DISTINCT "targetId" FROM "Change" WHERE "workspaceId" = current_setting('app.workspace')::uuid
      AND "seq" > ${await lookedUpTo(view)} AND "seq" <= ${view.head} AND "targetType" = 'memory' AND "op" <> 'observe'`;
  return rows.map((row) => index.find(memoryId(row.targetId))).filter(isOpen).sort((a, b) => a.key - b.key);
}

/** Where earlier cycles held nothing back: what one could not do for its bounds, the next one finds again. */
async function lookedUpTo({ tx, since }: ProposerView): Promise<number> {
  const rows = await tx.$queryRaw<{ fromSeq: bigint; heldBack: number }[]>`
    SELECT "fromSeq", coalesce((SELECT max((s->'counts'->>'heldBack')::int) FROM jsonb_array_elements("stages") s), 0) AS "heldBack" FROM "Cycle"
    WHERE "workspaceId" = current_setting('app.workspace')::uuid AND NOT "dryRun" AND "toSeq" <= ${since} AND "state" NOT IN ('failed', 'running', 'cancelled')
    ORDER BY "number" DESC LIMIT 100`;
  let from = since;
  for (const row of rows) {
    if (row.heldBack === 0) break;
    from = Number(row.fromSeq);
  }
  return from;
}

/** Of one person, agent and run, said by the same speaker, and of one kind: anything else is another memory, whatever it says. */
const isAlike = (a: IndexedMemory, b: IndexedMemory): boolean =>
  a.scope.userId === b.scope.userId && a.scope.agentId === b.scope.agentId && a.scope.runId === b.scope.runId && a.speaker === b.speaker && a.kind === b.kind;

/** Pairs in one MinHash bucket. The changed ones fill the buckets, and every memory looks into them, so that memory is used for those alone. */
async function sharingWords(view: ProposerView, { index }: LiveIndex, changed: readonly IndexedMemory[]): Promise<Omit<NearPair, "cosine">[]> {
  const buckets = new Map<number, IndexedMemory[]>();
  const pairs: Omit<NearPair, "cosine">[] = [];
  const lookInto = (memory: IndexedMemory, bands: readonly number[]): void => {
    const others = new Set(bands.flatMap((band) => buckets.get(band) ?? []));
    for (const other of others) if (isAlike(memory, other)) pairs.push({ a: memory, b: other, isMutual: true });
  };
  for (const [i, memory] of changed.entries()) {
    const bands = bandsOf(signatureOf(shinglesOf(memory.terms)));
    lookInto(memory, bands);
    for (const band of bands) {
      const held = buckets.get(band);
      if (held === undefined) buckets.set(band, [memory]);
      // A phrase that everybody repeats would fill one bucket with everything.
      else if (held.length < FULL_BUCKET) held.push(memory);
    }
    await pause(view, i, WORDS_BLOCK);
  }
  const isChanged = new Set(changed.map((memory) => memory.key));
  for (const [key, memory] of index.memories.entries()) {
    if (memory === undefined || memory.superseded || isChanged.has(key)) continue;
    lookInto(memory, bandsOf(signatureOf(shinglesOf(memory.terms))));
    await pause(view, key, WORDS_BLOCK);
  }
  return pairs;
}

const FULL_BUCKET = 50;

/** The nearest few of each changed memory, and whether it is one of theirs. */
async function nearByVectors(view: ProposerView, finder: Neighbours, changed: readonly IndexedMemory[]): Promise<NearPair[]> {
  const pairs: NearPair[] = [];
  const [mutual, least] = [view.parameters["cycle.merge.neighbours"], view.parameters["cycle.merge.similarity"]];
  for (let from = 0; from < changed.length && finder.isWithinBounds(); from += LOADED) {
    const block = changed.slice(from, from + LOADED);
    await finder.load(block);
    for (const [i, memory] of block.entries()) {
      for (const [rank, { memory: other, similarity }] of (await finder.of(memory)).entries()) {
        const isMutual = rank < mutual && similarity >= least && (await finder.of(other)).slice(0, mutual).some((back) => back.memory === memory);
        pairs.push({ a: memory, b: other, cosine: similarity, isMutual });
      }
      await pause(view, from + i, BLOCK);
    }
  }
  return pairs;
}

/** Vectors and neighbours kept while one cycle lasts: some ten megabytes. */
const MOST_KEPT = 20_000;

interface Neighbour {
  readonly memory: IndexedMemory;
  readonly similarity: number;
}

/** Looks for the nearest memories of the same scope, and remembers what it found while one cycle lasts. */
class Neighbours {
  readonly #view: ProposerView;
  readonly #live: LiveIndex;
  /** As they are stored, in a fourth of the room. */
  readonly #vectors = new Map<string, Uint8Array>();
  readonly #found = new Map<number, readonly Neighbour[]>();
  #compared = 0;

  constructor(view: ProposerView, live: LiveIndex) {
    this.#view = view;
    this.#live = live;
  }

  isWithinBounds(): boolean {
    return this.#compared < this.#view.parameters["cycle.merge.comparisons"];
  }

  /** Reads the vectors of some memories at once; as they are now, for some may be younger than the cycle's snapshot. */
  async load(memories: readonly IndexedMemory[]): Promise<void> {
    const { embedder } = this.#live;
    const missing = memories.map((memory) => memory.textHash).filter((hash) => !this.#vectors.has(hash));
    if (embedder === null || missing.length === 0) return;
    if (this.#vectors.size > MOST_KEPT) return this.#reload(memories);
    for (const [hash, { vector }] of await vectorsByHash(this.#view.workspaceId, missing, embedder.model)) this.#vectors.set(hash, vector);
  }

  /** Begins anew with what is wanted now. */
  #reload(memories: readonly IndexedMemory[]): Promise<void> {
    this.#vectors.clear();
    return this.load(memories);
  }

  /** Best first. */
  async of(memory: IndexedMemory): Promise<readonly Neighbour[]> {
    const known = this.#found.get(memory.key);
    if (known !== undefined) return known;
    const { index } = this.#live;
    await this.load([memory]);
    const vector = this.#vectorOf(memory);
    const most = Math.max(this.#view.parameters["cycle.merge.neighbours"], this.#view.parameters["cycle.supersede.neighbours"]);
    const allowed = (key: number): boolean => {
      const other = index.memories[key];
      return other !== undefined && other !== memory && other.hasVector && !other.superseded && isAlike(memory, other);
    };
    const matches = vector === undefined ? [] : await index.vectors.search(vector, most, allowed);
    this.#compared += index.memories.length;
    const near = matches.flatMap(({ key, similarity }): Neighbour[] => {
      const other = index.memories[key];
      return other === undefined ? [] : [{ memory: other, similarity }];
    });
    if (this.#found.size > MOST_KEPT) this.#found.clear();
    this.#found.set(memory.key, near);
    return near;
  }

  /** Of two whose vectors were read. */
  cosine(a: IndexedMemory, b: IndexedMemory): number | null {
    const [first, second] = [this.#vectorOf(a), this.#vectorOf(b)];
    return first === undefined || second === undefined ? null : dot(first, second);
  }

  #vectorOf({ textHash }: IndexedMemory): Float32Array | undefined {
    const stored = this.#vectors.get(textHash);
    return stored && unpackedOne(stored);
  }
}
