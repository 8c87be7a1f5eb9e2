import { constantSql, noSql, sql, type Sql } from "@/lib/store/sql";
import { MEMORY_COLUMNS, toView, type MemoryRow } from "./memory-out";
import { memoryId, type ChangeId, type MemoryId } from "@/lib/domain/ids";
import { Refusal } from "@/lib/domain/errors";
import type { MemoryView } from "@/lib/domain/memory/memory";
import type { Tx } from "@/lib/store/prisma";

export async function memoryRows(tx: Tx, where: Sql, rest: Sql = noSql): Promise<MemoryRow[]> {
  return tx.$queryRaw<MemoryRow[]>`
    SELECT ${constantSql(MEMORY_COLUMNS)} FROM "Memory" m
    WHERE m."workspaceId" = current_setting('app.workspace')::uuid AND ${where} ${rest}`;
}

export async function memoryRowsById(tx: Tx, ids: readonly string[]): Promise<Map<MemoryId, MemoryRow>> {
  if (ids.length === 0) return new Map();
  const rows = await memoryRows(tx, sql`m."id" = ANY(${[...new Set(ids)]}::uuid[])`);
  return new Map(rows.map((row) => [memoryId(row.id), row]));
}

/** A memory that exists and was made by a live change, as drafts need it. */
export type Standing = MemoryView & { readonly createdBy: ChangeId };

/** The memory, or the refusal that says why it is not there: unknown, erased, or its creation taken back. */
export async function requireMemory(tx: Tx, id: MemoryId): Promise<{ row: MemoryRow; view: Standing }> {
  const row = (await memoryRowsById(tx, [id])).get(id);
  if (row?.erased)
    throw new Refusal("erased", `Memory ${id} was erased on request. Its text is gone and cannot come back.`);
  if (!row) throw new Refusal("not_found", `There is no memory ${JSON.stringify(id)} in this workspace.`);
  const view = toView(row);
  if (!row.exists || view.createdBy === null) {
    const revertedBy = await whoTookItBack(tx, id);
    throw new Refusal(
      "not_found",
      `Memory ${id} is not there: its creation was taken back. Redo it on the timeline to have it again.`,
      { extra: { revertedBy } },
    );
  }
  return { row, view: { ...view, createdBy: view.createdBy } };
}

async function whoTookItBack(tx: Tx, id: MemoryId): Promise<string | null> {
  const [found] = await tx.$queryRaw<{ by: string | null }[]>`
    SELECT s."by" FROM "Change" c JOIN "ChangeStatus" s ON s."workspaceId" = c."workspaceId" AND s."changeId" = c."id"
    WHERE c."workspaceId" = current_setting('app.workspace')::uuid AND c."targetId" = ${id}::uuid AND c."op" IN ('create', 'merge') AND s."state" <> 'live'
    ORDER BY c."seq" LIMIT 1`;
  return found?.by ?? null;
}

/** Which memories contest these, seen from the other side; one that the contested already superseded no longer does. */
export async function contestedBy(tx: Tx, ids: readonly string[]): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ id: string; other: string }[]>`
    SELECT o."id", m."id" AS "other" FROM "Change" c
    JOIN "Memory" m ON m."workspaceId" = c."workspaceId" AND m."id" = c."targetId" AND m."exists" AND c."objectId" = ANY(m."contestedWith")
    JOIN "Memory" o ON o."workspaceId" = c."workspaceId" AND o."id" = c."objectId"
    WHERE c."workspaceId" = current_setting('app.workspace')::uuid AND c."op" = 'contest' AND c."objectId" = ANY(${[...ids]}::uuid[])`;
  const found = new Map<string, string[]>();
  for (const { id, other } of rows) found.set(id, [...(found.get(id) ?? []), other]);
  return found;
}

/** Refuses when the target moved since the caller looked, and names the change that moved it. */
export async function requireSeq(
  tx: Tx,
  row: { readonly id: string; readonly seq: bigint },
  expectedSeq: number | undefined,
): Promise<void> {
  if (expectedSeq === undefined || Number(row.seq) <= expectedSeq) return;
  const [mover] = await tx.$queryRaw<{ id: string; seq: bigint; op: string }[]>`
    SELECT "id", "seq", "op" FROM "Change" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "seq" <= ${row.seq}
      AND ("targetId" = ${row.id}::uuid OR "objectId" = ${row.id}::uuid) ORDER BY "seq" DESC LIMIT 1`;
  throw new Refusal(
    "conflict",
    `It moved to seq ${row.seq} after the seq ${expectedSeq} you expected. Read it again and repeat the change if it still makes sense.`,
    {
      fields: [{ path: "expectedSeq", message: `is ${expectedSeq}, but the target is at ${row.seq}` }],
      extra: {
        movedBy: mover ? { changeId: mover.id, seq: Number(mover.seq), op: mover.op } : null,
        seq: Number(row.seq),
      },
    },
  );
}
