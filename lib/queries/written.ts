import { sql } from "@/lib/store/sql";
import { contestedBy, memoryRowsById } from "./memory-rows";
import { presentChanges } from "./change-out";
import { millis, seqOf } from "@/lib/domain/ids";
import { toMemoryOut, toView } from "./memory-out";
import type { Appended } from "@/lib/store/append";
import type { ChangeOut } from "@/lib/contracts/change";
import type { MemoryOut } from "@/lib/contracts/memory";
import type { Millis } from "@/lib/domain/ids";
import type { Parameters } from "@/lib/domain/parameters";
import type { Tx } from "@/lib/store/prisma";

/** The changes of an append as answers show them, oldest first, at most `limit`. */
export async function writtenChanges(tx: Tx, appended: Appended, limit = 200): Promise<ChangeOut[]> {
  if (appended.changes.length === 0) return [];
  const seqs = appended.changes.slice(0, limit).map((c) => BigInt(c.seq));
  const out = await presentChanges(tx, { where: sql`c."seq" = ANY(${seqs}::bigint[])`, limit });
  return out.reverse();
}

/** Memories as the answers show them, by id. */
export async function memoriesOut(
  tx: Tx,
  ids: readonly string[],
  at: { readonly now: Millis; readonly parameters: Parameters },
): Promise<Map<string, MemoryOut>> {
  const [rows, contested] = await Promise.all([memoryRowsById(tx, ids), contestedBy(tx, ids)]);
  return new Map(
    [...rows].map(([id, row]) => [
      id,
      toMemoryOut(toView(row), {
        ...at,
        seq: seqOf(Number(row.seq)),
        updatedAt: millis(row.updatedAt.getTime()),
        contestedBy: contested.get(row.id) ?? [],
      }),
    ]),
  );
}

export async function memoryOut(
  tx: Tx,
  id: string,
  at: { readonly now: Millis; readonly parameters: Parameters },
): Promise<MemoryOut> {
  const found = (await memoriesOut(tx, [id], at)).get(id);
  if (!found) throw new Error(`memory ${id} vanished inside its own transaction`);
  return found;
}
