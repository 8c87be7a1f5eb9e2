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

export function createWorkspaceIndex(dimensions: number): WorkspaceIndex {
  const postings = new Postings();
  const vectors = createExactVectorIndex(dimensions);
  const passages = createPassageIndex(dimensions);
  const sessions = createSessionOrder();
  const columns = new Columns();
  const [cues, graph] = [new CueIndex(), new GraphIndex()];
  const memories: (IndexedMemory | undefined)[] = [];
  const byId = new Map<MemoryId, IndexedMemory>();
  const free: number[] = [];
  const sharing = new Sharing();
  const slabs = new Slabs();

  const put = (memory: IndexedMemory): void => {
    memories[memory.key] = memory;
    columns.set(memory.key, { validAt: memory.validAt, length: memory.terms.length });
    byId.set(memory.id, memory);
    sessions.add(memory);
  };
  const setVector: WorkspaceIndex["setVector"] = async (id, vector, parts) => {
    const memory = byId.get(id);
    if (!memory) return;
    await vectors.upsert(memory.key, vector);
    if (parts) await passages.set(memory.key, parts);
    sessions.remove(memory);
    put(layOut(memory, { ...memory, hasVector: true, passagesHeld: passages.held(memory.key) }));
  };

  return {
    postings, vectors, passages, sessions, columns, cues, graph, memories, setVector,
    find: (id) => byId.get(id),
    size: () => byId.size,
    async upsert(given) {
      const before = byId.get(given.id);
      if (before) sessions.remove(before);
      const { content, vector, passages: parts } = given;
      const sameText = before?.textHash === given.textHash;
      if (before && !sameText) forgetText(before, { postings, graph });
      const terms = before && sameText ? before.terms : slabs.keep(stemsOf(content).map((stem) => postings.numberOf(stem)));
      const key = before?.key ?? free.pop() ?? memories.length;
      if (!sameText) postings.add(key, terms);
      if (vector !== null) await vectors.upsert(key, vector);
      else if (before && !sameText) await vectors.remove(key);
      if (parts) await passages.set(key, parts);
      else if (before && !sameText) await passages.remove(key);
      const hasVector = vector !== null || (sameText && (before?.hasVector ?? false));
      const passagesDue = before && sameText ? before.passagesDue : passagesOf(content).length;
      const shared = { ...given, kind: sharing.name(given.kind), speaker: sharing.name(given.speaker), scope: sharing.scope(given.scope) };
      put(layOut(shared, { key, terms, hasVector, passagesDue, passagesHeld: passages.held(key), asks: asksSomething(content), namesTime: namesTime(content), speaksOfNow: speaksOfNow(content) }));
    },
    async remove(id) {
      const memory = byId.get(id);
      if (!memory) return;
      byId.delete(id);
      memories[memory.key] = undefined;
      columns.set(memory.key, { validAt: 0, length: 0 });
      sessions.remove(memory);
      cues.remove(memory.key);
      forgetText(memory, { postings, graph });
      await vectors.remove(memory.key);
      await passages.remove(memory.key);
      free.push(memory.key);
    },
    dispose() {
      vectors.dispose();
      passages.dispose();
    },
  };
}

function forgetText({ key, terms }: IndexedMemory, { postings, graph }: Pick<WorkspaceIndex, "postings" | "graph">): void {
  postings.remove(key, terms);
  graph.remove(key);
}
