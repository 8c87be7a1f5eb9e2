import { CONSTANTS } from "@/lib/domain/parameters";
import { millis, type Millis } from "@/lib/domain/ids";
import type { Tx } from "@/lib/store/prisma";

/**
 * When the timer runs the next cycle: an interval after the last one began, or after the first signal there ever was; null as
 * long as no signal has come in since the last one that looked.
 */
export async function nextCycleAt(tx: Tx, intervalMinutes: number): Promise<Millis | null> {
  const [row] = await tx.$queryRaw<{ last: Date | null; first: Date | null }[]>`
    WITH ran AS (SELECT max("startedAt") AS "last" FROM "Cycle" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND NOT "dryRun")
    SELECT (SELECT "last" FROM ran) AS "last", (
      SELECT min("recordedAt") FROM "Signal" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "recordedAt" > coalesce((SELECT "last" FROM ran), '-infinity'::timestamptz)) AS "first"`;
  if (!row?.first) return null;
  return millis((row.last ?? row.first).getTime() + intervalMinutes * CONSTANTS.millisPerMinute);
}
