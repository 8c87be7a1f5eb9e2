import { isKnownForm, notFound } from "@/lib/domain/ids";
import { CONSTANTS } from "@/lib/domain/parameters";
import { entityIdOf } from "@/lib/store/entity-id";
import { EntityMap, type MapEdge, type MapEntity } from "@/lib/search/entity-map";
import { inWorkspace } from "@/lib/store/prisma";
import { iso } from "./memory-out";
import { labelsOf } from "./labels";
import { liveIndex } from "@/lib/search/live-index";
import type { LiveIndex } from "@/lib/search/held-index";
import { capitalised, normalName } from "@/lib/domain/graph/names";
import { rankedEntities, type RankedEntities } from "@/lib/search/ranked-entities";
import type { Asker } from "./asker";
import type { EdgeEnds } from "@/lib/domain/ledger/change";
import type { EntityOut, RelationOut } from "@/lib/contracts/graph";
import type { Millis } from "@/lib/domain/ids";

/** The graph of one workspace, opened for one question. */
export interface OpenMap {
  readonly live: LiveIndex;
  readonly map: EntityMap;
  readonly ranked: RankedEntities;
}

export async function openMap(ctx: Asker, asOf: Millis | null = null): Promise<OpenMap> {
  const live = await liveIndex(ctx.workspaceId);
  const at = { now: ctx.now(), parameters: live.parameters };
  const whole = new EntityMap(live.index, { ...at, asOf: null });
  const ranked = rankedEntities(live.index, whole, live.seq);
  return { live, ranked, map: asOf === null ? whole : new EntityMap(live.index, { ...at, asOf }) };
}

/** The name that all names of an entity mean, from its id or from one of its names; 404 where there is none. */
export function requireKey({ map, ranked }: Pick<OpenMap, "map" | "ranked">, ref: string): string {
  const key = keyOf({ map, ranked }, ref);
  if (key === null) throw notFound("entity", ref);
  return key;
}

export function keyOf({ map, ranked }: Pick<OpenMap, "map" | "ranked">, ref: string): string | null {
  if (isKnownForm(ref)) return ranked.keyOf(ref) ?? null;
  const key = map.rootOf(normalName(ref));
  return map.presenceOf(key) === null ? null : key;
}

/** One name of an entity by itself, whatever it means; 404 where nothing is known of it. */
export function requireName({ live, map, ranked }: OpenMap, ref: string): string {
  const { edits } = live.index.graph;
  if (isKnownForm(ref)) {
    const name = edits.names.find((one) => entityIdOf(one) === ref) ?? ranked.keyOf(ref);
    if (name === undefined) throw notFound("entity", ref);
    return name;
  }
  const name = normalName(ref);
  const isOwn = edits.names.includes(name) || live.index.graph.find(name) !== undefined;
  return isOwn ? name : (edits.calledBy(name) ?? requireKey({ map, ranked }, ref));
}

export const entityOut = ({
  id,
  name,
  type,
  aliases,
  memories,
  isIntroduced,
  isHidden,
}: MapEntity): EntityOut => ({
  id,
  name,
  type,
  aliases: [...aliases],
  memories,
  introduced: isIntroduced,
  hidden: isHidden,
});

/** Memories that an edge names at most; of very many edges fewer, for their labels are read from the database. */
const MOST_SHOWN = 5;
const MOST_LABELS = 600;

/** An edge's id says which two entities it joins and what of, so that one that nobody wrote down can be named, too. */
export const relationIdOf = ({ from, to, relation }: EdgeEnds): string =>
  [entityIdOf(from), entityIdOf(to), relation].join("~");

/** The ends that an edge's id names; 404 where one of them is not there. */
export function requireEnds(opened: Pick<OpenMap, "map" | "ranked">, id: string): EdgeEnds {
  const [from = "", to = "", ...said] = id.split("~");
  const relation = said.join("~");
  const ends = [from, to].map((end) => opened.ranked.keyOf(end));
  if (
    ends[0] === undefined ||
    ends[1] === undefined ||
    relation === "" ||
    relation.length > CONSTANTS.longestRelation
  )
    throw notFound("relation", id);
  return { from: ends[0], to: ends[1], relation };
}

/** Edges as answers show them, with the beginnings of some memories that say so. */
export async function relationsOut(
  ctx: Asker,
  map: EntityMap,
  edges: readonly MapEdge[],
): Promise<RelationOut[]> {
  const most = Math.max(1, Math.min(MOST_SHOWN, Math.floor(MOST_LABELS / Math.max(1, edges.length))));
  const shown = edges.map(({ memories }) =>
    [...memories].sort((a, b) => b.validAt - a.validAt).slice(0, most),
  );
  const ids = [...new Set(shown.flat().map((memory) => memory.id))];
  const labels = await inWorkspace(ctx.workspaceId, (tx) => labelsOf(tx, ids));
  return edges.map((edge, i) => ({
    id: relationIdOf(edge),
    from: entityIdOf(edge.from),
    to: entityIdOf(edge.to),
    fromName: map.entity(edge.from)?.name ?? capitalised(edge.from),
    toName: map.entity(edge.to)?.name ?? capitalised(edge.to),
    type: edge.relation,
    strength: edge.strength,
    memories: (shown[i] ?? []).map(({ id }) => ({ id, label: labels.get(id) ?? "" })),
    memoryCount: edge.memories.length,
    validAt: edge.validAt === null ? null : iso(edge.validAt),
    invalidAt: edge.invalidAt === null ? null : iso(edge.invalidAt),
    made: edge.isMade,
  }));
}
