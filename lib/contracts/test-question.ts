import { z } from "zod";
import { cursor, id, limit, page, timeOut } from "./common";
import { recall } from "./recall";
import { scope } from "./memory";

const MOST_GRADES = 100;
const LONGEST_NOTE = 2000;
const HIGHEST_GRADE = 3;

const { query, filter, asOf } = recall.shape;
const grade = z
  .number()
  .int()
  .min(0)
  .max(HIGHEST_GRADE)
  .describe("0 not relevant, 1 related, 2 relevant, 3 the answer");

export const testQuestion = z.object({
  id,
  query: z.string(),
  scope: scope.optional(),
  filter: filter,
  asOf: timeOut.optional(),
  grades: z.array(
    z.object({
      memoryId: id.describe("the memory that was graded"),
      grade,
      countsFor: id.describe("the memory that stands for it now: the one it was merged into, else itself"),
      label: z.string().describe("the beginning of that memory's text; empty when it was erased"),
      isThere: z
        .boolean()
        .describe(
          "a recall can show it now; else the grade stays and cannot be met, until the memory is back",
        ),
    }),
  ),
  note: z.string().nullable(),
  createdAt: timeOut,
  updatedAt: timeOut,
  createdBy: z.string(),
});

export const listTestQuestions = z.strictObject({
  query: query.optional().describe("only tests of this very question, under whatever conditions"),
  cursor: cursor.optional(),
  limit: limit.optional(),
});
export const listedTestQuestions = page(testQuestion);

export const saveTestQuestion = z.strictObject({
  query,
  scope: scope.optional(),
  filter,
  asOf,
  grades: z
    .array(z.strictObject({ memoryId: id, grade }))
    .max(MOST_GRADES)
    .describe(
      "each memory once. None above 0: the question has no answer here, and a recall is right when it says so",
    ),
  note: z.string().max(LONGEST_NOTE).optional(),
});
export const savedTestQuestion = z.object({
  question: testQuestion,
  created: z.boolean().describe("false: it took the place of the test of the same question and conditions"),
});
export const deletedTestQuestion = z.object({ question: testQuestion });
