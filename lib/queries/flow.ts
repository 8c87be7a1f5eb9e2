import { CONSTANTS } from "@/lib/domain/parameters";
import { groupBy } from "@/lib/domain/group-by";
import { millis } from "@/lib/domain/ids";
import { seqsAt } from "./seq-at";
import { sizeOf, type Distribution } from "./confidence-days";
import { sql } from "@/lib/store/sql";
import type { DayRange } from "./day-range";
import type { InputOf } from "./asker";
import type { overview } from "@/lib/contracts/metrics";
import type { Tx } from "@/lib/store/prisma";

type Flow = InputOf<typeof overview>["flow"];
type ActivePerDay = InputOf<typeof overview>["activePerDay"];

/**
 * What came in and what went out on each day, as it happened: also what was taken back later. Nearly all changes make a
 * memory, and seqs have no gaps; so only the others are read, and what is left of a day's stretch was made.
 */
export async function flowPerDay(tx: Tx, range: DayRange): Promise<Flow> {
  const rows = await tx.$queryRaw<{ day: string; op: string; count: bigint }[]>`
    SELECT to_char((c."at" AT TIME ZONE 'UTC')::date, 'YYYY-MM-DD') AS "day", c."op", count(*) AS "count" FROM "Change" c
    WHERE c."workspaceId" = current_setting('app.workspace')::uuid AND c."seq" > ${range.after} AND c."seq" <= ${range.upTo} AND c."op" <> 'create'
    GROUP BY (c."at" AT TIME ZONE 'UTC')::date, c."op"`;
  const byDay = groupBy(rows, (row) => row.day);
  const lengths = await lengthsOf(tx, range);
  return range.days.map((day, i) => {
    const others = byDay.get(day) ?? [];
    const of = (op: string) => Number(others.find((row) => row.op === op)?.count ?? 0);
    return {
      day,
      added: (lengths[i] ?? 0) - others.reduce((sum, row) => sum + Number(row.count), 0),
      restored: of("restore"),
      merged: of("member"),
      archived: of("archive"),
      deleted: of("delete"),
      reverted: of("revert"),
    };
  });
}

/** How many changes each day of the range has. */
async function lengthsOf(tx: Tx, { from, days, after, upTo }: DayRange): Promise<number[]> {
  const ends = await seqsAt(
    tx,
    days.map((_, i) => millis(from + (i + 1) * CONSTANTS.millisPerDay - 1)),
  );
  const within = ends.map((seq) => Math.min(seq, upTo));
  return within.map((seq, i) => seq - (within[i - 1] ?? after));
}

// Each of these conditions is one that a partial index answers.
const STANDING = sql`m."workspaceId" = current_setting('app.workspace')::uuid AND m."exists" AND NOT m."erased"`;
const LEFT = sql`${STANDING} AND m."mergedInto" IS NULL AND m."lifecycle" IN ('archived', 'deleted')`;
const MERGED = sql`${STANDING} AND m."mergedInto" IS NOT NULL`;

/**
 * How many memories were active at the end of each day, of those that stand now: those that are active still, as their
 * `distributions` over the days have them, and the others until they were archived, deleted or merged away for good. What was
 * taken back never counts.
 */
export async function activePerDay(
  tx: Tx,
  range: DayRange,
  distributions: ReadonlyMap<string, Distribution>,
): Promise<ActivePerDay> {
  const rows = await tx.$queryRaw<{ day: string; change: bigint }[]>`
    WITH moves AS (
      SELECT s."at", s."change" FROM (
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
  let gone = 0;
  return range.days.map((day) => {
    gone += changes.get(day) ?? 0;
    return { day, active: gone + sizeOf(distributions.get(day) ?? new Map()) };
  });
}
