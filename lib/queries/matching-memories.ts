import { memoriesWhere, MEMORIES_FROM, type MemorySelection } from "./filter-sql";
import { MEMORY_COLUMNS, toView, type MemoryRow } from "./memory-out";
import { constantSql, sql } from "@/lib/store/sql";
import { memoryId, type MemoryId } from "@/lib/domain/ids";
import type { Standing } from "./memory-rows";
import type { Tx } from "@/lib/store/prisma";

/** All memories that a bulk action means, in a fixed order: the named ones, or everything that matches a search. */
export async function matchingMemories(
  tx: Tx,
  selection: MemorySelection & { readonly ids?: readonly string[] | undefined },
): Promise<Standing[]> {
  const where =
    selection.ids === undefined
      ? memoriesWhere(selection)
      : sql`m."exists" AND NOT m."erased" AND m."id" = ANY(${[...selection.ids]}::uuid[])`;
  const rows = await tx.$queryRaw<MemoryRow[]>`
    SELECT ${constantSql(MEMORY_COLUMNS)} FROM ${MEMORIES_FROM}
    WHERE m."workspaceId" = current_setting('app.workspace')::uuid AND ${where} ORDER BY m."createdAt", m."id"`;
  return rows.flatMap((row) => {
    const view = toView(row);
    return view.createdBy === null ? [] : [{ ...view, createdBy: view.createdBy }];
  });
}

/** The ids alone of everything that matches a search. */
export async function matchingIds(tx: Tx, selection: MemorySelection): Promise<ReadonlySet<MemoryId>> {
  const rows = await tx.$queryRaw<
    { id: string }[]
  >`SELECT m."id" FROM ${MEMORIES_FROM} WHERE ${memoriesWhere(selection)}`;
  return new Set(rows.map((row) => memoryId(row.id)));
}
