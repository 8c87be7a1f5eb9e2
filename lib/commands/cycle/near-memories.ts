import { dot } from "@/lib/domain/vector";
import { liveIndex } from "@/lib/search/live-index";
import type { LiveIndex } from "@/lib/search/held-index";
import { cellsOf, type Cells } from "./cells";
import { memoryId } from "@/lib/domain/ids";
import { PairList } from "./pair-list";
import { sharingWords } from "./sharing-words";
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
  /** Pairs of keys of the index. */
  readonly pairs: PairList;
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
  const pairs = new PairList();
  if (changed.length > 0) {
    const finder = new Neighbours(view, live);
    await byWords(view, finder, { live, changed, pairs });
    await byVectors(view, finder, { live, changed, pairs });
  }
  return { live, pairs, looked: changed.length };
}

interface Looking {
  readonly live: LiveIndex;
  readonly changed: readonly IndexedMemory[];
  readonly pairs: PairList;
}

const isOpen = (memory: IndexedMemory | undefined): memory is IndexedMemory =>
  memory !== undefined && !memory.superseded;

/** Pairs in one MinHash bucket, with their cosines where both have vectors. */
async function byWords(
  view: ProposerView,
  finder: Neighbours,
  { live: { index }, changed, pairs }: Looking,
): Promise<void> {
  const isChanged = new Set(changed.map((memory) => memory.key));
  const sharing = new PairList();
  await sharingWords(index.memories.filter(isOpen), {
    isAlike,
    isChanged: ({ key }) => isChanged.has(key),
    found: (a, b) => {
      sharing.add(a.key, b.key, { cosine: null, isMutual: true });
    },
    pause: (step) => pause(view, step, WORDS_BLOCK),
  });
  const block: WordPair[] = [];
  for (const { a, b } of sharing.inOrder()) {
    block.push([index.memories[a], index.memories[b]]);
    if (block.length === LOADED) await finder.place(block.splice(0), pairs);
  }
  await finder.place(block, pairs);
}

type WordPair = readonly [IndexedMemory | undefined, IndexedMemory | undefined];

/** What may be merged or replaced at all, in a fixed order. */
async function changedMemories(view: ProposerView, { index }: LiveIndex): Promise<IndexedMemory[]> {
  if (index.size() <= SMALL) return index.memories.filter(isOpen);
  const rows = await view.tx.$queryRaw<{ targetId: string }[]>`
    SELECT DISTINCT "targetId" FROM "Change" WHERE "workspaceId" = current_setting('app.workspace')::uuid
      AND "seq" > ${await lookedUpTo(view)} AND "seq" <= ${view.head} AND "targetType" = 'memory' AND "op" <> 'observe'`;
  return rows
    .map((row) => index.find(memoryId(row.targetId)))
    .filter(isOpen)
    .sort((a, b) => a.key - b.key);
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
  a.scope.userId === b.scope.userId &&
  a.scope.agentId === b.scope.agentId &&
  a.scope.runId === b.scope.runId &&
  a.speaker === b.speaker &&
  a.kind === b.kind;

/** The same for all that are alike. */
const groupOf = ({ scope, speaker, kind }: IndexedMemory): string =>
  JSON.stringify([scope.userId, scope.agentId, scope.runId, speaker, kind]);

/** The nearest few of each changed memory, and whether it is one of theirs. */
async function byVectors(view: ProposerView, finder: Neighbours, { changed, pairs }: Looking): Promise<void> {
  const [mutual, least] = [
    view.parameters["cycle.merge.neighbours"],
    view.parameters["cycle.merge.similarity"],
  ];
  await finder.prepare(changed);
  for (let from = 0; from < changed.length; from += LOADED) {
    const block = changed.slice(from, from + LOADED);
    await finder.load(block);
    for (const [i, memory] of block.entries()) {
      for (const [rank, { memory: other, similarity }] of (await finder.of(memory)).entries()) {
        const isMutual =
          rank < mutual &&
          similarity >= least &&
          (await finder.of(other)).slice(0, mutual).some((back) => back.memory === memory);
        pairs.add(memory.key, other.key, { cosine: similarity, isMutual });
      }
      await pause(view, from + i, BLOCK);
    }
  }
}

/** Vectors and neighbours kept while one cycle lasts: some hundred megabytes. */
const MOST_KEPT = 100_000;

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
  #cells: Cells | null = null;

  constructor(view: ProposerView, live: LiveIndex) {
    this.#view = view;
    this.#live = live;
  }

  /** Arranges the store, in cells where comparing these with all that are alike could take too long. */
  async prepare(changed: readonly IndexedMemory[]): Promise<void> {
    const { index } = this.#live;
    const all =
      2 * changed.length * index.memories.length <= this.#view.parameters["cycle.merge.comparisons"];
    const vectorOf = async (memory: IndexedMemory) => {
      await this.load([memory]);
      return this.#vectorOf(memory);
    };
    this.#cells = await cellsOf(index, { all, groupOf, vectorOf, pause: () => this.#view.breathe() });
  }

  /** Reads the vectors of some memories at once; as they are now, for some may be younger than the cycle's snapshot. */
  async load(memories: readonly IndexedMemory[]): Promise<void> {
    const { embedder } = this.#live;
    const missing = memories.map((memory) => memory.textHash).filter((hash) => !this.#vectors.has(hash));
    if (embedder === null || missing.length === 0) return;
    if (this.#vectors.size > MOST_KEPT) return this.#reload(memories);
    for (const [hash, { vector }] of await vectorsByHash(this.#view.workspaceId, missing, embedder.model))
      this.#vectors.set(hash, vector);
  }

  /** Begins anew with what is wanted now. */
  #reload(memories: readonly IndexedMemory[]): Promise<void> {
    this.#vectors.clear();
    return this.load(memories);
  }

  /** Takes in pairs that share words, with the cosines of their texts. */
  async place(block: readonly WordPair[], pairs: PairList): Promise<void> {
    await this.load(block.flatMap(([a, b]) => (a && b ? [a, b] : [])));
    for (const [a, b] of block)
      if (a && b) pairs.add(a.key, b.key, { cosine: this.cosine(a, b), isMutual: true });
    await this.#view.breathe();
  }

  /** Best first. */
  async of(memory: IndexedMemory): Promise<readonly Neighbour[]> {
    const known = this.#found.get(memory.key);
    if (known !== undefined) return known;
    const { index } = this.#live;
    await this.load([memory]);
    const vector = this.#vectorOf(memory);
    const most = Math.max(
      this.#view.parameters["cycle.merge.neighbours"],
      this.#view.parameters["cycle.supersede.neighbours"],
    );
    const allowed = (key: number): boolean => {
      const other = index.memories[key];
      return (
        other !== undefined &&
        other !== memory &&
        other.hasVector &&
        !other.superseded &&
        isAlike(memory, other)
      );
    };
    const matches =
      vector === undefined || this.#cells === null
        ? []
        : await this.#cells.nearest(vector, { key: memory.key, most, allowed });
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
