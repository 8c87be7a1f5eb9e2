import {
  brier,
  calibrationError,
  crossFitted,
  fitCalibration,
  reliability,
  type Forecast,
} from "@/lib/domain/learning/calibration";
import { CONSTANTS } from "@/lib/domain/parameters";
import { dayRange, type DayRange } from "./day-range";
import { inWorkspace, type Tx } from "@/lib/store/prisma";
import type { Asker, InputOf } from "./asker";
import type { calibration as shape, range } from "@/lib/contracts/metrics";

export type CalibrationRead = InputOf<typeof shape>;

/** Judged memories that are read, newest first. */
const MOST = 20_000;
/** Parts of the outcomes that are told by curves fitted on the rest. */
const FOLDS = 5;

/** Whether confidence keeps its word: what it was when a memory was shown, against what came of it. */
export async function calibration(ctx: Asker, asked: InputOf<typeof range>): Promise<CalibrationRead> {
  return inWorkspace(ctx.workspaceId, async (tx) => {
    const forecasts = await judgedForecasts(tx, await dayRange(tx, ctx, asked));
    const { form } = fitCalibration(forecasts);
    return {
      count: forecasts.length,
      ...(forecasts.length === 0 ? { brier: null, ece: null, bins: [] } : scoresOf(forecasts)),
      fitted: form === "none" ? null : { form, ...scoresOf(crossFitted(forecasts, form, FOLDS)) },
      note: form === "none" ? tooFew(forecasts.length) : null,
    };
  });
}

const scoresOf = (forecasts: readonly Forecast[]) => ({
  brier: brier(forecasts),
  ece: calibrationError(forecasts),
  bins: reliability(forecasts),
});

const tooFew = (count: number): string =>
  `${count === 1 ? "1 judged memory is" : `${count} judged memories are`} too few to fit a curve: that takes ${CONSTANTS.plattFrom}, and below it these figures are mostly chance.`;

/**
 * A memory counts as judged by a verdict on it, or, without one, by the outcome of an answer it was used in; an outcome of
 * a whole answer does not say which memory it was. The newest word on a memory counts once per recall, while it is in force.
 *
 * Its confidence when it was shown is what the first observation after the recall's place in the ledger found, in force or
 * not; outside of a recall, what the judgement itself found. So no forecast has seen an outcome of its own recall.
 */
export const judgedForecasts = (
  tx: Tx,
  { from, to }: Pick<DayRange, "from" | "to">,
): Promise<Forecast[]> => tx.$queryRaw<Forecast[]>`
  WITH judged AS (
    SELECT DISTINCT ON (coalesce(g."retrievalId", c."id"), c."targetId") c."targetId", c."seq", coalesce(r."seq", c."seq" - 1) AS "shownAt", o."outcome"
    FROM "Signal" g
    JOIN "Change" c ON c."workspaceId" = g."workspaceId" AND c."groupId" = g."groupId" AND c."op" = 'observe' AND c."targetType" = 'memory'
    LEFT JOIN "Retrieval" r ON r."workspaceId" = g."workspaceId" AND r."id" = g."retrievalId"
    CROSS JOIN LATERAL (SELECT coalesce(
      (SELECT CASE WHEN v->'verdict' IN ('"helpful"', 'true', '1') THEN 1.0 ELSE 0.0 END FROM jsonb_array_elements(g."raw"->'memories') AS v WHERE v->>'memoryId' = c."targetId"::text LIMIT 1),
      CASE WHEN g."raw"->'used' ? c."targetId"::text THEN g."outcome" END)::float8 AS "outcome") o
    WHERE g."workspaceId" = current_setting('app.workspace')::uuid AND g."recordedAt" >= ${new Date(from)} AND g."recordedAt" <= ${new Date(to)}
      AND o."outcome" IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM "ChangeStatus" s WHERE s."workspaceId" = c."workspaceId" AND s."changeId" = c."id" AND s."state" <> 'live')
    ORDER BY coalesce(g."retrievalId", c."id"), c."targetId", c."seq" DESC)
  SELECT f."predicted", j."outcome" FROM judged j
  CROSS JOIN LATERAL (
    SELECT (e."before")::float8 AS "predicted" FROM "Change" x JOIN "ChangeEffect" e ON e."workspaceId" = x."workspaceId" AND e."seq" = x."seq"
    WHERE x."workspaceId" = current_setting('app.workspace')::uuid AND x."targetId" = j."targetId" AND x."seq" > j."shownAt" AND x."op" = 'observe'
      AND jsonb_typeof(e."before") = 'number' ORDER BY x."seq" LIMIT 1) f
  ORDER BY j."seq" DESC LIMIT ${MOST}`;
