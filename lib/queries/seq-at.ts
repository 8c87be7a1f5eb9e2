import { seqOf, type Millis, type Seq } from "@/lib/domain/ids";
import type { Tx } from "@/lib/store/prisma";

/**
 * How long the ledger was at each of these times, in their order. Time never runs backwards within a ledger, so halving
 * the range finds every place in a few steps, however long the ledger is. (Without LIMIT the planner may join by reading all of it.)
 */
export async function seqsAt(tx: Tx, times: readonly Millis[]): Promise<Seq[]> {
  const dates = times.map((at) => new Date(at));
  const rows = await tx.$queryRaw<{ seq: bigint }[]>`
    WITH RECURSIVE half AS (
      SELECT t."place", t."at", 0::bigint AS "low", w."headSeq" AS "high"
      FROM "Workspace" w, unnest(${dates}::timestamptz[]) WITH ORDINALITY t("at", "place")
      WHERE w."id" = current_setting('app.workspace')::uuid
      UNION ALL
      SELECT h."place", h."at", CASE WHEN c."at" <= h."at" THEN c."seq" ELSE h."low" END, CASE WHEN c."at" <= h."at" THEN h."high" ELSE c."seq" - 1 END
      FROM half h CROSS JOIN LATERAL (
        SELECT c."seq", c."at" FROM "Change" c
        WHERE c."workspaceId" = current_setting('app.workspace')::uuid AND c."seq" = (h."low" + h."high" + 1) / 2 LIMIT 1
      ) c
      WHERE h."low" < h."high"
    ) SELECT "low" AS "seq" FROM half WHERE "low" = "high" ORDER BY "place"`;
  return rows.map((row) => seqOf(Number(row.seq)));
}

/** How long the ledger was at one time. */
export async function seqAt(tx: Tx, at: Millis): Promise<Seq> {
  const [seq] = await seqsAt(tx, [at]);
  return seq ?? seqOf(0);
}
