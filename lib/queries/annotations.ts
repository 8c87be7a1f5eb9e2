import { iso } from "./memory-out";
import { sql } from "@/lib/store/sql";
import type { DayRange } from "./day-range";
import type { InputOf } from "./asker";
import type { overview } from "@/lib/contracts/metrics";
import type { Tx } from "@/lib/store/prisma";

type Annotation = InputOf<typeof overview>["annotations"][number];

const MOST = 200;

interface GroupRow {
  readonly groupId: string;
  readonly at: Date;
  readonly kind: Annotation["kind"];
  readonly count: bigint;
  readonly parameter: string | null;
  readonly value: string | null;
}

/** What may explain a turn of a line: merges, reverts, tuned parameters, imports and cycles, one per group; the newest of them, oldest first. */
export async function annotations(tx: Tx, range: DayRange): Promise<Annotation[]> {
  const within = sql`c."workspaceId" = current_setting('app.workspace')::uuid AND c."seq" > ${range.after} AND c."seq" <= ${range.upTo}`;
  // Three indexes find them. An import may be most of the ledger, so its rows are only counted.
  const rows = await tx.$queryRaw<GroupRow[]>`
    SELECT f."groupId", min(f."at") AS "at", sum(f."count")::bigint AS "count", min(f."parameter") AS "parameter", min(f."value") AS "value",
      CASE WHEN bool_or(f."kind" = 'cycle') THEN 'cycle' WHEN bool_or(f."kind" = 'revert') THEN 'revert' WHEN bool_or(f."kind" = 'merge') THEN 'merge'
        WHEN bool_or(f."kind" = 'tune') THEN 'tune' ELSE 'import' END AS "kind"
    FROM (
      SELECT c."groupId", c."seq", c."at", 1 AS "count", c."payload"->>'name' AS "parameter", c."payload"->>'value' AS "value",
        CASE WHEN c."cycleId" IS NOT NULL THEN 'cycle' ELSE c."op" END AS "kind"
      FROM (
        SELECT c."seq" FROM "Change" c WHERE ${within} AND c."op" IN ('merge', 'revert', 'tune')
        UNION SELECT c."seq" FROM "Change" c WHERE ${within} AND c."cycleId" IS NOT NULL
      ) e JOIN "Change" c ON c."seq" = e."seq"
      WHERE c."workspaceId" = current_setting('app.workspace')::uuid AND c."cause"->>'kind' <> 'import'
      UNION ALL
      SELECT i."groupId", i."last", b."at", i."count", NULL, NULL, 'import'
      FROM (
        SELECT c."groupId", min(c."seq") AS "first", max(c."seq") AS "last", count(*) AS "count" FROM "Change" c
        WHERE ${within} AND c."cause"->>'kind' = 'import' GROUP BY c."groupId"
      ) i JOIN "Change" b ON b."workspaceId" = current_setting('app.workspace')::uuid AND b."seq" = i."first"
    ) f GROUP BY f."groupId" ORDER BY max(f."seq") DESC LIMIT ${MOST}`;
  return rows
    .map((row) => ({ at: iso(row.at.getTime()), kind: row.kind, label: labelOf(row), groupId: row.groupId }))
    .reverse();
}

function labelOf({ kind, count, parameter, value }: GroupRow): string {
  const changes = count === 1n ? "1 change" : `${count} changes`;
  switch (kind) {
    case "merge":
      return "Merged memories";
    case "revert":
      return `Took back ${changes}`;
    case "tune":
      return `Tuned ${parameter ?? "a parameter"} to ${value ?? "another value"}`;
    case "import":
      return count === 1n ? "Imported 1 memory" : `Imported ${count} memories`;
    case "cycle":
      return `Improvement cycle with ${changes}`;
  }
}
