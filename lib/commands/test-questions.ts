import {
  countTestQuestions,
  lockTestQuestions,
  putTestQuestion,
  removeTestQuestion,
  testQuestionRows,
  whatBecame,
  type Grade,
  type TestQuestionRow,
} from "@/lib/store/test-questions";
import { inWorkspace, type Tx } from "@/lib/store/prisma";
import { isKnownForm, notFound, type WorkspaceId } from "@/lib/domain/ids";
import { newPlainId, type Context } from "./context";
import { publish } from "@/lib/store/feed";
import { Refusal } from "@/lib/domain/errors";
import { sql } from "@/lib/store/sql";
import { testQuestionsOut, type TestQuestionOut } from "@/lib/queries/test-questions";
import { timeOf } from "@/lib/domain/time";
import type { InputOf } from "@/lib/queries/asker";
import type { saveTestQuestion as input } from "@/lib/contracts/test-question";

type Asked = InputOf<typeof input>;

/** A set that is asked on two sides has to come to an end while somebody looks. */
const MOST_QUESTIONS = 1000;

/**
 * Keeps a question with the grades of its results, to measure by; of the same question under the same conditions there is
 * one. It is beside the ledger: it moves no memory and teaches nothing.
 */
export async function saveTestQuestion(ctx: Context, asked: Asked) {
  requireOnce(asked.grades);
  const id = newPlainId();
  const saved = await inWorkspace(ctx.workspaceId, async (tx) => {
    await lockTestQuestions(tx);
    await requireKnown(tx, asked.grades);
    const row = await putTestQuestion(tx, {
      id,
      query: asked.query.trim(),
      conditions: conditionsOf(asked),
      grades: asked.grades,
      note: asked.note?.trim() || null,
      createdAt: new Date(ctx.now()),
      createdBy: ctx.actor,
    });
    const created = row.id === id;
    if (created) await requireRoom(tx);
    return { question: await out(tx, row), created };
  });
  tell(ctx.workspaceId);
  return saved;
}

export async function deleteTestQuestion(ctx: Context, { id }: { readonly id: string }) {
  const question = await inWorkspace(ctx.workspaceId, async (tx) => {
    const [row] = isKnownForm(id)
      ? await testQuestionRows(tx, { where: sql`"id" = ${id}::uuid`, most: 1 })
      : [];
    if (row === undefined) throw notFound("test question", id);
    const deleted = await out(tx, row);
    await removeTestQuestion(tx, id);
    return deleted;
  });
  tell(ctx.workspaceId);
  return { question };
}

/** Conditions that say nothing are none, and a time is the same in whatever zone it was given. */
function conditionsOf({ scope, filter, asOf }: Asked): TestQuestionRow["conditions"] {
  const says = (fields: object | undefined) => fields !== undefined && Object.keys(fields).length > 0;
  return {
    ...(says(scope) ? { scope } : {}),
    ...(says(filter) ? { filter } : {}),
    ...(asOf === undefined ? {} : { asOf: new Date(timeOf(asOf)).toISOString() }),
  };
}

function requireOnce(grades: readonly Grade[]): void {
  const place = grades.findIndex(
    ({ memoryId }, i) => grades.findIndex((one) => one.memoryId === memoryId) < i,
  );
  if (place >= 0)
    throw new Refusal("invalid_input", "A memory has one grade for a question.", {
      fields: [{ path: `grades.${place}.memoryId`, message: "is graded before; leave one of the two out" }],
    });
}

/** A memory that was deleted, merged away or erased since keeps its grade; one that never was here gets none. */
async function requireKnown(tx: Tx, grades: readonly Grade[]): Promise<void> {
  const known = await whatBecame(tx, grades.map(({ memoryId }) => memoryId).filter(isKnownForm));
  const place = grades.findIndex(({ memoryId }) => !known.some(({ id }) => id === memoryId));
  const unknown = grades[place];
  if (unknown === undefined) return;
  const refusal = notFound("memory", unknown.memoryId);
  throw new Refusal(refusal.code, refusal.message, {
    fields: [
      { path: `grades.${place}.memoryId`, message: "names no memory of this workspace; leave it out" },
    ],
  });
}

async function requireRoom(tx: Tx): Promise<void> {
  if ((await countTestQuestions(tx)) <= MOST_QUESTIONS) return;
  throw new Refusal(
    "invalid_input",
    `A workspace keeps at most ${MOST_QUESTIONS} test questions. Delete one that tells nothing new, then save this one.`,
  );
}

async function out(tx: Tx, row: TestQuestionRow): Promise<TestQuestionOut> {
  const [question] = await testQuestionsOut(tx, [row]);
  if (question === undefined) throw new Error("a row was turned into nothing");
  return question;
}

const tell = (workspaceId: WorkspaceId): void => publish(workspaceId, { type: "test", data: {} });
