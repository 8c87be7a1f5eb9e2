import { groupBy } from "@/lib/domain/group-by";
import type { DayRange } from "./day-range";
import type { Tx } from "@/lib/store/prisma";

/** How many memories had which confidence at the end of a day; keys are confidences in thousandths. */
export type Distribution = ReadonlyMap<number, number>;

/**
 * For each day, the confidence (without fading) that the memories which are active now had at its end. It counts what is in
 * force now: an observation that was taken back since never happened, and a memory counts from the day it was made. So
 * the line of a healthy store does not jump when somebody reverts, and the last day is exactly what the store holds.
 *
 * A memory's confidence at the end of a day is what its first later observation found, or what it is now if none came.
 */
export async function confidenceDays(tx: Tx, range: DayRange): Promise<Map<string, Distribution>> {
  const steps = groupBy(await stepsOf(tx, range), (step) => step.day);
  const now = new Map<number, number>();
  const days = new Map<string, Distribution>();
  for (const day of ["", ...range.days]) {
    for (const { thousandths, count } of steps.get(day) ?? [])
      now.set(thousandths, (now.get(thousandths) ?? 0) + Number(count));
    if (day !== "")
      days.set(day, new Map([...now].filter(([, count]) => count > 0).sort(([a], [b]) => a - b)));
  }
  return days;
}

interface Step {
  /** The empty day stands for everything before the range. */
  readonly day: string;
  readonly thousandths: number;
  readonly count: bigint;
}

/**
 * What the distribution gains and loses each day, counted by the database. Observations after the range are read too: one that
 * came later tells what a memory was before it. All memories are read once, from an index, and for the moves only those that moved.
 */
function stepsOf(tx: Tx, range: DayRange): Promise<Step[]> {
  return tx.$queryRaw<Step[]>`
    WITH observed AS (
      SELECT DISTINCT ON (c."targetId", 2) c."targetId" AS "id", date_trunc('day', c."at", 'UTC') AS "day", (e."before")::float8 AS "before"
      FROM "Change" c JOIN "ChangeEffect" e ON e."workspaceId" = c."workspaceId" AND e."seq" = c."seq"
      WHERE c."workspaceId" = current_setting('app.workspace')::uuid AND c."seq" > ${range.after}
        AND c."op" = 'observe' AND jsonb_typeof(e."before") = 'number' AND c."id" NOT IN (
          SELECT s."changeId" FROM "ChangeStatus" s WHERE s."workspaceId" = current_setting('app.workspace')::uuid AND s."state" <> 'live')
      ORDER BY c."targetId", 2, c."seq"
    ), moved AS (
      SELECT o."id", o."day", o."before", lead(o."before") OVER w AS "next", row_number() OVER w = 1 AS "isFirst"
      FROM observed o WINDOW w AS (PARTITION BY o."id" ORDER BY o."day")
    ), active AS NOT MATERIALIZED (
      SELECT m."id", m."confidence", m."createdAt" FROM "Memory" m
      WHERE m."workspaceId" = current_setting('app.workspace')::uuid AND m."exists" AND NOT m."erased" AND m."mergedInto" IS NULL
        AND m."lifecycle" = 'active' AND m."createdAt" <= ${new Date(range.to)}
    ), steps AS (
      SELECT a."createdAt" AS "at", coalesce(f."before", a."confidence") AS "confidence", 1 AS "count"
      FROM active a LEFT JOIN moved f ON f."id" = a."id" AND f."isFirst"
      UNION ALL SELECT m."day", m."before", -1 FROM moved m JOIN active a ON a."id" = m."id"
      UNION ALL SELECT m."day", coalesce(m."next", a."confidence"), 1 FROM moved m JOIN active a ON a."id" = m."id"
    )
    SELECT coalesce(to_char(t."day", 'YYYY-MM-DD'), '') AS "day", t."thousandths", sum(t."count") AS "count" FROM (
      SELECT CASE WHEN "at" >= ${new Date(range.from)} THEN ("at" AT TIME ZONE 'UTC')::date END AS "day", round("confidence" * 1000)::int AS "thousandths", "count"
      FROM steps
    ) t GROUP BY t."day", t."thousandths" HAVING sum(t."count") <> 0`;
}

export const sizeOf = (distribution: Distribution): number =>
  [...distribution.values()].reduce((sum, count) => sum + count, 0);

/** The smallest confidence that at least this share of the memories do not exceed; null of nothing. */
export function quantile(distribution: Distribution, share: number): number | null {
  const rank = Math.max(1, Math.ceil(share * sizeOf(distribution)));
  let seen = 0;
  for (const [thousandths, count] of distribution) {
    seen += count;
    if (seen >= rank) return thousandths / 1000;
  }
  return null;
}

const BINS = 10;

/** Ten equal bins of two distributions side by side; 1 belongs to the last bin. */
export function histogram(now: Distribution, before: Distribution) {
  const binned = (distribution: Distribution) => {
    const counts = Array.from({ length: BINS }, () => 0);
    for (const [thousandths, count] of distribution) {
      const bin = Math.min(BINS - 1, Math.floor((thousandths * BINS) / 1000));
      counts[bin] = (counts[bin] ?? 0) + count;
    }
    return counts;
  };
  const [counts, earlier] = [binned(now), binned(before)];
  return counts.map((count, i) => ({
    from: i / BINS,
    to: (i + 1) / BINS,
    now: count,
    before: earlier[i] ?? 0,
  }));
}
