import { describe, expect, it } from "vitest";
import {
  gradedNdcg,
  gradedQuestions,
  movesSentence,
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
    expect(sideInput("q", liveSide, 10)).toEqual({ query: "q", limit: 10, deterministic: true });
    expect(sideInput("q", side, 10)).toMatchObject({
      mode: "keyword",
      asOf: "2026-01-01",
      stateAt: "2026-02-01T23:59:59.999Z",
      parameters: { "recall.weight.utility": 0 },
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
  const gradesOf = (...moves: ReturnType<typeof moved>[]) => [
    ...(gradedQuestions([{ query: "q", moved: moves }])[0]?.grades ?? []),
  ];

  it("grade a memory by what outcomes in force say for it, from one to three", () => {
    expect(gradesOf(moved("a", 0.5), moved("b", 0.49), moved("c", 1.6), moved("d", 9))).toEqual([
      ["a", 1],
      ["c", 2],
      ["d", 3],
    ]);
  });
  it("forget what was taken back, and set what speaks against a memory off", () => {
    expect(gradesOf(moved("a", 1, "reverted"), moved("b", 1), moved("b", -0.8))).toEqual([]);
  });
  it("join the outcomes of one question, and leave out verdicts without one", () => {
    const questions = gradedQuestions([
      { query: "q", moved: [moved("a", 0.3)] },
      { query: null, moved: [moved("a", 9)] },
      { query: "other", moved: [moved("a", -1)] },
      { query: "q", moved: [moved("a", 0.3)] },
    ]);
    expect(questions.map(({ query, grades }) => [query, grades.get("a")])).toEqual([["q", 1]]);
  });
});

describe("graded nDCG", () => {
  const grades = new Map([
    ["a", 3],
    ["b", 1],
  ]);
  it("is one for the best order and zero when nothing graded is listed", () => {
    expect(gradedNdcg(["a", "b", "x"], grades, 10)).toBe(1);
    expect(gradedNdcg(["x", "y"], grades, 10)).toBe(0);
  });
  it("weighs a grade by its rank", () => {
    const ideal = 3 + 1 / Math.log2(3);
    expect(gradedNdcg(["b", "a"], grades, 10)).toBeCloseTo((1 + 3 / Math.log2(3)) / ideal, 12);
  });
  it("looks no deeper than asked", () => {
    expect(gradedNdcg(["x", "a"], grades, 1)).toBe(0);
  });
});

describe("the set on both sides", () => {
  const scored = (differences: readonly number[]) =>
    differences.map((difference, index) => ({ query: `q${index}`, left: 0.5, right: 0.5 + difference }));

  it("has means and a paired difference with its interval", () => {
    const result = setResult(scored([0.1, 0.3]));
    expect(result?.left).toBe(0.5);
    expect(result?.right).toBeCloseTo(0.7);
    expect(result?.difference.mean).toBeCloseTo(0.2);
    expect(result?.difference.high).toBeCloseTo(0.2 + 1.96 * 0.1, 6);
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
    expect(worstFirst(scored([0.1, -0.3, 0])).map((one) => one.query)).toEqual(["q1", "q2", "q0"]);
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
