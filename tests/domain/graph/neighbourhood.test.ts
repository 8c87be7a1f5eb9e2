import { describe, expect, it } from "vitest";
import { neighbourhoodOf, pathBetween, type Tie } from "@/lib/domain/graph/neighbourhood";

/** Ties both ways, from "a-b .5". */
function tiesIn(...ties: readonly string[]) {
  const all = ties.map((tie) => {
    const [, from = "", to = "", strength = "0"] = tie.match(/^(\w)-(\w) (\S+)$/u) ?? [];
    return { from, to, strength: Number(strength) };
  });
  return (name: string): Tie[] =>
    all.flatMap(({ from, to, strength }) =>
      from === name ? [{ to, strength }] : to === name ? [{ to: from, strength }] : [],
    );
}
const AROUND = { depth: 1, limit: 10, leastStrength: 0 };
const namesOf = (found: ReturnType<typeof neighbourhoodOf>) => found.entities.map(({ name }) => name);

describe("a neighbourhood", () => {
  const ties = tiesIn("a-b .5", "a-c .3", "b-d .9", "d-e .9");

  it("holds what is tied to the middle, strongest first, and what is tied to these as deep as asked", () => {
    expect(namesOf(neighbourhoodOf(ties, "a", AROUND))).toEqual(["a", "b", "c"]);
    expect(neighbourhoodOf(ties, "a", { ...AROUND, depth: 2 }).entities).toEqual([
      { name: "a", depth: 0 },
      { name: "b", depth: 1 },
      { name: "c", depth: 1 },
      { name: "d", depth: 2 },
    ]);
  });

  it("leaves the weakest of too many out and says how many", () => {
    const found = neighbourhoodOf(ties, "a", { ...AROUND, limit: 2 });
    expect([namesOf(found), found.more]).toEqual([["a", "b"], 1]);
  });

  it("follows no tie that is weaker than asked for", () => {
    expect(namesOf(neighbourhoodOf(ties, "a", { ...AROUND, depth: 3, leastStrength: 0.4 }))).toEqual([
      "a",
      "b",
      "d",
      "e",
    ]);
  });

  it("takes the first by name of equally strong ones", () => {
    const found = neighbourhoodOf(tiesIn("a-z .5", "a-b .5", "a-m .5"), "a", { ...AROUND, limit: 3 });
    expect(namesOf(found)).toEqual(["a", "b", "m"]);
  });
});

describe("the way between two", () => {
  const ties = tiesIn("a-b .9", "b-c .9", "a-x .2", "x-c .2", "c-d .5");
  const most = { steps: 6, leastStrength: 0 };

  it("is the shortest, over the stronger ties where several are", () => {
    expect(pathBetween(ties, { from: "a", to: "c" }, most)).toEqual(["a", "b", "c"]);
    expect(pathBetween(ties, { from: "a", to: "d" }, most)).toEqual(["a", "b", "c", "d"]);
    expect(pathBetween(ties, { from: "a", to: "a" }, most)).toEqual(["a"]);
  });

  it("is none where it would be longer than allowed, or lead nowhere", () => {
    expect(pathBetween(ties, { from: "a", to: "d" }, { ...most, steps: 2 })).toBeNull();
    expect(pathBetween(ties, { from: "a", to: "q" }, most)).toBeNull();
    expect(pathBetween(ties, { from: "a", to: "c" }, { ...most, leastStrength: 0.95 })).toBeNull();
  });
});
