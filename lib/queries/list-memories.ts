import { broken, readCursor, writeCursor } from "./cursor";
import { constantSql, noSql, sql, type Sql } from "@/lib/store/sql";
import { contestedBy } from "./memory-rows";
import { inWorkspace, type Tx } from "@/lib/store/prisma";
import { iso, MEMORY_COLUMNS, toMemoryOut, toView, type MemoryRow } from "./memory-out";
import { conditionOf, MEMORIES_FROM, readSelection, type ReadSelection } from "./filter-sql";
import { memoryFacets, type Facets } from "./memory-facets";
import { millis, seqOf } from "@/lib/domain/ids";
import { parametersIn } from "./parameters";
import type { Asker, InputOf } from "./asker";
import type { listMemories as input, MemoryOut, SORTS } from "@/lib/contracts/memory";

type Sort = (typeof SORTS)[number];

export interface ListedMemory extends MemoryOut {
  readonly uses: number;
  readonly lastUsedAt: string | null;
}
export interface ListedMemories {
  readonly items: ListedMemory[];
  readonly nextCursor: string | null;
  readonly total: number;
  readonly facets?: Facets;
}

const DEFAULT_LIMIT = 50;

/** Memories that match a search, one page in a stable order, with the exact number of all that match. */
export async function listMemories(ctx: Asker, asked: InputOf<typeof input>): Promise<ListedMemories> {
  const { sort = "newest", limit = DEFAULT_LIMIT, q, filter, lifecycle } = asked;
  const selection = readSelection({ q, filter, lifecycle, now: ctx.now() });
  const after = placeAfter(sort, asked.cursor);
  return inWorkspace(ctx.workspaceId, async (tx) => {
    const found = q === undefined && filter === undefined ? selection : await foundOnce(tx, selection);
    const where = conditionOf(found);
    const rows = await pageOf(tx, { where, after, sort, limit: limit + 1 });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: await present(tx, page, ctx),
      nextCursor:
        rows.length > limit && last !== undefined ? writeCursor([sort, keyOf(sort, last), last.id]) : null,
      total: await count(tx, where),
      ...(asked.facets ? { facets: await memoryFacets(tx, found) } : {}),
    };
  });
}

const FEW = 10_000;

/** A search that finds few memories reads all texts to find them, so it does that once for the page, its number and its facets. */
async function foundOnce(tx: Tx, selection: ReadSelection): Promise<ReadSelection> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT m."id" FROM ${MEMORIES_FROM} WHERE ${selection.filter} LIMIT ${FEW + 1}`;
  if (rows.length > FEW) return selection;
  const ids = rows.map((row) => row.id);
  return {
    ...selection,
    filter: sql`m."workspaceId" = current_setting('app.workspace')::uuid AND m."id" = ANY(${ids}::uuid[])`,
  };
}

interface ListedRow extends MemoryRow {
  readonly uses: number;
  readonly lastUsedAt: Date | null;
}

/** What each order sorts by; the id decides between equals. Moves share their order with seq, which has an index. */
const ORDERS: Readonly<
  Record<Sort, { readonly key: Sql; readonly cast: Sql; readonly descending: boolean }>
> = {
  newest: { key: sql`m."createdAt"`, cast: constantSql("::timestamptz"), descending: true },
  oldest: { key: sql`m."createdAt"`, cast: constantSql("::timestamptz"), descending: false },
  confidence: { key: sql`m."confidence"`, cast: constantSql("::float8"), descending: false },
  "-confidence": { key: sql`m."confidence"`, cast: constantSql("::float8"), descending: true },
  updated: { key: sql`m."seq"`, cast: constantSql("::bigint"), descending: true },
  used: { key: sql`coalesce(u."lastUsedAt", 'epoch')`, cast: constantSql("::timestamptz"), descending: true },
};

function keyOf(sort: Sort, row: ListedRow): string | number {
  switch (sort) {
    case "newest":
    case "oldest":
      return row.createdAt.toISOString();
    case "confidence":
    case "-confidence":
      return row.confidence;
    case "updated":
      return Number(row.seq);
    case "used":
      return iso(row.lastUsedAt?.getTime() ?? 0);
  }
}

/** The condition that begins after a cursor. */
function placeAfter(sort: Sort, cursor: string | undefined): Sql {
  const isNumber = sort === "confidence" || sort === "-confidence" || sort === "updated";
  const place = readCursor(cursor, ["string", isNumber ? "number" : "time", "uuid"]);
  if (place === null) return noSql;
  if (place[0] !== sort) throw broken();
  const { key, cast, descending } = ORDERS[sort];
  const at = isNumber ? place[1] : new Date(place[1]);
  return sql`AND (${key}, m."id") ${constantSql(descending ? "<" : ">")} (${at}${cast}, ${place[2]}::uuid)`;
}

interface Page {
  readonly where: Sql;
  readonly after: Sql;
  readonly sort: Sort;
  readonly limit: number;
}

async function pageOf(tx: Tx, { where, after, sort, limit }: Page): Promise<ListedRow[]> {
  const { key, descending } = ORDERS[sort];
  const direction = constantSql(descending ? "DESC" : "ASC");
  // Rows are wide, and most orders have no index of their own: so the ids are sorted first, and only the page's rows are read.
  return tx.$queryRaw<ListedRow[]>`
    WITH page AS MATERIALIZED (
      SELECT m."id" FROM ${MEMORIES_FROM} WHERE ${where} ${after} ORDER BY ${key} ${direction}, m."id" ${direction} LIMIT ${limit})
    SELECT ${constantSql(MEMORY_COLUMNS)}, coalesce(u."uses", 0) AS "uses", u."lastUsedAt"
    FROM page JOIN ${MEMORIES_FROM} ON m."id" = page."id"
    WHERE m."workspaceId" = current_setting('app.workspace')::uuid ORDER BY ${key} ${direction}, m."id" ${direction}`;
}

async function count(tx: Tx, where: Sql): Promise<number> {
  const [row] = await tx.$queryRaw<
    { total: bigint }[]
  >`SELECT count(*) AS "total" FROM ${MEMORIES_FROM} WHERE ${where}`;
  return Number(row?.total ?? 0);
}

async function present(tx: Tx, rows: readonly ListedRow[], ctx: Asker): Promise<ListedMemory[]> {
  const contested = await contestedBy(
    tx,
    rows.map((row) => row.id),
  );
  const at = { now: ctx.now(), parameters: await parametersIn(tx) };
  return rows.map((row) => ({
    ...toMemoryOut(toView(row), {
      ...at,
      seq: seqOf(Number(row.seq)),
      updatedAt: millis(row.updatedAt.getTime()),
      contestedBy: contested.get(row.id) ?? [],
    }),
    uses: row.uses,
    lastUsedAt: row.lastUsedAt === null ? null : iso(row.lastUsedAt.getTime()),
  }));
}
