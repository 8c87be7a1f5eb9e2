import { describe, expect, it } from "vitest";
import { effectLines, type Effect } from "@/components/ui/effect-lines";

const of = (targetId: string, register: string, before: unknown, after: unknown): Effect => ({
  targetType: "memory",
  targetId,
  label: targetId,
  register,
  before,
  after,
});
const told = (effects: readonly Effect[]) =>
  effectLines(effects, "percent").map(({ name, move }) => (move ? [name, move.before, move.after] : [name]));

describe("the lines of an effect", () => {
  it("tell a memory that leaves or comes back in one line, whatever goes with it", () => {
    const leaves = [
      of("m1", "exists", true, false),
      of("m1", "content", "tea", null),
      of("m1", "tags", [], null),
    ];
    expect(told([...leaves, of("m2", "pinned", true, false)])).toEqual([["leaves"], ["pinned", "yes", "no"]]);
    expect(told([of("m1", "content", null, "tea"), of("m1", "exists", false, true)])).toEqual([
      ["comes back"],
    ]);
    // A merge's result was never there before.
    expect(told([of("m1", "content", null, "tea"), of("m1", "exists", null, true)])).toEqual([["is new"]]);
  });

  it("give each value the form that a person reads", () => {
    expect(told([of("m1", "confidence", 0.7702, 0.5)])).toEqual([["confidence", "77%", "50%"]]);
    expect(told([of("m1", "validAt", Date.parse("2026-01-01T00:00:00Z"), null)])).toEqual([
      ["true since", "1 Jan 2026", "–"],
    ]);
    expect(told([of("m1", "mergedInto", "01a2", null)])).toEqual([
      ["merged into", "another memory", "nothing"],
    ]);
    expect(told([of("m1", "mergedFrom", ["a", "b"], [])])).toEqual([
      ["merged from", "2 memories", "0 memories"],
    ]);
  });
});
