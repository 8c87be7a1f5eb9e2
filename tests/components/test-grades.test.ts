import { describe, expect, it } from "vitest";
import type { SavedTest } from "@/components/recall/test-conditions";
import { changedGrades, gradesOfVerdicts, gradesToSave, savedGrades } from "@/components/recall/test-grades";

const saved: SavedTest = {
  ...{ id: "t", query: "q", note: null, createdBy: "x" },
  ...{ createdAt: "2026-01-01T00:00:00.000Z", updatedAt: "2026-01-01T00:00:00.000Z" },
  grades: [
    { memoryId: "a", grade: 1, countsFor: "merged", label: "", isThere: true },
    { memoryId: "b", grade: 3, countsFor: "merged", label: "", isThere: true },
    { memoryId: "e", grade: 2, countsFor: "merged", label: "", isThere: true },
    { memoryId: "c", grade: 2, countsFor: "c", label: "", isThere: true },
  ],
};
const none = new Map<string, number>();

describe("grades of a question", () => {
  it("begin with those that were saved, of merged memories with the best", () => {
    expect([...savedGrades(saved)]).toEqual([
      ["merged", 3],
      ["c", 2],
    ]);
  });
  it("begin with what verdicts say where none was saved: the newest of each memory, if it was not taken back", () => {
    const said = (memoryId: string, verdict: "helpful" | "outdated", isUndone = false) => ({
      about: { memoryId, verdict },
      isUndone,
    });
    const list = [
      said("a", "outdated"),
      said("a", "helpful"),
      said("b", "helpful", true),
      said("c", "helpful"),
    ];
    expect([...gradesOfVerdicts([...list, { about: null, isUndone: false }])]).toEqual([
      ["a", 0],
      ["c", 2],
    ]);
  });
  it("lose a grade that is taken away, and keep the others", () => {
    const changes = new Map([
      ["c", null],
      ["d", 1],
    ]);
    expect([...changedGrades(savedGrades(saved), changes)]).toEqual([
      ["merged", 3],
      ["d", 1],
    ]);
  });
  it("are saved under the memories that were graded, but for those that were graded anew", () => {
    expect(gradesToSave(saved, savedGrades(saved), new Map([["c", 0]]))).toEqual([
      { memoryId: "a", grade: 1 },
      { memoryId: "b", grade: 3 },
      { memoryId: "e", grade: 2 },
      { memoryId: "c", grade: 0 },
    ]);
    expect(gradesToSave(saved, savedGrades(saved), new Map([["merged", null]]))).toEqual([
      { memoryId: "c", grade: 2 },
    ]);
    expect(gradesToSave(null, new Map([["a", 2]]), none)).toEqual([{ memoryId: "a", grade: 2 }]);
  });
});
