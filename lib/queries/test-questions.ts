import {
  countTestQuestions,
  testQuestionRows,
  whatBecame,
  type Become,
  type TestQuestionRow,
} from "@/lib/store/test-questions";
import { inWorkspace, type Tx } from "@/lib/store/prisma";
import { isKnownForm } from "@/lib/domain/ids";
import { iso, labelOf } from "./memory-out";
import { readCursor, writeCursor } from "./cursor";
import { sql } from "@/lib/store/sql";
import type { Asker, InputOf } from "./asker";
import type { listTestQuestions as input, testQuestion } from "@/lib/contracts/test-question";

export type TestQuestionOut = InputOf<typeof testQuestion>;

const DEFAULT_LIMIT = 50;

/** Saved test questions, newest first, each grade with the memory it counts for now. */
export function listTestQuestions(ctx: Asker, asked: InputOf<typeof input>) {
  const { limit = DEFAULT_LIMIT } = asked;
  const before = readCursor(asked.cursor, ["uuid"])?.[0];
  const meant = asked.query === undefined ? sql`true` : sql`"query" = ${asked.query.trim()}`;
  const after = before === undefined ? sql`true` : sql`"id" < ${before}::uuid`;
  return inWorkspace(ctx.workspaceId, async (tx) => {
    const rows = await testQuestionRows(tx, { where: sql`${meant} AND ${after}`, most: limit + 1 });
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: await testQuestionsOut(tx, shown),
      nextCursor: rows.length > limit && last !== undefined ? writeCursor([last.id]) : null,
      total: await countTestQuestions(tx, meant),
    };
  });
}

export async function testQuestionsOut(tx: Tx, rows: readonly TestQuestionRow[]): Promise<TestQuestionOut[]> {
  const ids = new Set(rows.flatMap((row) => row.grades.map(({ memoryId }) => memoryId)));
  const known = ids.size === 0 ? [] : await whatBecame(tx, [...ids].filter(isKnownForm));
  const became = new Map(known.map((one) => [one.id, one]));
  return rows.map(({ conditions, grades, createdAt, updatedAt, ...row }) => ({
    ...row,
    ...conditions,
    grades: grades.map((grade) => ({ ...grade, ...standing(grade.memoryId, became) })),
    createdAt: iso(createdAt.getTime()),
    updatedAt: iso(updatedAt.getTime()),
  }));
}

/** Of a memory that this store does not know, as after a ledger was restored without it, the grade stays and cannot be met. */
function standing(id: string, became: ReadonlyMap<string, Become>) {
  const { now = id, content = "", isThere = false } = became.get(id) ?? {};
  return { countsFor: now, label: labelOf(content), isThere };
}
