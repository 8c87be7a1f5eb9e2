import { stillCounts } from "./live-signals";
import type { Aftermath } from "@/lib/domain/cycle/harm";
import type { Tx } from "@/lib/store/prisma";

const MOST = 5000;

/** When a cycle's first change came into force; null: nothing of it is in force now. */
export async function appliedAt(tx: Tx, cycleId: string): Promise<Date | null> {
  const [row] = await tx.$queryRaw<{ at: Date | null }[]>`
    SELECT min(c."at") AS "at" FROM "Change" c WHERE c."workspaceId" = current_setting('app.workspace')::uuid AND c."cycleId" = ${cycleId}::uuid
      AND NOT EXISTS (SELECT 1 FROM "ChangeStatus" s WHERE s."workspaceId" = c."workspaceId" AND s."changeId" = c."id" AND s."state" <> 'live')`;
  return row?.at ?? null;
}

/**
 * Outcomes of recalls since a cycle, oldest first. It had a hand in those that showed a memory it moved, in those that asked
 * what such a memory had answered before, and, where it tuned how recalls rank, in all of them.
 */
export const aftermathOf = (tx: Tx, cycleId: string, since: Date): Promise<Aftermath[]> => tx.$queryRaw<
  Aftermath[]
>`
  WITH moved AS (
    SELECT coalesce(array_agg(DISTINCT c."targetId") FILTER (WHERE c."targetType" = 'memory'), '{}') AS ids,
      coalesce(bool_or(c."op" = 'tune' AND (c."payload"->>'name' LIKE 'recall.%' OR c."payload"->>'name' LIKE 'time.%' OR c."payload"->>'name' LIKE 'safety.%')), false) AS "ranks"
    FROM "Change" c WHERE c."workspaceId" = current_setting('app.workspace')::uuid AND c."cycleId" = ${cycleId}::uuid
  ), asked AS (
    SELECT DISTINCT r."queryKey" FROM "Retrieval" r, moved WHERE r."workspaceId" = current_setting('app.workspace')::uuid AND r."at" <= ${since} AND r."shown" && moved.ids
  )
  SELECT g."outcome", g."baseline" AS "expected", (moved."ranks" OR r."shown" && moved.ids OR r."queryKey" IN (SELECT "queryKey" FROM asked)) AS "touched"
  FROM moved, "Signal" g JOIN "Retrieval" r ON r."workspaceId" = g."workspaceId" AND r."id" = g."retrievalId"
  WHERE g."workspaceId" = current_setting('app.workspace')::uuid AND g."outcome" IS NOT NULL AND g."baseline" IS NOT NULL AND r."at" > ${since} AND ${stillCounts}
  ORDER BY g."recordedAt", g."id" LIMIT ${MOST}`;
