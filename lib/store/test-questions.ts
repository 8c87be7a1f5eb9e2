import { digestOf } from "./digest";
import { sql, type Sql } from "./sql";
import type { Tx } from "./prisma";

export interface Grade {
  readonly memoryId: string;
  readonly grade: number;
}

export interface TestQuestionRow {
  readonly id: string;
  readonly query: string;
  readonly conditions: Readonly<Record<string, unknown>>;
  readonly grades: readonly Grade[];
  readonly note: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly createdBy: string;
}

const HERE = sql`"workspaceId" = current_setting('app.workspace')::uuid`;
const COLUMNS = sql`"id", "query", "conditions", "grades", "note", "createdAt", "updatedAt", "createdBy"`;

export const testQuestionRows = (
  tx: Tx,
  { where = sql`true`, most }: { readonly where?: Sql; readonly most: number },
): Promise<TestQuestionRow[]> => tx.$queryRaw<TestQuestionRow[]>`
  SELECT ${COLUMNS} FROM "TestQuestion" WHERE ${HERE} AND ${where} ORDER BY "id" DESC LIMIT ${most}`;

export async function countTestQuestions(tx: Tx, where = sql`true`): Promise<number> {
  const [counted] = await tx.$queryRaw<{ total: bigint }[]>`
    SELECT count(*) AS "total" FROM "TestQuestion" WHERE ${HERE} AND ${where}`;
  return Number(counted?.total ?? 0);
}

/** One after the other in a workspace, so that their number stays within its bound. */
export const lockTestQuestions = (tx: Tx): Promise<number> =>
  tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('test questions ' || current_setting('app.workspace'), 0))`;

export type NewTestQuestion = Omit<TestQuestionRow, "updatedAt">;

/** Equal for the same question under the same conditions, in whatever order their fields were given. */
export const testQuestionKey = (query: string, conditions: TestQuestionRow["conditions"]): string =>
  digestOf([query, conditions]);

/** Takes the place of the test of the same question; saved once more as it is, nothing of it moves. */
export async function putTestQuestion(
  tx: Tx,
  { id, query, conditions, grades, note, createdAt, createdBy }: NewTestQuestion,
): Promise<TestQuestionRow> {
  const [row] = await tx.$queryRaw<TestQuestionRow[]>`
    INSERT INTO "TestQuestion" AS t ("workspaceId", "id", "key", "query", "conditions", "grades", "note", "createdAt", "updatedAt", "createdBy")
    VALUES (current_setting('app.workspace')::uuid, ${id}::uuid, ${testQuestionKey(query, conditions)}, ${query}, ${JSON.stringify(conditions)}::jsonb,
      ${JSON.stringify(grades)}::jsonb, ${note}, ${createdAt}, ${createdAt}, ${createdBy})
    ON CONFLICT ("workspaceId", "key") DO UPDATE SET "grades" = excluded."grades", "note" = excluded."note",
      "updatedAt" = CASE WHEN (t."grades", t."note") IS DISTINCT FROM (excluded."grades", excluded."note") THEN excluded."updatedAt" ELSE t."updatedAt" END
    RETURNING ${COLUMNS}`;
  if (row === undefined) throw new Error("a test question was neither inserted nor updated");
  return row;
}

export async function removeTestQuestion(tx: Tx, id: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM "TestQuestion" WHERE ${HERE} AND "id" = ${id}::uuid`;
}

/** What a graded memory has become. */
export interface Become {
  readonly id: string;
  /** The memory it was merged into at last, or itself. */
  readonly now: string;
  readonly content: string;
  /** A recall can show it. */
  readonly isThere: boolean;
}

/** Those of the ids that were ever a memory here. */
export const whatBecame = (tx: Tx, ids: readonly string[]): Promise<Become[]> => tx.$queryRaw<Become[]>`
  WITH RECURSIVE way AS (
    SELECT m."id", m."id" AS "now", 0 AS "step" FROM "Memory" m WHERE ${HERE} AND m."id" = ANY(${[...ids]}::uuid[])
    UNION ALL
    SELECT way."id", m."mergedInto", way."step" + 1 FROM way JOIN "Memory" m ON m."id" = way."now" AND m."mergedInto" IS NOT NULL WHERE ${HERE}),
  last AS (SELECT DISTINCT ON ("id") "id", "now" FROM way ORDER BY "id", "step" DESC)
  SELECT last."id", last."now", left(m."content", 400) AS "content",
    m."exists" AND NOT m."erased" AND m."lifecycle" = 'active' AND NOT m."quarantined" AS "isThere"
  FROM last JOIN "Memory" m ON m."id" = last."now" WHERE ${HERE}`;
