import { edgeEdit, entityEdit } from "@/lib/domain/graph/edits";
import { EditedGraph } from "@/lib/search/edited-graph";
import { isFindable } from "@/lib/domain/memory/findable";
import { namesInQuestion, normalName } from "@/lib/domain/graph/names";
import { openIndex } from "@/lib/search/live-index";
import type { LiveIndex } from "@/lib/search/held-index";
import { parametersFrom, type Parameters } from "@/lib/domain/parameters";
import { rank } from "@/lib/search/rank";
import { sessionNeighbours } from "@/lib/search/session-neighbours";
import { vectorOf, type LoggedRetrieval } from "@/lib/store/telemetry";
import { without } from "@/lib/search/without";
import type { Appended } from "@/lib/store/append";
import type { GraphEdits } from "@/lib/search/graph-edits";
import type { MemoryId } from "@/lib/domain/ids";
import type { MemoryView } from "@/lib/domain/memory/memory";
import type { WorkspaceIndex } from "@/lib/search/workspace-index";

/** Why a memory that does not change may be ranked otherwise: it was said beside one that does, or shares a name within two hops. */
export type NeighbourBy = "session" | "name";

/** What an append can do to the ranks of memories that it leaves as they are (law 5). */
export interface Around {
  /** So many logged recalls may be asked for scores: each costs two searches, and the ledger waits for them. */
  readonly mostAsked: number;
  readonly neighbours: ReadonlyMap<MemoryId, NeighbourBy>;
  /** Scores of the neighbours in a logged recall, by the present index and as they would be; null: it moves none of them. */
  readonly scores: (retrieval: LoggedRetrieval) => Promise<AroundScores | null>;
}

export interface AroundScores {
  readonly before: ReadonlyMap<MemoryId, number>;
  readonly after: ReadonlyMap<MemoryId, number>;
}

/**
 * The declared neighbours of what an append moves, and how their scores move with it. Evidence has none: it is empty for an append
 * that teaches or unteaches. A memory that comes back stands in no index yet, so its neighbours are named but not scored.
 */
export async function aroundOf(done: Appended): Promise<Around> {
  const live = await openIndex(done.workspaceId);
  const shifted = [...done.memories.values()].filter(standsOtherwise);
  const tuned = tunedBy(done);
  if (live === null || (shifted.length === 0 && tuned === null && !saysOfNames(done))) return NOTHING_AROUND;
  const { index } = live;
  const { edits, names } = tried(live, done);
  for (const { before, after } of shifted)
    for (const view of [before, after]) if (view) for (const name of namesIn(index, view)) names.add(name);
  const neighbours = new Map<MemoryId, NeighbourBy>(nearby(live, names).map((id) => [id, "name"]));
  for (const { before, after } of shifted)
    for (const id of sessionNeighbours(index, after.exists || before === null ? after : before))
      neighbours.set(id, "session");
  for (const id of done.memories.keys()) neighbours.delete(id);
  const gone = shifted.flatMap(({ after }) => index.find(after.id)?.key ?? []);
  const was: Edited = {
    index,
    names: new EditedGraph(index.graph, index.graph.edits),
    parameters: done.parameters,
  };
  const left = without(index, new Set(gone));
  const willBe: Edited = {
    index: left.index,
    names: new EditedGraph(left.names, edits),
    parameters: tuned ?? done.parameters,
  };
  return {
    neighbours,
    mostAsked: Math.max(1, Math.min(MOST_ASKED, Math.floor(MOST_COMPARED / index.size()))),
    scores: async (retrieval) => {
      const asked = ` ${normalName(retrieval.query)} `;
      const isConcerned =
        tuned !== null ||
        retrieval.candidates.some((c) => neighbours.has(c.m)) ||
        [...names].some((name) => asked.includes(` ${name} `));
      if (!isConcerned) return null;
      return {
        before: await scores(live, retrieval, { done, ...was }),
        after: await scores(live, retrieval, { done, ...willBe }),
      };
    },
  };
}

export const NOTHING_AROUND: Around = {
  neighbours: new Map(),
  mostAsked: 0,
  scores: () => Promise.resolve(null),
};

const MOST_ASKED = 12;
/** Memories that are compared for a preview, over all the recalls that are asked again: about a second's work. */
const MOST_COMPARED = 200_000;

export const saysOfNames = ({ targets }: Appended): boolean =>
  [...targets.values()].some(({ after }) => after.type === "entity" || after.type === "edge");

/** The parameters as the append leaves them; null: it sets none. */
export function tunedBy({ targets }: Appended): Parameters | null {
  for (const { after } of targets.values())
    if (after.type === "workspace")
      return parametersFrom(
        new Map(Object.entries(after.of.parameters).map(([name, write]) => [name, write.value])),
      );
  return null;
}

/** Its text, its place in its session, or whether a recall can show it at all is another; what was learned of it is its own affair. */
function standsOtherwise({
  before,
  after,
}: {
  readonly before: MemoryView | null;
  readonly after: MemoryView;
}): boolean {
  const [was, is] = [before !== null && isFindable(before), isFindable(after)];
  if (was !== is) return true;
  return is && before !== null && (before.content !== after.content || before.validAt !== after.validAt);
}

/** Names that its text holds, as far as the index knows them. */
function namesIn({ graph, find }: WorkspaceIndex, view: MemoryView): readonly string[] {
  const key = find(view.id)?.key;
  if (key !== undefined && graph.entitiesOf(key).length > 0)
    return graph.entitiesOf(key).map(({ to }) => graph.nameOf(to));
  return [
    ...namesInQuestion(view.content, {
      isKnown: (name) => graph.find(name) !== undefined,
      isTelling: () => true,
    }),
  ];
}

/** The edits as they would be, and every name that they are about, before or after. */
function tried(
  { index }: LiveIndex,
  done: Appended,
): { readonly edits: GraphEdits; readonly names: Set<string> } {
  const edits = index.graph.edits.copy();
  const names = new Set<string>();
  for (const [key, { before, after }] of done.targets) {
    const id = key.slice(after.type.length + 1);
    if (after.type === "entity") edits.setEntity(id, entityEdit(after.of));
    if (after.type === "edge") edits.setEdge(id, edgeEdit(after.of));
    for (const own of [before, after]) {
      if (own?.type === "entity")
        for (const name of [own.of.name, ...own.of.aliases.map((alias) => alias.name)]) names.add(name);
      if (own?.type === "edge" && own.of.ends !== null)
        for (const name of [own.of.ends.from, own.of.ends.to]) names.add(name);
    }
  }
  for (const name of [...names])
    for (const one of [...index.graph.edits.clusterOf(name), ...edits.clusterOf(name)]) names.add(one);
  names.delete("");
  return { edits, names };
}

/** The memories that hold one of the names, and those that share another name with one of these. */
function nearby({ index }: LiveIndex, names: ReadonlySet<string>): MemoryId[] {
  const holders = new Set(
    [...names]
      .flatMap((name) => index.graph.find(name) ?? [])
      .flatMap((entity) => index.graph.memoriesOf(entity).map(({ to }) => to)),
  );
  const around = new Set(
    [...holders].flatMap((key) =>
      index.graph.entitiesOf(key).flatMap(({ to }) => index.graph.memoriesOf(to).map((edge) => edge.to)),
    ),
  );
  return [...new Set([...holders, ...around])].flatMap((key) => index.memories[key]?.id ?? []);
}

interface Edited {
  readonly index: WorkspaceIndex;
  readonly names: EditedGraph;
  readonly parameters: Parameters;
}

async function scores(
  { epoch }: LiveIndex,
  { query, scope, vector }: LoggedRetrieval,
  { index, names, parameters, done }: Edited & { readonly done: Appended },
): Promise<ReadonlyMap<MemoryId, number>> {
  const asked = vector === null ? null : vectorOf(vector);
  const usable = asked?.length === index.vectors.dimensions ? asked : null;
  const now = done.at;
  const found = await rank(index, {
    query,
    vector: usable,
    scope,
    now,
    asOf: null,
    parameters,
    epoch,
    names,
  });
  return new Map(found.map(({ id, score }) => [id, score]));
}
