/** Searches a state of a random history with the product's own index and scorer, without a database and without a model. */
import { createWorkspaceIndex, type WorkspaceIndex } from "@/lib/search/workspace-index";
import { derive, type Derived } from "@/lib/domain/graph/derive";
import { edgeEdit, entityEdit } from "@/lib/domain/graph/edits";
import { FIRST_EPOCH, type Epoch } from "@/lib/domain/recall/epoch";
import { millis, type MemoryId } from "@/lib/domain/ids";
import { NAME } from "./payloads";
import { parametersFrom } from "@/lib/domain/parameters";
import { seededUnitVectors } from "./seeded-vectors";
import { stemsOf } from "@/lib/search/tokenize";
import type { MemoryView } from "@/lib/domain/memory/memory";
import type { Search } from "@/lib/search/rank";
import type { State } from "@/lib/domain/ledger/state";

const DIMENSIONS = 16;
export const NOW = millis(Date.UTC(2026, 3, 1));
/** Frozen, as an epoch is: no state moves these. */
const EPOCH: Epoch = {
  ...FIRST_EPOCH,
  id: "fixed",
  documents: 40,
  averageLength: 5,
  frequencies: new Map(Object.entries({ tea: 12, coffee: 9, garden: 4, piano: 3, forgot: 8, ann: 10 })),
  speakers: ["Ann", "Bo"],
};

/** Memories that a recall can show, as the index follows the ledger. */
export const findable = (state: State): MemoryView[] =>
  [...state.memories.values()].filter(
    (v) => v.exists && v.lifecycle === "active" && !v.quarantined && v.mergedInto === null,
  );

/** One index is emptied and filled again, as a process does; each holds memory outside the heap. */
let shared: WorkspaceIndex | undefined;
let edited: State | undefined;

export async function indexOf(state: State): Promise<WorkspaceIndex> {
  const index = (shared ??= createWorkspaceIndex(DIMENSIONS));
  const wanted = findable(state);
  for (const memory of [...index.memories]) if (memory) await index.remove(memory.id);
  for (const view of wanted) {
    await index.upsert({
      ...view,
      textHash: view.content,
      speaker: view.source.speaker ?? null,
      superseded: view.supersededBy !== null,
      vector: vectorOf(view.content),
    });
    const key = index.find(view.id)?.key ?? 0;
    index.graph.set(key, namesIn(view.content), { textHash: view.content, isOld: false });
  }
  follow(edited, state, index);
  edited = state;
  return index;
}

/** Takes the edits of one state back and those of another in, as an index does that follows the ledger. */
function follow(before: State | undefined, after: State, { graph: { edits } }: WorkspaceIndex): void {
  for (const id of before?.entities.keys() ?? []) edits.setEntity(id, null);
  for (const id of before?.edges.keys() ?? []) edits.setEdge(id, null);
  for (const [id, own] of after.entities) edits.setEntity(id, entityEdit(own));
  for (const [id, own] of after.edges) edits.setEdge(id, edgeEdit(own));
}

export const searchFor = (query: string, state: State): Search => ({
  query,
  vector: vectorOf(query),
  scope: {},
  now: NOW,
  asOf: null,
  parameters: parametersFrom(state.parameters),
  epoch: EPOCH,
});

function namesIn(content: string): Derived {
  const mentions = [...content.matchAll(NAME)].map(({ 0: found, index: start }) => ({
    start,
    end: start + found.length,
    type: "other" as const,
  }));
  return derive(content, { mentions, relations: [] });
}

/** The memories that share a name with these. */
export function namesakesIn(index: WorkspaceIndex, ids: Iterable<MemoryId>): MemoryId[] {
  return [...ids].flatMap((id) => {
    const key = index.find(id)?.key;
    if (key === undefined) return [];
    const names = index.graph.edited ?? index.graph;
    const held = names.entitiesOf(key).map(({ to }) => to);
    const related = held.flatMap((to) => index.graph.edited?.relatedTo(to, NOW, () => 1) ?? []);
    const sharing = [...held, ...related.map(({ to }) => to)].flatMap((to) => names.memoriesOf(to));
    return sharing.flatMap(({ to }) => index.memories[to]?.id ?? []);
  });
}

/** The memories whose texts hold one of these names, or another name of the same entity. */
export function holdersIn({ graph, memories }: WorkspaceIndex, names: readonly string[]): MemoryId[] {
  return names
    .flatMap((name) => graph.edits.clusterOf(name))
    .flatMap((name) => {
      const held = graph.find(name);
      return held === undefined ? [] : graph.memoriesOf(held).flatMap(({ to }) => memories[to]?.id ?? []);
    });
}

/** Up to `turns` neighbours of these in their sessions. */
export function aroundIn(index: WorkspaceIndex, ids: Iterable<MemoryId>, turns: number): MemoryId[] {
  return [...ids].flatMap((id) => {
    const memory = index.find(id);
    return memory ? index.sessions.around(memory, turns).map((near) => near.memory.id) : [];
  });
}

/** Texts with words in common are alike: the sum of a direction per word, at length 1. */
function vectorOf(text: string): Float32Array {
  const directions = stemsOf(text).map(
    (stem) => seededUnitVectors(hash(stem), 1, DIMENSIONS)[0] ?? new Float32Array(DIMENSIONS),
  );
  const sum = new Float32Array(DIMENSIONS).map((_, i) =>
    directions.reduce((total, d) => total + (d[i] ?? 0), 0),
  );
  const length = Math.hypot(...sum) || 1;
  return sum.map((component) => component / length);
}

const hash = (word: string): number =>
  [...word].reduce((h, letter) => (Math.imul(h, 31) + letter.charCodeAt(0)) >>> 0, 7);
