import { changeFilter, type ChangeFilter, type ChangesAsked } from "./change-filter";
import { density, type Bucket } from "./density";
import { inWorkspace, type Tx } from "@/lib/store/prisma";
import { noSql, sql } from "@/lib/store/sql";
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
  const before = place === null ? noSql : sql`AND c."seq" < ${place[0]}::bigint`;
  // Of a group, the first change that the filter finds stands for all: not its very first, which the filter may leave out.
  const first = grouped
    ? sql`AND NOT EXISTS (SELECT 1 FROM "Change" g WHERE ${filter.on("g")} AND g."groupId" = c."groupId" AND g."seq" < c."seq")`
    : noSql;
  const found = await presentChanges(tx, {
    where: sql`${filter.on("c")} ${before} ${first}`,
    limit: limit + 1,
    countsGroups: grouped,
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

async function count(tx: Tx, filter: ChangeFilter, grouped: boolean): Promise<number> {
  if (filter.isPlain && !grouped) return Math.max(0, filter.to - filter.from);
  const [row] = await tx.$queryRaw<{ total: bigint }[]>`
    SELECT ${grouped ? sql`count(DISTINCT c."groupId")` : sql`count(*)`} AS "total" FROM "Change" c WHERE ${filter.on("c")}`;
  return Number(row?.total ?? 0);
}
