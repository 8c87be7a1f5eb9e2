import { sql } from "./sql";
import type { CycleState } from "@/lib/domain/cycle/cycle";
import type { Tx } from "./prisma";

/** Whether a cycle was taken back follows from the ledger alone; one that failed stays failed. */
const STATE_NOW = sql`CASE WHEN y."state" IN ('applied', 'partly') AND EXISTS (SELECT 1 FROM "Change" c WHERE c."workspaceId" = y."workspaceId" AND c."cycleId" = y."id")
  AND NOT EXISTS (SELECT 1 FROM "Change" c LEFT JOIN "ChangeStatus" s ON s."workspaceId" = c."workspaceId" AND s."changeId" = c."id" AND s."state" = 'reverted'
    WHERE c."workspaceId" = y."workspaceId" AND c."cycleId" = y."id" AND s."changeId" IS NULL) THEN 'reverted' ELSE y."state" END`;

export interface CycleHead {
  readonly id: string;
  readonly number: number;
  readonly state: CycleState;
}

/** Cycles with the state they are in now, newest first; `below`: only those with a smaller number. */
export async function cycleHeads(
  tx: Tx,
  {
    state,
    below,
    limit,
  }: { readonly state: CycleState | undefined; readonly below: number | null; readonly limit: number },
): Promise<{ heads: CycleHead[]; total: number }> {
  const matching = sql`(SELECT y."id", y."number", ${STATE_NOW} AS "state" FROM "Cycle" y WHERE y."workspaceId" = current_setting('app.workspace')::uuid) h WHERE ${state ?? null}::text IS NULL OR h."state" = ${state ?? null}`;
  const heads = await tx.$queryRaw<
    CycleHead[]
  >`SELECT * FROM (SELECT * FROM ${matching}) h WHERE ${below}::int IS NULL OR h."number" < ${below} ORDER BY h."number" DESC LIMIT ${limit}`;
  const [counted] = await tx.$queryRaw<{ total: bigint }[]>`SELECT count(*) AS "total" FROM ${matching}`;
  return { heads, total: Number(counted?.total ?? 0) };
}

export async function cycleHead(tx: Tx, id: string): Promise<CycleHead | null> {
  const [head] = await tx.$queryRaw<
    CycleHead[]
  >`SELECT y."id", y."number", ${STATE_NOW} AS "state" FROM "Cycle" y WHERE y."workspaceId" = current_setting('app.workspace')::uuid AND y."id" = ${id}::uuid`;
  return head ?? null;
}
