import { changesWhere } from "@/lib/store/ledger-reader";
import { derive } from "@/lib/domain/graph/derive";
import { entityIdOf } from "@/lib/store/entity-id";
import { getExtractor } from "@/lib/models/extractor";
import { inWorkspace } from "@/lib/store/prisma";
import { isKnownForm, memoryId } from "@/lib/domain/ids";
import { MENTIONED_WITH, type MapEdge, type MapEntity } from "@/lib/search/entity-map";
import { memoryRowsById } from "./memory-rows";
import { relationIdOf, type OpenMap } from "./open-map";
import { sha256 } from "@/lib/store/digest";
import { sql } from "@/lib/store/sql";
import { storedExtractions } from "@/lib/store/extractions";
import type { Asker } from "./asker";
import type { Change, Op } from "@/lib/domain/ledger/change";
import type { Extraction } from "@/lib/domain/graph/extraction";
import type { DerivedEntity } from "@/lib/domain/graph/derive";
import type { MemoryId } from "@/lib/domain/ids";

export type Mark = "added" | "removed" | null;

/** What a cycle did to the graph: what is there only since it, and what went with it. */
export interface Marks {
  readonly ofEntity: (key: string) => Mark;
  readonly ofEdge: (id: string) => Mark;
  /** Entities that have to do with any of its changes. */
  readonly touched: readonly string[];
  /** Entities that nothing says any more. */
  readonly removed: ReadonlyMap<string, MapEntity>;
  readonly removedEdges: readonly MapEdge[];
}

const BRINGS: ReadonlySet<Op> = new Set<Op>(["create", "merge", "restore"]);
const TAKES: ReadonlySet<Op> = new Set<Op>(["archive", "delete", "quarantine", "supersede", "member"]);

export async function cycleMarks(ctx: Asker, opened: OpenMap, cycleId: string): Promise<Marks> {
  const changes = isKnownForm(cycleId) ? await liveChangesOf(ctx, cycleId) : [];
  const of = (ops: ReadonlySet<Op>) =>
    changes.flatMap((c) => (ops.has(c.op) && c.target.type === "memory" ? [memoryId(c.target.id)] : []));
  const came = cameWith(opened, new Set(of(BRINGS)));
  const went = await wentWith(ctx, opened, of(TAKES));
  const said = changes.flatMap((c) => saidOf(opened, c));
  const added = new Map(
    // What the texts that went said as well was there before: a merge brings what its sources had.
    [
      ...came.entities.filter((key) => !went.touched.has(key)),
      ...said.filter((s) => s.mark === "added").map((s) => s.key),
    ].map((key) => [key, "added" as const]),
  );
  const hidden = said.filter((s) => s.mark === "removed").map((s) => s.key);
  const touched = new Set([...came.touched, ...went.touched, ...said.map((s) => s.key)]);
  const edges = new Map<string, Mark>([
    ...came.edges
      .filter((edge) => !went.tied.has(tieKey(edge.from, edge.to)))
      .map((edge) => [relationIdOf(edge), "added"] as const),
    ...went.edges.map((edge) => [relationIdOf(edge), "removed"] as const),
  ]);
  return {
    ofEntity: (key) =>
      went.entities.has(key) || hidden.includes(key) ? "removed" : (added.get(key) ?? null),
    ofEdge: (id) => edges.get(id) ?? null,
    touched: [...touched].sort(),
    removed: went.entities,
    removedEdges: went.edges,
  };
}

const liveChangesOf = (ctx: Asker, cycleId: string): Promise<Change[]> =>
  inWorkspace(ctx.workspaceId, (tx) =>
    changesWhere(
      tx,
      [cycleId],
      sql`c."cycleId" = ${cycleId}::uuid AND NOT EXISTS (
      SELECT 1 FROM "ChangeStatus" s WHERE s."workspaceId" = c."workspaceId" AND s."changeId" = c."id" AND s."state" <> 'live')`,
    ),
  );

/** Entities and edges that rest on nothing but the memories that came. */
function cameWith({ live, map }: OpenMap, came: ReadonlySet<MemoryId>) {
  const { index } = live;
  const touched = new Set<string>();
  for (const id of came) {
    const memory = index.find(id);
    const held =
      memory === undefined ? [] : index.graph.entitiesOf(memory.key).filter(({ isAlias }) => !isAlias);
    for (const { to } of held) touched.add(map.rootOf(index.graph.nameOf(to)));
  }
  const isNew = (memories: readonly { readonly id: MemoryId }[]) =>
    memories.length > 0 && memories.every((memory) => came.has(memory.id));
  const entities = [...touched].filter((key) => isNew(map.memoriesOf(key)));
  const edges = [...touched].flatMap((key) =>
    map.tiesOf(key).flatMap((tie) => tie.edges.filter((edge) => !edge.isMade && isNew(edge.memories))),
  );
  return { touched, entities, edges };
}

/** Entities and edges that the texts of the memories that went said, and that nothing says now. */
async function wentWith(ctx: Asker, { map }: OpenMap, ids: readonly MemoryId[]) {
  const rows = await inWorkspace(ctx.workspaceId, (tx) => memoryRowsById(tx, ids));
  const texts = [...rows.values()]
    .filter((row) => row.content !== "")
    .map((row) => ({ content: row.content, hash: Buffer.from(sha256(row.content)).toString("base64") }));
  const readings = await readingsOf(ctx, texts);
  const touched = new Set<string>();
  const entities = new Map<string, MapEntity>();
  const edges = new Map<string, MapEdge>();
  const tied = new Set<string>();
  for (const { content, hash } of texts) {
    const reading = readings.get(hash);
    if (reading === undefined) continue;
    const named = derive(content, reading)
      .entities.filter(({ isAlias }) => !isAlias)
      .map((one) => ({ ...one, key: map.rootOf(one.name) }));
    for (const one of named) {
      touched.add(one.key);
      if (map.presenceOf(one.key) === null) entities.set(one.key, goneEntity(one));
      for (const other of named) {
        tied.add(tieKey(one.key, other.key));
        const isTied = map.tiesOf(one.key).some((tie) => tie.to === other.key);
        if (one.key < other.key && !isTied)
          edges.set(`${one.key}~${other.key}`, goneEdge(one.key, other.key));
      }
    }
  }
  return { touched, entities, tied, edges: [...edges.values()] };
}

/** Two names, in whatever order. */
const tieKey = (one: string, other: string): string => (one < other ? `${one}~${other}` : `${other}~${one}`);

/** As they were read while they could be found; texts that nobody had read by then are read now, where that takes no time. */
async function readingsOf(
  ctx: Asker,
  texts: readonly { readonly content: string; readonly hash: string }[],
): Promise<ReadonlyMap<string, Extraction>> {
  const extractor = getExtractor();
  const hashes = texts.map(({ hash }) => hash);
  const stored = await storedExtractions(ctx.workspaceId, extractor.version, hashes);
  const readings = new Map([...stored].map(([hash, { extraction }]) => [hash, extraction]));
  const unread = extractor.isInstant
    ? texts.filter(({ hash }) => !readings.has(hash)).slice(0, MOST_READ)
    : [];
  const read = unread.length === 0 ? [] : await extractor.extract(unread.map(({ content }) => content));
  for (const [i, { hash }] of unread.entries()) {
    const reading = read[i];
    if (reading !== undefined) readings.set(hash, reading);
  }
  return readings;
}

const MOST_READ = 200;

const goneEntity = ({ key, written, type }: DerivedEntity & { readonly key: string }): MapEntity => ({
  id: entityIdOf(key),
  key,
  name: written,
  type,
  aliases: [],
  memories: 0,
  isIntroduced: false,
  isHidden: false,
});

const goneEdge = (from: string, to: string): MapEdge => ({
  from,
  to,
  relation: MENTIONED_WITH,
  strength: 0,
  memories: [],
  validAt: null,
  invalidAt: null,
  isMade: false,
});

/** What the cycle itself said of names. */
function saidOf({ map }: OpenMap, change: Change): { readonly key: string; readonly mark: Mark }[] {
  const about = (names: readonly string[], mark: Mark) =>
    names.map((name) => ({ key: map.rootOf(name), mark }));
  switch (change.op) {
    case "introduce":
      return about([change.payload.name], "added");
    case "rename":
    case "retype":
    case "alias":
      return about([change.payload.name], null);
    case "relate":
    case "weigh":
      return about([change.payload.from, change.payload.to], null);
    case "hide":
      return "name" in change.payload
        ? about([change.payload.name], "removed")
        : about([change.payload.from, change.payload.to], null);
    default:
      return [];
  }
}
