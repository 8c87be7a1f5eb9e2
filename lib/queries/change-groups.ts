import { sql, type Sql } from "@/lib/store/sql";
import type { Tx } from "@/lib/store/prisma";

/**
 * Condition on c: of the groups that have changes which a condition finds, the first such change; the newest groups. A group
 * of an import may be most of the ledger, so a change right behind another one of its group is passed over without a look.
 */
export const firstOfGroups = (found: (alias: string) => Sql, limit: number): Sql => sql`c."seq" IN (
  SELECT l."seq" FROM (
    SELECT x."seq", x."groupId", lead(x."groupId") OVER (ORDER BY x."seq" DESC) AS "before" FROM "Change" x WHERE ${found("x")}
  ) l
  WHERE l."before" IS DISTINCT FROM l."groupId"
    AND NOT EXISTS (SELECT 1 FROM "Change" g WHERE ${found("g")} AND g."groupId" = l."groupId" AND g."seq" < l."seq")
  ORDER BY l."seq" DESC LIMIT ${limit})`;

/** What a group consists of, and how it stands. */
export interface GroupCounts {
  readonly members: readonly (readonly [op: string, state: string, count: number])[];
  /** How many memories or parameters its changes are about. */
  readonly targets: number;
}

export async function groupCounts(
  tx: Tx,
  groupIds: readonly string[],
): Promise<ReadonlyMap<string, GroupCounts>> {
  if (groupIds.length === 0) return new Map();
  const rows = await tx.$queryRaw<({ groupId: string } & GroupCounts)[]>`
    WITH changes AS MATERIALIZED (
      SELECT g."groupId", g."op", g."targetId", coalesce(s."state", 'live') AS "state" FROM "Change" g
      LEFT JOIN "ChangeStatus" s ON s."workspaceId" = g."workspaceId" AND s."changeId" = g."id"
      WHERE g."workspaceId" = current_setting('app.workspace')::uuid AND g."groupId" = ANY(${groupIds}::uuid[])
    ), members AS (
      SELECT m."groupId", jsonb_agg(jsonb_build_array(m."op", m."state", m."count")) AS "members" FROM (
        SELECT "groupId", "op", "state", count(*) AS "count" FROM changes GROUP BY 1, 2, 3) m GROUP BY 1
    ), targets AS (
      SELECT t."groupId", count(*)::int AS "targets" FROM (SELECT DISTINCT "groupId", "targetId" FROM changes) t GROUP BY 1
    ) SELECT * FROM members JOIN targets USING ("groupId")`;
  return new Map(rows.map((row) => [row.groupId, row]));
}
