import { presentChanges } from "./change-out";
import { sql } from "@/lib/store/sql";
import type { ChangeOut } from "@/lib/contracts/change";
import type { Tx } from "@/lib/store/prisma";

export interface MovedBy extends Pick<ChangeOut, "seq" | "op" | "targetLabel" | "summary" | "at"> {
  readonly changeId: string;
}

const MOST_EACH = 3;

/** The newest changes of each memory that are in force: what last moved it. */
export async function movedBy(tx: Tx, ids: readonly string[]): Promise<Map<string, MovedBy[]>> {
  if (ids.length === 0) return new Map();
  const changes = await presentChanges(tx, {
    where: sql`c."id" IN (SELECT n."id" FROM unnest(${[...ids]}::uuid[]) AS wanted("id") CROSS JOIN LATERAL (
      SELECT x."id" FROM "Change" x WHERE x."workspaceId" = current_setting('app.workspace')::uuid AND x."targetId" = wanted."id" AND NOT EXISTS (
        SELECT 1 FROM "ChangeStatus" s WHERE s."workspaceId" = x."workspaceId" AND s."changeId" = x."id" AND s."state" <> 'live')
      ORDER BY x."seq" DESC LIMIT ${MOST_EACH}) n)`,
    limit: ids.length * MOST_EACH,
  });
  const found = new Map<string, MovedBy[]>();
  for (const { id, seq, op, targetLabel, summary, at, targetId } of changes)
    found.set(targetId, [
      ...(found.get(targetId) ?? []),
      { changeId: id, seq, op, targetLabel, summary, at },
    ]);
  return found;
}
