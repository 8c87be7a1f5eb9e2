import { inWorkspace } from "@/lib/store/prisma";
import { memoryRows, contestedBy } from "../memory-rows";
import { millis, seqOf } from "@/lib/domain/ids";
import { noSql, sql } from "@/lib/store/sql";
import { parametersIn } from "../parameters";
import { toMemoryOut, toView, type MemoryRow } from "../memory-out";
import type { Asker } from "../asker";
import type { MemoryOut } from "@/lib/contracts/memory";

const ROWS_PER_PAGE = 500;
/** What is there and was not deleted; archived, merged and superseded memories are. */
const EXPORTED = sql`m."exists" AND NOT m."erased" AND m."lifecycle" <> 'deleted'`;

/**
 * Every memory that is there, oldest first, a page at a time. A transaction per page, because a slow reader at the other end
 * must not hold one open: what is written meanwhile may be in it or not, and nothing is in it twice.
 */
export async function* memoryPages(ctx: Asker): AsyncGenerator<readonly MemoryOut[]> {
  let last: MemoryRow | undefined;
  do {
    const rows = await pageAfter(ctx, last);
    last = rows.rows.at(-1);
    if (rows.memories.length > 0) yield rows.memories;
  } while (last !== undefined);
}

async function pageAfter(ctx: Asker, last: MemoryRow | undefined) {
  const after =
    last === undefined
      ? noSql
      : sql`AND (m."createdAt", m."id") > (${last.createdAt}::timestamptz, ${last.id}::uuid)`;
  return inWorkspace(ctx.workspaceId, async (tx) => {
    const rows = await memoryRows(
      tx,
      EXPORTED,
      sql`${after} ORDER BY m."createdAt", m."id" LIMIT ${ROWS_PER_PAGE}`,
    );
    const contested = await contestedBy(
      tx,
      rows.map((row) => row.id),
    );
    const reading = { now: ctx.now(), parameters: await parametersIn(tx) };
    const memories = rows.map((row) =>
      toMemoryOut(toView(row), {
        ...reading,
        seq: seqOf(Number(row.seq)),
        updatedAt: millis(row.updatedAt.getTime()),
        contestedBy: contested.get(row.id) ?? [],
      }),
    );
    return { rows, memories };
  });
}

/** How many memories an export holds. */
export async function countExported(ctx: Asker): Promise<number> {
  const [row] = await inWorkspace(
    ctx.workspaceId,
    (tx) => tx.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS "count" FROM "Memory" m WHERE m."workspaceId" = current_setting('app.workspace')::uuid AND ${EXPORTED}`,
  );
  return Number(row?.count ?? 0);
}
