import { anomalies } from "./anomalies";
import { harmTest } from "@/lib/domain/safety/sequential-test";
import { inWorkspace, type Tx } from "@/lib/store/prisma";
import { labelOf } from "./memory-out";
import { parametersIn } from "./parameters";
import type { Asker, InputOf } from "./asker";
import type { EvidenceSums } from "@/lib/domain/registers/evidence";
import type { Parameters } from "@/lib/domain/parameters";
import type { safety as shape } from "@/lib/contracts/metrics";

export type Safety = InputOf<typeof shape>;
type Suspect = Safety["suspects"][number];

/** Who speaks against which memory, what waits in quarantine, and what looks like an attack. Proposes; a person decides. */
export async function safety(ctx: Asker): Promise<Safety> {
  return inWorkspace(ctx.workspaceId, async (tx) => {
    const parameters = await parametersIn(tx);
    return {
      suspects: await suspects(tx, parameters),
      quarantined: await quarantined(tx),
      anomalies: await anomalies(tx, ctx.now(), parameters),
    };
  });
}

/** Believed by nobody in particular: below the middle, a memory has more evidence against it than for it. */
const MIDDLE = 0.5;
const MOST = 200;

// An index alone knows who is doubted; their wide rows are read afterwards.
/** Memories in use whose outcomes are bad enough, by the sequential test, to propose a quarantine; the worst first. */
export async function suspects(tx: Tx, parameters: Parameters): Promise<Suspect[]> {
  const rows = await tx.$queryRaw<{ id: string; content: string; evidence: EvidenceSums }[]>`
    WITH doubted AS MATERIALIZED (
      SELECT "id" FROM "Memory" WHERE "workspaceId" = current_setting('app.workspace')::uuid
        AND "exists" AND NOT "erased" AND "lifecycle" = 'active' AND "mergedInto" IS NULL AND "confidence" < ${MIDDLE}::float8)
    SELECT m."id", m."content", m."evidence" FROM doubted JOIN "Memory" m ON m."id" = doubted."id"
    WHERE m."workspaceId" = current_setting('app.workspace')::uuid AND NOT m."quarantined" ORDER BY m."confidence" LIMIT ${MOST}`;
  return rows
    .map((row) => ({ row, test: harmTest(row.evidence, parameters) }))
    .filter(({ test }) => test.proposed)
    .sort((a, b) => b.test.ratio - a.test.ratio)
    .map(({ row, test: { ratio, threshold, accusers } }) => ({
      memoryId: row.id,
      label: labelOf(row.content),
      ratio,
      threshold,
      accusers,
    }));
}

/** What is held back, and why: by a person, by outcomes, or because its text speaks to its reader. */
async function quarantined(tx: Tx): Promise<Safety["quarantined"]> {
  const rows = await tx.$queryRaw<
    {
      id: string;
      content: string;
      changeId: string;
      at: Date;
      stage: string | null;
      reason: string | null;
      supported: boolean;
    }[]
  >`
    SELECT DISTINCT ON (m."id") m."id", m."content", c."id" AS "changeId", c."at", c."cause"->>'stage' AS "stage", t."texts"->>'reason' AS "reason", c."support" IS NOT NULL AS "supported"
    FROM "Memory" m JOIN "Change" c ON c."workspaceId" = m."workspaceId" AND c."targetId" = m."id" AND c."op" = 'quarantine'
    LEFT JOIN "ChangeText" t ON t."workspaceId" = c."workspaceId" AND t."seq" = c."seq"
    WHERE m."workspaceId" = current_setting('app.workspace')::uuid AND m."exists" AND NOT m."erased" AND m."lifecycle" = 'active' AND m."quarantined"
      AND NOT EXISTS (SELECT 1 FROM "ChangeStatus" s WHERE s."workspaceId" = c."workspaceId" AND s."changeId" = c."id" AND s."state" <> 'live')
    ORDER BY m."id", c."seq" DESC LIMIT ${MOST}`;
  return rows.map(({ id, content, changeId, at, stage, reason, supported }) => ({
    memoryId: id,
    label: labelOf(content),
    changeId,
    at: at.toISOString(),
    why: stage === "instructionLike" ? "instructionLike" : supported ? "outcomes" : "person",
    reason: reason ?? null,
  }));
}
