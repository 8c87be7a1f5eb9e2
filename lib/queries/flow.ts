import { sql } from "@/lib/store/sql";
import type { DayRange } from "./day-range";
import type { InputOf } from "./asker";
import type { overview } from "@/lib/contracts/metrics";
import type { Tx } from "@/lib/store/prisma";

type Flow = InputOf<typeof overview>["flow"];
type ActivePerDay = InputOf<typeof overview>["activePerDay"];

/** What came in and what went out on each day, as it happened: also what was taken back later. */
export async function flowPerDay(tx: Tx, range: DayRange): Promise<Flow> {
  const rows = await tx.$queryRaw<{ day: string; op: string; count: bigint }[]>`
    SELECT to_char((c."at" AT TIME ZONE 'UTC')::date, 'YYYY-MM-DD') AS "day", c."op", count(*) AS "count" FROM "Change" c
    WHERE c."workspaceId" = current_setting('app.workspace')::uuid AND c."seq" > ${range.after} AND c."seq" <= ${range.upTo}
      AND c."op" IN ('create', 'restore', 'member', 'archive', 'delete', 'revert')
    GROUP BY (c."at" AT TIME ZONE 'UTC')::date, c."op"`;
  const counts = new Map(rows.map((row) => [`${row.day} ${row.op}`, Number(row.count)]));
  return range.days.map((day) => {
    const of = (op: string) => counts.get(`${day} ${op}`) ?? 0;
    return {
      day,
      added: of("create"),
      restored: of("restore"),
      merged: of("member"),
      archived: of("archive"),
      deleted: of("delete"),
      reverted: of("revert"),
    };
  });
}

// Each of these conditions is one that a partial index answers.
const STANDING = sql`m."workspaceId" = current_setting('app.workspace')::uuid AND m."exists" AND NOT m."erased"`;
const ACTIVE = sql`${STANDING} AND m."mergedInto" IS NULL AND m."lifecycle" = 'active'`;
const LEFT = sql`${STANDING} AND m."mergedInto" IS NULL AND m."lifecycle" IN ('archived', 'deleted')`;
const MERGED = sql`${STANDING} AND m."mergedInto" IS NOT NULL`;

/**
 * How many memories were active at the end of each day, of those that stand now: from the day they were made until the day
 * they were archived, deleted or merged away for good. What was taken back never counts.
 */
export async function activePerDay(tx: Tx, range: DayRange): Promise<ActivePerDay> {
  const rows = await tx.$queryRaw<{ day: string; change: bigint }[]>`
    WITH moves AS (
      SELECT m."createdAt" AS "at", 1 AS "change" FROM "Memory" m WHERE ${ACTIVE}
      UNION ALL SELECT s."at", s."change" FROM (
        SELECT m."createdAt", (m."registers"->'lifecycle'->>'seq')::bigint AS "leftSeq" FROM "Memory" m WHERE ${LEFT}
        UNION ALL SELECT m."createdAt", coalesce((m."registers"->'memberships'->-1->>'seq')::bigint, 0) FROM "Memory" m WHERE ${MERGED}
      ) gone
      JOIN LATERAL (SELECT c."at" FROM "Change" c WHERE c."workspaceId" = current_setting('app.workspace')::uuid AND c."seq" = gone."leftSeq" LIMIT 1) c ON true
      CROSS JOIN LATERAL (VALUES (gone."createdAt", 1), (c."at", -1)) AS s("at", "change")
    )
    SELECT to_char(d."day", 'YYYY-MM-DD') AS "day", sum(d."change") AS "change" FROM (
      SELECT greatest(("at" AT TIME ZONE 'UTC')::date, ${range.days[0]}::date) AS "day", "change" FROM moves
    ) d GROUP BY d."day"`;
  const changes = new Map(rows.map((row) => [row.day, Number(row.change)]));
  let active = 0;
  return range.days.map((day) => ({ day, active: (active += changes.get(day) ?? 0) }));
}
