import { chosenFrom, type Chosen } from "./graph-choice";
import { cycleMarks, type Marks } from "./cycle-marks";
import { entityIdOf } from "@/lib/store/entity-id";
import { entityOut, openMap, relationIdOf, relationsOut, type OpenMap } from "./open-map";
import { iso } from "./memory-out";
import { leftToRead } from "@/lib/search/follow-graph";
import { placesOf, type Places } from "@/lib/search/graph-layout";
import { timeOf } from "@/lib/domain/time";
import type { Asker, InputOf } from "./asker";
import type { getGraph as input, GraphOut, NodeOut } from "@/lib/contracts/graph";
import type { MapEdge } from "@/lib/search/entity-map";
import type { Millis } from "@/lib/domain/ids";

const MOST_EDGES = 1000;
/** From so many entities on, a map shows who stands together before it shows single ones. */
const MANY = 20_000;
const MOST_COMMUNITIES = 60;
const NAMES_OF_ONE = 3;

/** What to draw: the surroundings of an entity, the way between two, what a cycle did, or the map of the most mentioned. */
export async function getGraph(ctx: Asker, asked: InputOf<typeof input>): Promise<GraphOut> {
  const opened = await openMap(ctx, asked.asOf === undefined ? null : timeOf(asked.asOf));
  const { live, map, ranked } = opened;
  const marks = asked.cycleId === undefined ? null : await cycleMarks(ctx, opened, asked.cycleId);
  const chosen = chosenFrom(opened, asked, marks);
  const isDrawn = new Set(chosen.entities.keys());
  const gone = (marks?.removedEdges ?? []).filter(({ from, to }) => isDrawn.has(from) && isDrawn.has(to));
  const edges = [...edgesBetween(opened, isDrawn, asked.minStrength ?? 0), ...gone].slice(0, MOST_EDGES);
  const places = await placesOf({
    workspaceId: ctx.workspaceId,
    index: live.index,
    map,
    shown: ranked.shown,
  });
  const nodes = nodesOf(opened, chosen, { places, marks, edges });
  const span = spanOf(edges);
  const out = await relationsOut(ctx, map, edges);
  return {
    nodes,
    edges: out.map((edge) => ({ ...edge, mark: marks?.ofEdge(edge.id) ?? null })),
    path: chosen.path?.map(entityIdOf) ?? null,
    more: chosen.more,
    total: ranked.shown.length,
    communities:
      asked.entity === undefined && ranked.shown.length >= MANY ? communitiesOf(opened, places) : [],
    reading: leftToRead(live.index),
    from: span.from === null ? null : iso(span.from),
    until: span.until === null ? null : iso(span.until),
  };
}

/** Strongest first, each once. */
function edgesBetween({ map }: OpenMap, isDrawn: ReadonlySet<string>, least: number): MapEdge[] {
  const found = [...isDrawn].flatMap((key) =>
    map.tiesOf(key).flatMap(({ to, edges }) => (key < to && isDrawn.has(to) ? edges : [])),
  );
  return found
    .filter(({ strength }) => strength >= least)
    .sort((a, b) => b.strength - a.strength || (relationIdOf(a) < relationIdOf(b) ? -1 : 1));
}

interface Drawn {
  readonly places: Places;
  readonly marks: Marks | null;
  readonly edges: readonly MapEdge[];
}

function nodesOf({ map }: OpenMap, { entities }: Chosen, { places, marks, edges }: Drawn): NodeOut[] {
  const spans = new Map<string, MapEdge[]>();
  for (const edge of edges)
    for (const end of [edge.from, edge.to]) spans.set(end, [...(spans.get(end) ?? []), edge]);
  return [...entities].flatMap(([key, depth]) => {
    const entity = map.entity(key) ?? marks?.removed.get(key) ?? null;
    if (entity === null) return [];
    const { x, y, community } = places.of(key);
    const span = spanOf(spans.get(key) ?? []);
    const validAt = span.from === null ? null : iso(span.from);
    const invalidAt = span.isOver && span.until !== null ? iso(span.until) : null;
    return [
      {
        ...entityOut(entity),
        depth,
        neighbours: map.tiesOf(key).length,
        x,
        y,
        community,
        validAt,
        invalidAt,
        mark: marks?.ofEntity(key) ?? null,
      },
    ];
  });
}

/** The time that edges tell of: from the first beginning to the last beginning or end. */
function spanOf(edges: readonly MapEdge[]): {
  readonly from: Millis | null;
  readonly until: Millis | null;
  readonly isOver: boolean;
} {
  const begins = edges.flatMap(({ validAt }) => validAt ?? []);
  const ends = edges.flatMap(({ invalidAt }) => invalidAt ?? []);
  const inOrder = [...begins, ...ends].sort((a, b) => a - b);
  const isOver = edges.length > 0 && ends.length === edges.length;
  return {
    from: begins.length === edges.length ? (inOrder[0] ?? null) : null,
    until: inOrder.at(-1) ?? null,
    isOver,
  };
}

function communitiesOf({ map, ranked }: OpenMap, places: Places): GraphOut["communities"] {
  const members = new Map<number, { names: string[]; entities: number; x: number; y: number }>();
  for (const { key } of ranked.shown.slice(0, places.all.size)) {
    const place = places.all.get(entityIdOf(key));
    if (place === undefined) continue;
    const own = members.get(place.community) ?? { names: [], entities: 0, x: 0, y: 0 };
    if (own.names.length < NAMES_OF_ONE) own.names.push(map.entity(key)?.name ?? key);
    members.set(place.community, {
      names: own.names,
      entities: own.entities + 1,
      x: own.x + place.x,
      y: own.y + place.y,
    });
  }
  return [...members]
    .map(([id, { names, entities, x, y }]) => ({ id, names, entities, x: x / entities, y: y / entities }))
    .sort((a, b) => b.entities - a.entities || a.id - b.id)
    .slice(0, MOST_COMMUNITIES);
}
