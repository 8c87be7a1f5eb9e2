import { brand, notFound, type ChangeId, type MemoryId } from "@/lib/domain/ids";
import { memoryRowsById } from "./memory-rows";
import { Refusal } from "@/lib/domain/errors";
import type { Tx } from "@/lib/store/prisma";

/** A memory that evidence can be written to. */
export interface Judged {
  readonly id: MemoryId;
  readonly createdBy: ChangeId;
  /** Of a merge's result: its members, or, when the merge is not in force, the sources it was made of. */
  readonly mergedFrom: readonly MemoryId[];
}

/**
 * The memories among these that take evidence: every one that was ever created here, also while it is archived, deleted or
 * taken back (then it waits). Erased ones take none; an explicit verdict on one, or on an unknown id, is refused.
 */
export async function judgeable(
  tx: Tx,
  ids: readonly MemoryId[],
  explicit: ReadonlySet<string>,
): Promise<Map<MemoryId, Judged>> {
  const rows = await memoryRowsById(tx, ids);
  const births = await birthsOf(tx, ids);
  const judged = new Map<MemoryId, Judged>();
  for (const id of ids) {
    const row = rows.get(id);
    const birth = births.get(id);
    if (row?.erased && explicit.has(id))
      throw new Refusal("erased", `Memory ${id} was erased on request; it cannot be judged any more.`);
    if ((!row || !birth) && explicit.has(id)) throw notFound("memory", id);
    if (row && birth && !row.erased)
      judged.set(id, {
        id,
        createdBy: birth.by,
        mergedFrom: row.mergedFrom.length > 0 ? row.mergedFrom.map((m) => brand<MemoryId>(m)) : birth.sources,
      });
  }
  return judged;
}

async function birthsOf(
  tx: Tx,
  ids: readonly MemoryId[],
): Promise<Map<string, { readonly by: ChangeId; readonly sources: readonly MemoryId[] }>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ targetId: string; id: string; sources: string[] | null }[]>`
    SELECT "targetId", "id", "payload"->'sources' AS "sources" FROM "Change"
    WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "op" IN ('create', 'merge') AND "targetId" = ANY(${[...ids]}::uuid[])`;
  return new Map(
    rows.map((row) => [
      row.targetId,
      { by: brand<ChangeId>(row.id), sources: (row.sources ?? []).map((m) => brand<MemoryId>(m)) },
    ]),
  );
}
