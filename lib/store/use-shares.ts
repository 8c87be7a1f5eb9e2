import type { Tx } from "./prisma";

/** Reports of use that the usual share at each rank is read from; the newest, so that it follows what the ranking has become. */
const RECENT_REPORTS = 200;

/** How often the memory at each rank, from 1, was shown in judged recalls and reported as used. */
export async function usesByRank(
  tx: Tx,
): Promise<ReadonlyMap<number, { readonly shown: number; readonly used: number }>> {
  const rows = await tx.$queryRaw<{ rank: bigint; shown: bigint; used: bigint }[]>`
    SELECT u."rank", count(*) AS "shown", count(*) FILTER (WHERE s."used" ? (u."id"::text)) AS "used"
    FROM (SELECT "retrievalId", "raw"->'used' AS "used" FROM "Signal" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "raw" ? 'used' AND "retrievalId" IS NOT NULL
      ORDER BY "recordedAt" DESC LIMIT ${RECENT_REPORTS}) s
    JOIN "Retrieval" r ON r."workspaceId" = current_setting('app.workspace')::uuid AND r."id" = s."retrievalId"
    CROSS JOIN LATERAL unnest(r."shown") WITH ORDINALITY AS u("id", "rank") GROUP BY u."rank"`;
  return new Map(rows.map((row) => [Number(row.rank), { shown: Number(row.shown), used: Number(row.used) }]));
}
