import { createTrail, type Trail } from "./trail";
import { createWorkspaceIndex, type WorkspaceIndex } from "./workspace-index";
import { DEFAULTS, type Parameters } from "@/lib/domain/parameters";
import { awaitsVectors } from "./indexed-memory";
import { FIRST_EPOCH, type Epoch } from "@/lib/domain/recall/epoch";
import { seqOf, type MemoryId, type Seq } from "@/lib/domain/ids";
import type { Embedder } from "@/lib/models/embedder";
import type { MovedMemory } from "./moved-memory";

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

/** The same with what is under way for it. */
export interface HeldIndex extends LiveIndex {
  /** Appends that it has not taken in yet. */
  readonly trail: Trail;
  busy: Promise<void>;
  embedding: Promise<void> | null;
}

/** An empty index, before the first change. `onTrail` is called some time after an append was left on its trail. */
export function heldIndex(embedder: Embedder | null, onTrail: (held: HeldIndex) => void): HeldIndex {
  const held: HeldIndex = {
    index: createWorkspaceIndex(embedder?.dimensions ?? FALLBACK_DIMENSIONS),
    trail: createTrail(() => onTrail(held)),
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

/** One at a time, in the order they are asked for; one that fails leaves the next to catch up with what it missed. */
export function inTurn<T>(held: HeldIndex, move: () => Promise<T>): Promise<T> {
  const turn = held.busy.then(move);
  held.busy = turn.then(
    () => undefined,
    () => undefined,
  );
  return turn;
}

/** Puts a memory in as it is now, or takes it out; one without its vectors waits for them. */
export async function place(held: HeldIndex, memory: MovedMemory): Promise<void> {
  const { id, content, isSearchable } = memory;
  held.waiting.delete(id);
  if (!isSearchable) return held.index.remove(id);
  await held.index.upsert(memory);
  const placed = held.index.find(id);
  if (placed && awaitsVectors(placed)) held.waiting.set(id, content);
}
