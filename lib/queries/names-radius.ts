import { EditedGraph } from "@/lib/search/edited-graph";
import { edgeEdit, entityEdit } from "@/lib/domain/graph/edits";
import { normalName } from "@/lib/domain/graph/names";
import { openIndex, type LiveIndex } from "@/lib/search/catch-up";
import { rank } from "@/lib/search/rank";
import { recentRetrievals, vectorOf, type LoggedRetrieval } from "@/lib/store/telemetry";
import type { Appended } from "@/lib/store/append";
import type { GraphEdits } from "@/lib/search/graph-edits";
import type { MemoryId } from "@/lib/domain/ids";
import type { Tx } from "@/lib/store/prisma";

/** Logged recalls that are asked again, newest first: each costs two searches. */
const MOST_ASKED = 12;
const RECENT = 200;

export interface NamesMove {
  readonly retrieval: LoggedRetrieval;
  readonly before: readonly MemoryId[];
  readonly after: readonly MemoryId[];
}

/**
 * Which recent recalls would show another list after an append that says something of names. What it may move lies within two
 * hops of these names (law 5), so only recalls that name one of them or saw such a memory are asked again, by the present
 * index, once with the edits as they were and once with them as they would be.
 */
export async function namesRadius(
  tx: Tx,
  done: Appended,
): Promise<{ readonly count: number; readonly moves: readonly NamesMove[] }> {
  const live = await openIndex(done.workspaceId);
  const { count, retrievals } = await recentRetrievals(tx, RECENT, "all");
  if (live === null) return { count, moves: [] };
  const { edits, names } = tried(live, done);
  const near = nearby(live, names);
  const concerned = retrievals.filter(({ query, candidates }) => {
    const asked = ` ${normalName(query)} `;
    return [...names].some((name) => asked.includes(` ${name} `)) || candidates.some((c) => near.has(c.m));
  });
  const moves: NamesMove[] = [];
  for (const retrieval of concerned.slice(0, MOST_ASKED)) {
    const before = await ranked(live, retrieval, { done, edits: live.index.graph.edits });
    const after = await ranked(live, retrieval, { done, edits });
    if (before.join() !== after.join()) moves.push({ retrieval, before, after });
  }
  return { count, moves };
}

/** The edits as they would be, and every name that they are about, before or after. */
function tried(
  { index }: LiveIndex,
  done: Appended,
): { readonly edits: GraphEdits; readonly names: ReadonlySet<string> } {
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
function nearby({ index }: LiveIndex, names: ReadonlySet<string>): ReadonlySet<MemoryId> {
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
  return new Set([...holders, ...around].flatMap((key) => index.memories[key]?.id ?? []));
}

async function ranked(
  { index, epoch }: LiveIndex,
  retrieval: LoggedRetrieval,
  { done, edits }: { readonly done: Appended; readonly edits: GraphEdits },
): Promise<MemoryId[]> {
  const vector = retrieval.vector === null ? null : vectorOf(retrieval.vector);
  const usable = vector?.length === index.vectors.dimensions ? vector : null;
  const names = new EditedGraph(index.graph, edits);
  const { query, scope, limit } = retrieval;
  const found = await rank(index, {
    query,
    vector: usable,
    scope,
    now: done.at,
    asOf: null,
    parameters: done.parameters,
    epoch,
    names,
  });
  return found.slice(0, limit).map(({ id }) => id);
}
