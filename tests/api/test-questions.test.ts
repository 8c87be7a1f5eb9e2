/** Saved test questions: kept beside the ledger, one of each question, their grades following merges. */
import { beforeEach, describe, expect, it } from "vitest";

import { backupTables } from "@/lib/store/backup-tables";
import { subscribe } from "@/lib/store/feed";
import { inWorkspace } from "@/lib/store/prisma";
import { personIn } from "../support/person";
import { only, tenant, type Tenant } from "../support/tenant";

let here: Tenant;
beforeEach(async () => {
  here = await tenant();
});

const save = async (body: object) =>
  (await here.owner.post("/test-questions", body)).as("testQuestions.save");
const list = async (query = "") => (await here.owner.get(`/test-questions${query}`)).as("testQuestions.list");
const QUESTION = "Which tea does Ann drink?";

describe("a test question", () => {
  it("is kept with the grades of its results, newest first and page by page", async () => {
    const tea = await here.remember("Ann drinks oolong");
    const { question, created } = await save({
      query: `  ${QUESTION} `,
      scope: { userId: "ann" },
      grades: [{ memoryId: tea.id, grade: 3 }],
      note: "asked each week",
    });
    expect(created).toBe(true);
    expect(question).toMatchObject({ query: QUESTION, scope: { userId: "ann" }, note: "asked each week" });
    expect(question.grades).toEqual([
      { memoryId: tea.id, grade: 3, countsFor: tea.id, label: "Ann drinks oolong", isThere: true },
    ]);
    await save({ query: "another", grades: [{ memoryId: tea.id, grade: 1 }] });
    const first = await list("?limit=1");
    expect([only(first.items).query, first.total]).toEqual(["another", 2]);
    const second = await list(`?limit=1&cursor=${first.nextCursor ?? ""}`);
    expect(second).toMatchObject({ items: [question], nextCursor: null });
    expect((await list(`?query=${encodeURIComponent(QUESTION)}`)).items).toEqual([question]);
  });

  it("is one of each question and conditions: the next takes its place, and the same again moves nothing", async () => {
    const tea = await here.remember("Ann drinks oolong");
    const grades = (grade: number) => [{ memoryId: tea.id, grade }];
    const first = await save({ query: QUESTION, scope: {}, asOf: "2026-01-01", grades: grades(1) });
    const same = { query: QUESTION, asOf: "2026-01-01T01:00:00+01:00" };
    const again = await save({ ...same, grades: grades(1) });
    expect(again).toEqual({ question: first.question, created: false });
    const other = await save({ ...same, grades: grades(3) });
    expect(other).toMatchObject({ created: false, question: { id: first.question.id } });
    expect(only(other.question.grades).grade).toBe(3);
    const apart = await save({ query: QUESTION, scope: { userId: "bo" }, grades: grades(1) });
    const narrow = await save({ query: QUESTION, filter: { kinds: ["fact"] }, grades: grades(1) });
    expect([apart.created, narrow.created]).toEqual([true, true]);
    expect((await list()).items).toHaveLength(3);
  });

  it("moves nothing: the ledger and what a recall shows stay as they were", async () => {
    const tea = await here.remember("Ann drinks oolong");
    await here.remember("Ann owns a kettle");
    const scores = async () =>
      (await here.recall(QUESTION, { dryRun: true })).results.map((r) => [
        r.memory.id,
        // What fades does so between two looks.
        r.score.toFixed(6),
      ]);
    const [head, before] = [await here.head(), await scores()];
    await save({ query: QUESTION, grades: [{ memoryId: tea.id, grade: 0 }] });
    expect(await here.head()).toEqual(head);
    expect(await scores()).toEqual(before);
  });

  it("may have no answer at all", async () => {
    expect((await save({ query: "Who won in 1930?", grades: [] })).question.grades).toEqual([]);
  });

  it("is deleted, and saving what the deletion answers brings it back", async () => {
    const tea = await here.remember("Ann drinks oolong");
    const { question } = await save({ query: QUESTION, grades: [{ memoryId: tea.id, grade: 2 }] });
    const gone = (await here.owner.delete(`/test-questions/${question.id}`)).as("testQuestions.delete");
    expect(gone.question).toEqual(question);
    expect(await list()).toEqual({ items: [], nextCursor: null, total: 0 });
    (await here.owner.delete(`/test-questions/${question.id}`)).problem("not_found");
    const back = await save({ query: question.query, grades: [{ memoryId: tea.id, grade: 2 }] });
    expect(back.question.grades).toEqual(question.grades);
  });

  it("is told to open pages, without a word of it", async () => {
    const heard: object[] = [];
    const stop = subscribe(here.workspace.workspaceId, (event) => heard.push(event));
    await save({ query: QUESTION, grades: [] });
    stop();
    expect(heard).toEqual([{ type: "test", data: {} }]);
  });

  it("is in a backup, with the rows of its workspace", async () => {
    expect(await backupTables()).toContainEqual({
      name: "TestQuestion",
      isOfWorkspace: true,
      key: ["workspaceId", "id"],
    });
  });
});

describe("a grade", () => {
  it("counts for the memory its own was merged into, for as long as the merge is in force", async () => {
    const [one, two] = [
      await here.remember("Ann drinks oolong"),
      await here.remember("Ann drinks oolong tea"),
    ];
    await save({ query: QUESTION, grades: [{ memoryId: one.id, grade: 3 }] });
    const standing = async () => only(only((await list()).items).grades);
    const merged = (await here.owner.post("/merges", { sources: [one.id, two.id] })).as("merges.create");
    expect(await standing()).toMatchObject({
      memoryId: one.id,
      countsFor: merged.merge.resultId,
      label: merged.merge.content,
      isThere: true,
    });
    await here.revert({ groupId: merged.merge.groupId });
    expect(await standing()).toMatchObject({ countsFor: one.id, isThere: true });
  });

  it("of a deleted memory stays and cannot be met until it is restored; of an erased one it stays without words", async () => {
    const tea = await here.remember("Ann drinks oolong");
    const grades = [{ memoryId: tea.id, grade: 3 }];
    await save({ query: QUESTION, grades });
    const standing = async () => only(only((await list()).items).grades);
    const deleted = (await here.owner.delete(`/memories/${tea.id}`)).as("memories.delete");
    expect(await standing()).toMatchObject({ grade: 3, isThere: false });
    await here.revert({ groupId: deleted.groupId });
    expect(await standing()).toMatchObject({ grade: 3, isThere: true });
    await here.owner.post(`/memories/${tea.id}/purge`, { confirm: tea.id });
    expect(await standing()).toMatchObject({ grade: 3, label: "", isThere: false });
    // Who edits another grade of the question is not stopped by it.
    await save({ query: QUESTION, grades, note: "erased since" });
  });
});

describe("what is refused", () => {
  it("names the field: an unknown memory, a grade that is none, a memory graded twice", async () => {
    const tea = await here.remember("Ann drinks oolong");
    const post = (grades: object[], more = {}) =>
      here.owner.post("/test-questions", { query: QUESTION, grades, ...more });
    const right = { memoryId: tea.id, grade: 1 };
    const pathOf = (found: { readonly errors?: readonly { readonly path: string }[] | undefined }) =>
      found.errors?.map(({ path }) => path);
    const unknown = (await post([right, { memoryId: "no-such", grade: 1 }])).problem("not_found");
    expect(pathOf(unknown)).toEqual(["grades.1.memoryId"]);
    for (const grade of [-1, 4, 1.5])
      expect(pathOf((await post([{ ...right, grade }])).problem("invalid_input"))).toEqual([
        "grades.0.grade",
      ]);
    expect(pathOf((await post([right, { ...right, grade: 2 }])).problem("invalid_input"))).toEqual([
      "grades.1.memoryId",
    ]);
    const many = Array.from({ length: 101 }, () => right);
    expect(pathOf((await post(many)).problem("invalid_input"))).toEqual(["grades"]);
    expect(pathOf((await post([right], { query: " " })).problem("invalid_input"))).toEqual(["query"]);
    expect((await list()).total).toBe(0);
  });

  it("is the test after the thousandth, with what to do, while one of them can still be graded anew", async () => {
    await save({ query: "one of them", grades: [] });
    await inWorkspace(
      here.workspace.workspaceId,
      (tx) => tx.$executeRaw`
        INSERT INTO "TestQuestion" ("workspaceId", "id", "key", "query", "conditions", "grades", "createdAt", "updatedAt", "createdBy")
        SELECT current_setting('app.workspace')::uuid, gen_random_uuid(), n::text, n::text, '{}', '[]', now(), now(), 'x' FROM generate_series(1, 999) n`,
    );
    const refused = await here.owner.post("/test-questions", { query: "one more", grades: [] });
    expect(refused.problem("invalid_input").detail).toContain("at most 1000 test questions. Delete one");
    await save({ query: "one of them", grades: [], note: "again" });
    expect((await list()).total).toBe(1000);
  });

  it("is a test from somebody who may only look", async () => {
    const viewer = await personIn(here, "viewer");
    (await viewer.rest.post("/test-questions", { query: QUESTION, grades: [] })).problem("forbidden");
    expect((await viewer.rest.get("/test-questions")).as("testQuestions.list").total).toBe(0);
    const curator = await personIn(here, "curator");
    (await curator.rest.post("/test-questions", { query: QUESTION, grades: [] })).as("testQuestions.save");
  });
});
