import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { dimensionsOf, packed, unpacked, unpackedOne } from "@/lib/domain/packed-vectors";

const DIMENSIONS = 7;
const vectors = fc
  .array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: DIMENSIONS, maxLength: 6 * DIMENSIONS })
  .map((numbers) =>
    Float32Array.from(numbers.slice(0, Math.floor(numbers.length / DIMENSIONS) * DIMENSIONS)),
  );

describe("packed vectors", () => {
  it("come back within half a step of each vector's largest number", () => {
    fc.assert(
      fc.property(vectors, (given) => {
        const back = unpacked(packed(given, DIMENSIONS), DIMENSIONS);
        expect(back).toHaveLength(given.length);
        for (let i = 0; i < given.length; i += 1) {
          const from = i - (i % DIMENSIONS);
          const largest = Math.max(...given.subarray(from, from + DIMENSIONS).map(Math.abs));
          expect(Math.abs((back[i] ?? NaN) - (given[i] ?? NaN))).toBeLessThanOrEqual(
            (largest / 127) * 0.5 + 1e-6,
          );
        }
      }),
    );
  });

  it("take a byte a number and four for the factor", () => {
    const bytes = packed(Float32Array.from([0.6, -0.8]), 2);
    expect(bytes).toHaveLength(6);
    expect(dimensionsOf(bytes)).toBe(2);
    expect([...unpackedOne(bytes)].map((x) => Math.round(x * 100) / 100)).toEqual([0.6, -0.8]);
  });

  it("may be none at all, or all zeros", () => {
    expect(packed(new Float32Array(), DIMENSIONS)).toHaveLength(0);
    expect([...unpacked(packed(new Float32Array(2), 2), 2)]).toEqual([0, 0]);
  });

  it("are read from the middle of a driver's buffer", () => {
    const bytes = packed(Float32Array.from([0.5, 1]), 2);
    const shifted = Buffer.concat([Buffer.from([9]), bytes]).subarray(1);
    expect(unpackedOne(shifted)).toEqual(unpackedOne(bytes));
  });
});
