import { sql } from "@/lib/store/sql";
import { contestedBy, memoryRowsById } from "./memory-rows";
import { effectOf } from "@/lib/domain/ledger/effect";
import { present, presentChanges } from "./change-out";
import { memoryId, millis, seqOf } from "@/lib/domain/ids";
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

/** What an append made and nobody else can have named yet: told from what was written, without reading it back. */
export interface Newborn {
  readonly memory: MemoryOut;
  readonly changes: ChangeOut[];
}

/** null when the append did not make the memory, or did more than make it. */
export function newborn(done: Appended, id: string, actorName: string): Newborn | null {
  const moved = done.memories.get(memoryId(id));
  if (moved === undefined || moved.before !== null || done.memories.size !== 1 || done.statuses.length > 0)
    return null;
  const { at, head, parameters } = done;
  return {
    memory: toMemoryOut(moved.after, { now: at, parameters, seq: head, updatedAt: at }),
    changes: done.changes.map((change) => {
      const effect = effectOf(change, moved, parameters);
      return present(
        change,
        {
          ...UNNAMED,
          actorName,
          before: effect?.before ?? null,
          after: effect?.after ?? null,
          label: moved.after.content,
        },
        null,
      );
    }),
  };
}

const UNNAMED = {
  state: null,
  by: null,
  unsupported: null,
  erased: false,
  objectLabel: null,
  previousText: null,
  members: null,
  targets: null,
} as const;

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
