import { stillCounts } from "./live-signals";
import type { LoggedCandidate } from "@/lib/store/telemetry";
import type { Tx } from "@/lib/store/prisma";

/** A recall of which somebody named a memory that helped, in a signal that still counts. */
export interface JudgedRow {
  readonly id: string;
  readonly at: Date;
  readonly candidates: readonly LoggedCandidate[];
  readonly shown: readonly string[];
  readonly helped: readonly string[];
  /** It explored; the seed of its draws. */
  readonly seed: string | null;
}

/** The newest judged recalls of a span, newest first. */
export const judgedRecalls = (
  tx: Tx,
  { from, to, most }: { readonly from: number; readonly to: number; readonly most: number },
): Promise<JudgedRow[]> => tx.$queryRaw<JudgedRow[]>`
  WITH said AS (
    SELECT g."workspaceId", g."retrievalId", v->>'memoryId' AS id FROM "Signal" g CROSS JOIN LATERAL jsonb_array_elements(g."raw"->'memories') AS v
    WHERE g."workspaceId" = current_setting('app.workspace')::uuid AND g."retrievalId" IS NOT NULL AND v->'verdict' IN ('"helpful"', 'true', '1') AND ${stillCounts}
    UNION
    SELECT g."workspaceId", g."retrievalId", u AS id FROM "Signal" g CROSS JOIN LATERAL jsonb_array_elements_text(g."raw"->'used') AS u
    WHERE g."workspaceId" = current_setting('app.workspace')::uuid AND g."retrievalId" IS NOT NULL AND g."outcome" > 0.5 AND ${stillCounts}),
  helped AS (SELECT "workspaceId", "retrievalId", array_agg(id) AS "ids" FROM said GROUP BY 1, 2)
  SELECT r."id", r."at", r."candidates", r."shown", helped."ids" AS "helped", r."seed"
  FROM "Retrieval" r JOIN helped ON helped."workspaceId" = r."workspaceId" AND helped."retrievalId" = r."id"
  WHERE r."workspaceId" = current_setting('app.workspace')::uuid AND r."at" >= ${new Date(from)} AND r."at" <= ${new Date(to)}
  ORDER BY r."at" DESC, r."id" DESC LIMIT ${most}`;
