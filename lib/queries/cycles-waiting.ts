import type { Millis } from "@/lib/domain/ids";
import type { Tx } from "@/lib/store/prisma";

/** Proposals that wait for a person, and cycles that failed one after the other since the last that did not. */
export async function cyclesThatNeedYou(
  tx: Tx,
  now: Millis,
): Promise<{ readonly waiting: number; readonly failed: number }> {
  const [row] = await tx.$queryRaw<{ waiting: bigint; failed: bigint }[]>`
    SELECT
      (SELECT count(*) FROM "Proposal" p JOIN "Cycle" y ON y."workspaceId" = p."workspaceId" AND y."id" = p."cycleId" AND NOT y."dryRun"
        WHERE p."workspaceId" = current_setting('app.workspace')::uuid AND p."state" = 'waiting' AND p."expiresAt" > ${new Date(now)} AND y."state" <> 'running') AS "waiting",
      (SELECT count(*) FROM "Cycle" y WHERE y."workspaceId" = current_setting('app.workspace')::uuid AND y."state" = 'failed' AND y."number" > (
        SELECT coalesce(max("number"), 0) FROM "Cycle" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "state" NOT IN ('failed', 'running', 'cancelled'))) AS "failed"`;
  return { waiting: Number(row?.waiting ?? 0), failed: Number(row?.failed ?? 0) };
}
