import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { millis } from "@/lib/domain/ids";
import {
  dayOf,
  entries,
  initial,
  step,
  stepAll,
  sum,
  total,
  unstepAll,
  type EvidenceTerm,
} from "@/lib/domain/registers/evidence";

const DAY = 86_400_000;
const term = (source: EvidenceTerm["source"], day: number, alpha: number, beta: number): EvidenceTerm => ({
  source,
  at: millis(day * DAY + 1),
  weight: [alpha, beta],
});
const terms: fc.Arbitrary<EvidenceTerm[]> = fc.array(
  fc.record({
    source: fc.constantFrom<EvidenceTerm["source"]>("owner:a", "low:b", "ordinary:c"),
    at: fc.integer({ min: -3 * DAY, max: 3 * DAY }).map(millis),
    weight: fc.tuple(fc.nat(5_000_000), fc.nat(5_000_000)),
  }),
  { maxLength: 20 },
);

describe("evidence", () => {
  it("is kept by source and day, before 1970 too", () => {
    expect(
      stepAll(initial, [
        term("owner:a", 0, 1, 2),
        term("owner:a", 0, 3, 0),
        term("owner:a", -1, 5, 0),
        term("low:b", 0, 0, 7),
      ]),
    ).toEqual({
      "owner:a": { "-1": [5, 0], 0: [4, 2] },
      "low:b": { 0: [0, 7] },
    });
    expect([dayOf(millis(0)), dayOf(millis(DAY - 1)), dayOf(millis(-1))]).toEqual([0, 0, -1]);
  });

  it("has an entry exactly while something contributes to it", () => {
    const sums = stepAll(initial, [term("owner:a", 0, 1, 2), term("owner:a", 1, 3, 0)]);
    expect(unstepAll(sums, [term("owner:a", 0, 1, 2)])).toEqual({ "owner:a": { 1: [3, 0] } });
    expect(unstepAll(sums, [term("owner:a", 0, 1, 2), term("owner:a", 1, 3, 0)])).toEqual(initial);
    expect(step(initial, term("owner:a", 0, 0, 0))).toEqual(initial);
  });

  it("is the same whatever the order and the number of copies in which it is summed", () => {
    fc.assert(
      fc.property(terms, fc.nat(), (all, at) => {
        const cut = at % (all.length + 1);
        const oneByOne = all.reduce(step, initial);
        expect(stepAll(initial, all)).toEqual(oneByOne);
        expect(stepAll(initial, [...all].reverse())).toEqual(oneByOne);
        expect(unstepAll(oneByOne, all.slice(cut))).toEqual(stepAll(initial, all.slice(0, cut)));
        expect(sum([stepAll(initial, all.slice(0, cut)), initial, stepAll(initial, all.slice(cut))])).toEqual(
          oneByOne,
        );
      }),
      { seed: 1 },
    );
  });

  it("never alters what it was given", () => {
    const sums = Object.freeze(step(initial, term("owner:a", 0, 1, 2)));
    Object.values(sums).forEach(Object.freeze);
    step(sums, term("owner:a", 0, 1, 0));
    unstepAll(sums, [term("owner:a", 0, 1, 2)]);
    sum([sums, sums]);
    expect(sums).toEqual({ "owner:a": { 0: [1, 2] } });
  });

  it("totals all sources and days, and lists them", () => {
    const sums = stepAll(initial, [term("owner:a", 2, 1, 2), term("low:b", 4, 10, 20)]);
    expect(total(sums)).toEqual([11, 22]);
    expect(entries(sums)).toEqual([
      { source: "owner:a", day: 2, weight: [1, 2] },
      { source: "low:b", day: 4, weight: [10, 20] },
    ]);
    expect(total(initial)).toEqual([0, 0]);
  });

  it("stays exact at sums that floating fractions would lose", () => {
    const large = step(initial, term("owner:a", 0, 2 ** 52, 0));
    expect(total(unstepAll(step(large, term("owner:a", 0, 1, 0)), [term("owner:a", 0, 2 ** 52, 0)]))).toEqual(
      [1, 0],
    );
  });
});
