import { iso } from "./memory-out";
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
  const rows = await tx.$queryRaw<GroupRow[]>`
    SELECT c."groupId", min(c."at") AS "at", count(*) AS "count", min(c."payload"->>'name') AS "parameter", min(c."payload"->>'value') AS "value",
      CASE WHEN bool_or(c."cycleId" IS NOT NULL) THEN 'cycle' WHEN bool_or(c."op" = 'revert') THEN 'revert' WHEN bool_or(c."op" = 'merge') THEN 'merge'
        WHEN bool_or(c."op" = 'tune') THEN 'tune' ELSE 'import' END AS "kind"
    FROM "Change" c
    WHERE c."workspaceId" = current_setting('app.workspace')::uuid AND c."seq" > ${range.after} AND c."seq" <= ${range.upTo}
      AND (c."op" IN ('merge', 'revert', 'tune') OR c."cycleId" IS NOT NULL OR c."cause"->>'kind' = 'import')
    GROUP BY c."groupId" ORDER BY max(c."seq") DESC LIMIT ${MOST}`;
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
