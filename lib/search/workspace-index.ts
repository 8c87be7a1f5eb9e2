import { asksSomething, namesTime, speaksOfNow } from "@/lib/domain/recall/text-features";
import { Columns } from "./columns";
import { CueIndex } from "./cue-index";
import { createExactVectorIndex } from "@/lib/models/exact-vector-index";
import { createPassageIndex, type PassageIndex } from "./passage-index";
import { GraphIndex } from "./graph-index";
import { createSessionOrder, type SessionOrder } from "./session-order";
import { passagesOf } from "@/lib/domain/recall/passages";
import { layOut } from "./lay-out";
import { Postings } from "./postings";
import { Sharing, Slabs } from "./sharing";
import { stemsOf } from "./tokenize";
import type { ExhaustiveVectorIndex } from "@/lib/models/vector-index";
import type { IndexedMemory, MemoryToIndex } from "./indexed-memory";
import type { MemoryId } from "@/lib/domain/ids";
import type { Vectors } from "@/lib/domain/packed-vectors";

/** The memories of one workspace that a recall can show, laid out for searching. A cache: the ledger can rebuild it. */
export interface WorkspaceIndex {
  readonly postings: Postings;
  readonly vectors: ExhaustiveVectorIndex;
  readonly passages: PassageIndex;
  readonly sessions: SessionOrder;
  readonly columns: Columns;
  /** What was learned about the memories for single questions. */
  readonly cues: CueIndex;
  /** Which memories hold which names. */
  readonly graph: GraphIndex;
  /** By key; undefined where a key is free. */
  readonly memories: readonly (IndexedMemory | undefined)[];
  readonly find: (id: MemoryId) => IndexedMemory | undefined;
  readonly size: () => number;
  readonly upsert: (memory: MemoryToIndex) => Promise<void>;
  readonly setVector: (id: MemoryId, vector: Vectors, passages?: Vectors) => Promise<void>;
  readonly remove: (id: MemoryId) => Promise<void>;
  /** Gives the memory back; the index must not be used again. */
  readonly dispose: () => void;
}

export const createWorkspaceIndex = (dimensions: number): WorkspaceIndex => new LaidOut(dimensions);

class LaidOut implements WorkspaceIndex {
  readonly postings = new Postings();
  readonly vectors: ExhaustiveVectorIndex;
  readonly passages: PassageIndex;
  readonly sessions = createSessionOrder();
  readonly columns = new Columns();
  readonly cues = new CueIndex();
  readonly graph = new GraphIndex();
  readonly memories: (IndexedMemory | undefined)[] = [];
  readonly #byId = new Map<MemoryId, IndexedMemory>();
  /** Keys that are given out again. */
  readonly #free: number[] = [];
  readonly #sharing = new Sharing();
  readonly #slabs = new Slabs();

  constructor(dimensions: number) {
    this.vectors = createExactVectorIndex(dimensions);
    this.passages = createPassageIndex(dimensions);
  }

  readonly find = (id: MemoryId): IndexedMemory | undefined => this.#byId.get(id);
  readonly size = (): number => this.#byId.size;

  readonly upsert = async (given: MemoryToIndex): Promise<void> => {
    const before = this.#byId.get(given.id);
    if (before) this.sessions.remove(before);
    const same = before?.textHash === given.textHash ? before : undefined;
    if (before && !same) forgetText(before, this);
    const terms =
      same?.terms ?? this.#slabs.keep(stemsOf(given.content).map((stem) => this.postings.numberOf(stem)));
    const key = before?.key ?? this.#free.pop() ?? this.memories.length;
    if (!same) this.postings.add(key, terms);
    const hasVector = await this.#takeVectors(key, given, { isNew: !before, same });
    this.#put(this.#laidOut(given, { key, terms, hasVector, same }));
  };

  readonly setVector = async (id: MemoryId, vector: Vectors, parts?: Vectors): Promise<void> => {
    const memory = this.#byId.get(id);
    if (!memory) return;
    await this.vectors.upsert(memory.key, vector);
    if (parts) await this.passages.set(memory.key, parts);
    this.sessions.remove(memory);
    this.#put(layOut(memory, { ...memory, hasVector: true, passagesHeld: this.passages.held(memory.key) }));
  };

  readonly remove = async (id: MemoryId): Promise<void> => {
    const memory = this.#byId.get(id);
    if (!memory) return;
    this.#byId.delete(id);
    this.memories[memory.key] = undefined;
    this.columns.set(memory.key, { validAt: 0, length: 0 });
    this.sessions.remove(memory);
    this.cues.remove(memory.key);
    forgetText(memory, this);
    await this.vectors.remove(memory.key);
    await this.passages.remove(memory.key);
    this.#free.push(memory.key);
  };

  dispose(): void {
    this.vectors.dispose();
    this.passages.dispose();
  }

  /** Those that came along; of a text that changed, the old ones go. Says whether the whole text has one. */
  async #takeVectors(key: number, { vector, passages }: MemoryToIndex, known: Known): Promise<boolean> {
    const isStale = !known.isNew && known.same === undefined;
    if (vector !== null) await this.vectors.upsert(key, vector);
    else if (isStale) await this.vectors.remove(key);
    if (passages) await this.passages.set(key, passages);
    else if (isStale) await this.passages.remove(key);
    return vector !== null || (known.same?.hasVector ?? false);
  }

  #laidOut(given: MemoryToIndex, { key, terms, hasVector, same }: Placed): IndexedMemory {
    const { content, kind, speaker, scope } = given;
    const shared = {
      ...given,
      kind: this.#sharing.name(kind),
      speaker: this.#sharing.name(speaker),
      scope: this.#sharing.scope(scope),
    };
    return layOut(shared, {
      key,
      terms,
      hasVector,
      passagesDue: same?.passagesDue ?? passagesOf(content).length,
      passagesHeld: this.passages.held(key),
      asks: asksSomething(content),
      namesTime: namesTime(content),
      speaksOfNow: speaksOfNow(content),
    });
  }

  #put(memory: IndexedMemory): void {
    this.memories[memory.key] = memory;
    this.columns.set(memory.key, { validAt: memory.validAt, length: memory.terms.length });
    this.#byId.set(memory.id, memory);
    this.sessions.add(memory);
  }
}

interface Known {
  readonly isNew: boolean;
  /** The memory as it stood, where its text is the same. */
  readonly same: IndexedMemory | undefined;
}

interface Placed extends Pick<IndexedMemory, "key" | "terms" | "hasVector"> {
  readonly same: IndexedMemory | undefined;
}

function forgetText(
  { key, terms }: IndexedMemory,
  { postings, graph }: Pick<WorkspaceIndex, "postings" | "graph">,
): void {
  postings.remove(key, terms);
  graph.remove(key);
}
