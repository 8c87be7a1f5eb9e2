import { describe, expect, it } from "vitest";
import {
  declinedSentence,
  judgedQuestions,
  movesSentence,
  scored as scoredOf,
  setResult,
  setSentence,
  worstFirst,
} from "@/components/recall/compare-measure";
import {
  liveSide,
  modes,
  readSide,
  sideInput,
  sideName,
  unlearnedSide,
  writeSide,
} from "@/components/recall/compare-side";
import {
  conditionsText,
  gradingAddress,
  sameConditions,
  type SavedTest,
} from "@/components/recall/test-conditions";
import { measure, testOf, type TestQuestion } from "@/components/recall/test-measure";
import { isParameterName } from "@/lib/domain/parameters";
import { RECIPES } from "@/lib/queries/recall";

describe("one side of a comparison", () => {
  const side = {
    mode: "keyword",
    at: "2026-01-01",
    stood: "2026-02-01",
    drafts: { "recall.weight.utility": 0 },
  } as const;

  it("is the same after the address held it", () => {
    expect(writeSide(side)).toBe("mode=keyword;at=2026-01-01;stood=2026-02-01;recall.weight.utility=0");
    expect(readSide(writeSide(side))).toEqual(side);
    expect(writeSide(liveSide)).toBeNull();
    expect(readSide(null)).toEqual(liveSide);
  });
  it("leaves out what an address cannot mean", () => {
    expect(readSide("mode=magic;at=yesterday;stood=then;recall.x=;recall.y=abc;q=1")).toEqual(liveSide);
  });
  it("looks only, the same each time, and asks for no more than what differs", () => {
    const question = { query: "q", conditions: {} };
    expect(sideInput(question, liveSide, 10)).toEqual({ query: "q", limit: 10, deterministic: true });
    expect(sideInput(question, side, 10)).toMatchObject({
      mode: "keyword",
      asOf: "2026-01-01",
      stateAt: "2026-02-01T23:59:59.999Z",
      parameters: { "recall.weight.utility": 0 },
    });
  });
  it("asks a question under its own conditions, but as of the side's own day", () => {
    const conditions = { scope: { userId: "ann" }, asOf: "2025-01-01" };
    expect(sideInput({ query: "q", conditions }, liveSide, 10)).toMatchObject(conditions);
    expect(sideInput({ query: "q", conditions }, side, 10)).toMatchObject({
      scope: { userId: "ann" },
      asOf: "2026-01-01",
    });
  });
  it("is named by what differs", () => {
    expect(sideName(liveSide)).toBe("Live settings");
    expect(sideName({ ...unlearnedSide, mode: "vector" })).toBe("Meaning only, without what outcomes taught");
    expect(sideName(side)).toBe(
      "Words only, weight: utility 0, valid as of 1 Jan 2026, the store as it stood on 1 Feb 2026",
    );
  });
  it("knows the recipes and the parameters of the recall", () => {
    expect([...modes].sort()).toEqual([...RECIPES].sort());
    expect(Object.keys(unlearnedSide.drafts).filter((name) => !isParameterName(name))).toEqual([]);
  });
});

describe("the judged questions", () => {
  const moved = (memoryId: string, weight: number, status: "live" | "reverted" = "live") => ({
    memoryId,
    label: "",
    changeId: `${memoryId}${weight}`,
    weight,
    status,
  });
  const gradesOf = (...moves: ReturnType<typeof moved>[]) =>
    judgedQuestions([{ query: "q", moved: moves }])[0]?.targets.map(({ ids, grade }) => [ids[0], grade]);

  it("grade a memory by what outcomes in force say for it, from one to three", () => {
    expect(gradesOf(moved("a", 0.5), moved("b", 0.49), moved("c", 1.6), moved("d", 9))).toEqual([
      ["a", 1],
      ["c", 2],
      ["d", 3],
    ]);
  });
  it("forget what was taken back, and set what speaks against a memory off", () => {
    expect(gradesOf(moved("a", 1, "reverted"), moved("b", 1), moved("b", -0.8))).toBeUndefined();
  });
  it("join the outcomes of one question, and leave out verdicts without one", () => {
    const questions = judgedQuestions([
      { query: "q", moved: [moved("a", 0.3)] },
      { query: null, moved: [moved("a", 9)] },
      { query: "other", moved: [moved("a", -1)] },
      { query: "q", moved: [moved("a", 0.3)] },
    ]);
    expect(questions.map(({ query, targets }) => [query, targets])).toEqual([
      ["q", [{ ids: ["a"], grade: 1 }]],
    ]);
  });
});

const grade = (memoryId: string, value: number, countsFor = memoryId) => ({
  ...{ memoryId, grade: value, countsFor, label: "", isThere: true },
});
const saved = (more: Partial<SavedTest>): SavedTest => ({
  ...{ id: "t", query: "q", grades: [], note: null },
  ...{ createdAt: "2026-01-01T00:00:00.000Z", updatedAt: "2026-01-01T00:00:00.000Z", createdBy: "x" },
  ...more,
});

describe("a saved question", () => {
  it("wants what is graded above zero, and of memories that became one the best grade once", () => {
    const grades = [grade("a", 1, "m"), grade("b", 3, "m"), grade("e", 2, "m"), grade("c", 2), grade("d", 0)];
    expect(testOf(saved({ grades })).targets).toEqual([
      { ids: ["m", "a", "b", "e"], grade: 3 },
      { ids: ["c"], grade: 2 },
    ]);
  });
  it("is told by its conditions, whatever the order of their fields and the zone of their time", () => {
    const one = { scope: { userId: "ann", agentId: "x" }, asOf: "2026-01-01" };
    const other = { scope: { agentId: "x", userId: "ann" }, asOf: "2026-01-01T00:00:00.000Z" };
    expect(sameConditions(one, other)).toBe(true);
    expect(sameConditions(one, { ...other, scope: { userId: "ann" } })).toBe(false);
    expect(sameConditions({}, { filter: { tags: ["t"] } })).toBe(false);
    expect(conditionsText({ ...one, filter: { kinds: ["fact"] } })).toBe(
      "user ann, agent x, kind fact, valid as of 1 Jan 2026",
    );
  });
  it("is opened where it can be graded, under its conditions, and not where the page has no field for one", () => {
    const test = { scope: { userId: "ann" }, filter: { tags: ["a&b"] }, asOf: "2026-01-01T00:00:00.000Z" };
    expect(gradingAddress(saved(test))).toBe("/recall?q=q&user=ann&tag=a%26b&at=2026-01-01&grade=true");
    expect(gradingAddress(saved({ filter: { tags: ["a", "b"] } }))).toBeNull();
    expect(gradingAddress(saved({ filter: { where: "{}" } }))).toBeNull();
    expect(gradingAddress(saved({ asOf: "2026-01-01T10:00:00.000Z" }))).toBeNull();
  });
});

describe("a ranking measured by grades", () => {
  const targets = [
    { ids: ["m", "a"], grade: 3 },
    { ids: ["b"], grade: 1 },
  ];
  it("is perfect in the best order and worth nothing when nothing wanted is listed", () => {
    expect(measure(["m", "b", "x"], targets, 10)).toEqual({ ndcg: 1, recall: 1, mrr: 1 });
    expect(measure(["x", "y"], targets, 10)).toEqual({ ndcg: 0, recall: 0, mrr: 0 });
  });
  it("weighs a grade by its rank, and looks no deeper than asked", () => {
    const ideal = 3 + 1 / Math.log2(3);
    expect(measure(["b", "m"], targets, 10).ndcg).toBeCloseTo((1 + 3 / Math.log2(3)) / ideal, 12);
    expect(measure(["x", "m"], targets, 1).ndcg).toBe(0);
  });
  it("counts what was merged since once, by whichever of its memories comes first", () => {
    const ideal = 3 + 1 / Math.log2(3);
    expect(measure(["a", "m"], targets, 10).ndcg).toBeCloseTo(3 / ideal, 12);
  });
  it("finds what is relevant: grades of two and more, or the best where none is so good", () => {
    expect(measure(["b", "x", "a"], targets, 10)).toMatchObject({ recall: 1, mrr: 1 / 3 });
    expect(measure(["x", "b"], [{ ids: ["b"], grade: 1 }], 10)).toMatchObject({ recall: 1, mrr: 1 / 2 });
    const two = [...targets, { ids: ["c"], grade: 2 }];
    expect(measure(["c"], two, 10).recall).toBe(1 / 2);
  });
});

describe("the set on both sides", () => {
  const question = (key: string): TestQuestion => ({
    ...{ key, query: key, conditions: {}, saved: null },
    targets: [{ ids: ["a"], grade: 1 }],
  });
  const all = (ndcg: number) => ({ ndcg, recall: ndcg, mrr: ndcg });
  const scored = (differences: readonly number[]) =>
    differences.map((difference, index) => ({
      question: question(`q${index}`),
      left: all(0.5),
      right: all(0.5 + difference),
    }));

  it("has means and a paired difference with its interval, for each measure", () => {
    const result = setResult(scored([0.1, 0.3]));
    for (const name of ["ndcg", "recall", "mrr"] as const) {
      expect(result?.of[name].left).toBe(0.5);
      expect(result?.of[name].right).toBeCloseTo(0.7);
      expect(result?.of[name].mean).toBeCloseTo(0.2);
      expect(result?.of[name].high).toBeCloseTo(0.2 + 1.96 * 0.1, 6);
    }
    expect(setResult([])).toBeNull();
  });
  it("claims a direction only where the interval leaves zero out, and never from a few questions", () => {
    const sentence = (differences: readonly number[]) => {
      const result = setResult(scored(differences));
      return result === null ? "" : setSentence(result);
    };
    expect(sentence([0.4, 0.4, 0.4])).toMatch(/too few to tell/);
    expect(sentence(Array.from({ length: 12 }, (_, i) => 0.1 + i / 1000))).toMatch(/better on this set/);
    expect(sentence(Array.from({ length: 12 }, (_, i) => -0.1 - i / 1000))).toMatch(/worse on this set/);
    expect(sentence(Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? 0.2 : -0.2)))).toMatch(
      /no difference/,
    );
  });
  it("lists the largest loss first", () => {
    expect(worstFirst(scored([0.1, -0.3, 0])).map((one) => one.question.key)).toEqual(["q1", "q2", "q0"]);
  });
  it("scores a question without an answer by whether a side says so, beside the measures", () => {
    const without = { ...question("none"), targets: [] };
    const shown = (declines: boolean) => ({ ids: ["a"], declines });
    const set = [
      scoredOf(without, shown(true), shown(false)),
      scoredOf(question("q"), shown(false), shown(false)),
    ];
    expect(setResult(set)?.count).toBe(1);
    expect(declinedSentence(set)).toBe("Of 1 question without an answer, A says so for 1 and B for 0.");
    expect(declinedSentence(scored([0]))).toBeNull();
    expect(worstFirst(set)[0]?.question.key).toBe("none");
  });
});

describe("the moves between two answers", () => {
  it("are counted by kind", () => {
    expect(movesSentence(["a", "b", "c"], ["a", "c", "d"])).toBe(
      "From A to B, 1 stays, 1 moves, 1 enters and 1 leaves.",
    );
    expect(movesSentence(["a"], ["a"])).toBe("Both answer the same: 1 result at the same ranks.");
  });
});
