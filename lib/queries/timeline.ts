import { changeFilter, type ChangeFilter, type ChangesAsked } from "./change-filter";
import { density, type Bucket } from "./density";
import { inWorkspace, type Tx } from "@/lib/store/prisma";
import { constantSql, noSql, sql, type Sql } from "@/lib/store/sql";
import { presentChanges } from "./change-out";
import { readCursor, writeCursor } from "./cursor";
import type { Asker } from "./asker";
import type { ChangeOut } from "@/lib/contracts/change";

export interface ListedChanges {
  readonly items: ChangeOut[];
  readonly nextCursor: string | null;
  readonly total: number;
  readonly density?: Bucket[];
}

const DEFAULT_LIMIT = 50;

/** The ledger, newest first. The first page also tells how the changes spread over time. */
export async function listChanges(ctx: Asker, asked: ChangesAsked): Promise<ListedChanges> {
  return inWorkspace(ctx.workspaceId, (tx) => changesPage(tx, asked));
}

export async function changesPage(tx: Tx, asked: ChangesAsked): Promise<ListedChanges> {
  const { limit = DEFAULT_LIMIT } = asked;
  const grouped = asked.grouped === "true";
  const place = readCursor(asked.cursor, ["number"]);
  const filter = await changeFilter(tx, asked);
  const found = await presentChanges(tx, {
    limit: limit + 1,
    // Of a group, the first change that the filter finds stands for all: not its very first, which the filter may leave out.
    ...(grouped
      ? { groupsWhere: (alias) => sql`${filter.on(alias)} ${before(alias, place)}` }
      : { where: sql`${filter.on("c")} ${before("c", place)}` }),
  });
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    nextCursor: found.length > limit && last !== undefined ? writeCursor([last.seq]) : null,
    total: await count(tx, filter, grouped),
    ...(place === null ? { density: await density(tx, filter) } : {}),
  };
}

const before = (alias: string, place: readonly [number] | null): Sql =>
  place === null ? noSql : sql`AND ${constantSql(alias)}."seq" < ${place[0]}::bigint`;

async function count(tx: Tx, filter: ChangeFilter, grouped: boolean): Promise<number> {
  if (filter.isPlain && !grouped) return Math.max(0, filter.to - filter.from);
  // Of the whole ledger an index alone knows the groups.
  const where = filter.isWhole
    ? sql`c."workspaceId" = current_setting('app.workspace')::uuid`
    : filter.on("c");
  const [row] = await tx.$queryRaw<{ total: bigint }[]>`
    SELECT count(*) AS "total" FROM (SELECT ${grouped ? sql`DISTINCT c."groupId"` : sql`c."seq"`} FROM "Change" c WHERE ${where}) f`;
  return Number(row?.total ?? 0);
}
