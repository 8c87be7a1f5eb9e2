import { isKnownForm } from "@/lib/domain/ids";
import { labelOf } from "./memory-out";
import type { Tx } from "@/lib/store/prisma";

/** How memories are called where only their id is known; of one that was erased there is nothing to show. */
export async function labelsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const known = [...new Set(ids)].filter(isKnownForm);
  if (known.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ id: string; label: string }[]>`
    SELECT "id", left("content", 400) AS "label" FROM "Memory"
    WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "id" = ANY(${known}::uuid[])`;
  return new Map(rows.map((row) => [row.id, labelOf(row.label)]));
}
