import { describe, expect, it } from "vitest";

import { best } from "@/lib/search/best";
import { seededRandom } from "@/tests/support/seeded-random";

const all = () => true;

describe("best", () => {
  it("finds what sorting everything finds, in random lists of every order", () => {
    const random = seededRandom(7);
    for (let round = 0; round < 200; round += 1) {
      const values = Float64Array.from({ length: 60 }, () => random() - 0.2);
      if (round % 3 === 1) values.sort();
      if (round % 3 === 2) values.sort().reverse();
      const most = 1 + Math.floor(random() * 20);
      const odd = (key: number) => key % 2 === 1;
      const sorted = [...values.keys()]
        .filter((key) => odd(key) && (values[key] ?? 0) > 0)
        .sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
      expect(best(values.length, most, { values, allowed: odd })).toEqual(sorted.slice(0, most));
    }
  });

  it("prefers the key handed out last among equals", () => {
    expect(best(4, 2, { values: Float32Array.of(1, 1, 1, 1), allowed: all })).toEqual([3, 2]);
  });

  it("leaves out keys without a value, also beyond the end of the values", () => {
    expect(best(5, 3, { values: Float32Array.of(0, 2, -1), allowed: all })).toEqual([1]);
  });
});
