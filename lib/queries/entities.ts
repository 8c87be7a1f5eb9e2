import { belief } from "@/lib/domain/memory/confidence";
import { entityOut, openMap, relationsOut, requireKey } from "./open-map";
import { inWorkspace } from "@/lib/store/prisma";
import { iso } from "./memory-out";
import { labelsOf } from "./labels";
import { leftToRead } from "@/lib/search/follow-graph";
import { normalName } from "@/lib/domain/graph/names";
import { notFound } from "@/lib/domain/ids";
import { readCursor, writeCursor } from "./cursor";
import { timeOf } from "@/lib/domain/time";
import type { Asker, InputOf } from "./asker";
import type {
  getEntity as asked,
  gotEntity,
  listEntities as input,
  listedEntities,
} from "@/lib/contracts/graph";
import type { OpenMap } from "./open-map";
import type { RankedEntity } from "@/lib/search/ranked-entities";

const DEFAULT_LIMIT = 50;
const MOST_MEMORIES = 50;
const MOST_RELATIONS = 50;

/** Entities, the most mentioned first; where a name is looked for, the ones that are called so first. */
export async function listEntities(
  ctx: Asker,
  { q, type, hidden = false, cursor, limit = DEFAULT_LIMIT }: InputOf<typeof input>,
): Promise<InputOf<typeof listedEntities>> {
  const opened = await openMap(ctx);
  const all = hidden ? opened.ranked.hidden : opened.ranked.shown;
  const wanted = normalName(q ?? "");
  const matching =
    q === undefined || q.trim() === ""
      ? all.map((one) => ({ ...one, rank: 0 }))
      : matches(opened, all, wanted);
  const fitting =
    type === undefined ? matching : matching.filter(({ key }) => opened.map.entity(key)?.type === type);
  const place = readCursor(cursor, ["number", "number", "string"]);
  const rest = place === null ? fitting : fitting.filter((one) => isAfter(one, place));
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.flatMap(({ key }) => {
      const entity = opened.map.entity(key);
      return entity === null ? [] : [entityOut(entity)];
    }),
    nextCursor:
      rest.length > limit && last !== undefined ? writeCursor([last.rank, last.memories, last.key]) : null,
    total: fitting.length,
    reading: leftToRead(opened.live.index),
  };
}

interface Match extends RankedEntity {
  /** 0: called exactly so; 1: begins so; 2: a word of it does; 3: holds it somewhere. */
  readonly rank: number;
}

function matches({ live, map }: OpenMap, all: readonly RankedEntity[], wanted: string): Match[] {
  const { edits } = live.index.graph;
  const found = all.flatMap((one): Match[] => {
    const names = edits
      .clusterOf(one.key)
      .flatMap((name) => [name, normalName(edits.of(name)?.called ?? "")]);
    const rank = Math.min(...names.map((name) => rankOf(name, wanted)));
    return rank < NO_MATCH ? [{ ...one, rank }] : [];
  });
  return found.sort(
    (a, b) => a.rank - b.rank || b.memories - a.memories || (map.rootOf(a.key) < map.rootOf(b.key) ? -1 : 1),
  );
}

const NO_MATCH = 4;

function rankOf(name: string, wanted: string): number {
  if (wanted === "") return NO_MATCH;
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  if (name.includes(` ${wanted}`)) return 2;
  return name.includes(wanted) ? NO_MATCH - 1 : NO_MATCH;
}

const isAfter = (one: Match, [rank, memories, key]: readonly [number, number, string]): boolean =>
  one.rank > rank ||
  (one.rank === rank && (one.memories < memories || (one.memories === memories && one.key > key)));

/** One entity with the memories that name it and what it is related with. */
export async function getEntity(
  ctx: Asker,
  { id, asOf }: { readonly id: string } & InputOf<typeof asked>,
): Promise<InputOf<typeof gotEntity>> {
  const opened = await openMap(ctx, asOf === undefined ? null : timeOf(asOf));
  const key = requireKey(opened, id);
  const entity = opened.map.entity(key);
  if (entity === null) throw notFound("entity", id);
  const { now, parameters } = { now: ctx.now(), parameters: opened.live.parameters };
  const memories = [...opened.map.memoriesOf(key)]
    .sort((a, b) => b.validAt - a.validAt || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_MEMORIES);
  const labels = await inWorkspace(ctx.workspaceId, (tx) =>
    labelsOf(
      tx,
      memories.map((memory) => memory.id),
    ),
  );
  const edges = opened.map
    .tiesOf(key)
    .flatMap((tie) => tie.edges)
    .slice(0, MOST_RELATIONS);
  return {
    entity: entityOut(entity),
    memories: memories.map(({ id: memoryId, kind, evidence, validAt, invalidAt }) => ({
      id: memoryId,
      label: labels.get(memoryId) ?? "",
      confidence: belief(evidence, { kind, now, parameters }).confidence,
      validAt: iso(validAt),
      invalidAt: invalidAt === null ? null : iso(invalidAt),
    })),
    relations: await relationsOut(ctx, opened.map, edges),
  };
}
