import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { clustersOf, type ScoredPair } from "@/lib/domain/consolidation/clusters";
import { bandsOf, estimatedJaccard, shinglesOf, signatureOf } from "@/lib/domain/consolidation/min-hash";

const RULE = { least: 0.5, most: 8 };
const name = fc.constantFrom(..."abcdefghijklmnop");
const pairs = fc.uniqueArray(
  fc.record({ a: name, b: name, certainty: fc.double({ min: 0, max: 1, noNaN: true }) }),
  {
    selector: ({ a, b }) => [a, b].sort().join(),
    maxLength: 120,
  },
);
const of = (all: readonly ScoredPair[], a: string, b: string): number =>
  all.find((p) => (p.a === a && p.b === b) || (p.a === b && p.b === a))?.certainty ?? 0;

describe("clusters", () => {
  it("hold only pairs that are sure by themselves, at most eight, and nobody twice", () => {
    fc.assert(
      fc.property(pairs, (all) => {
        const clusters = clustersOf(all, RULE);
        const everyone = clusters.flatMap((c) => c.members);
        expect(new Set(everyone).size).toBe(everyone.length);
        for (const { members, certainty } of clusters) {
          expect(members.length).toBeGreaterThanOrEqual(2);
          expect(members.length).toBeLessThanOrEqual(RULE.most);
          const own = members.flatMap((a, i) => members.slice(i + 1).map((b) => of(all, a, b)));
          expect(Math.min(...own)).toBeGreaterThanOrEqual(RULE.least);
          expect(certainty).toBe(Math.min(...own));
        }
      }),
    );
  });

  it("do not depend on the order of the pairs or of the names in one", () => {
    fc.assert(
      fc.property(
        pairs.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          const turned = shuffled.map(({ a, b, certainty }) => ({ a: b, b: a, certainty }));
          expect(clustersOf(turned, RULE)).toEqual(clustersOf(all, RULE));
        },
      ),
    );
  });

  it("a chain of likenesses is not one group", () => {
    const chain = ["ab", "bc", "cd"].map(([a = "", b = ""], i) => ({ a, b, certainty: 0.9 - i / 100 }));
    expect(clustersOf(chain, RULE).map((c) => c.members)).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
  });

  it("more than eight of the same become several groups", () => {
    const twelve = [..."abcdefghijkl"];
    const all = twelve.flatMap((a, i) => twelve.slice(i + 1).map((b) => ({ a, b, certainty: 1 })));
    expect(clustersOf(all, RULE).map((c) => c.members.length)).toEqual([8, 4]);
  });
});

describe("MinHash", () => {
  const terms = fc.array(fc.nat({ max: 9 }), { minLength: 6, maxLength: 30 });

  it("estimates the Jaccard similarity of the shingles", () => {
    fc.assert(
      fc.property(terms, terms, (left, right) => {
        const [own, other] = [new Set(shinglesOf(left)), new Set(shinglesOf(right))];
        const both = [...own].filter((shingle) => other.has(shingle)).length;
        const exact = both / (own.size + other.size - both);
        // Five standard deviations of 128 draws.
        const estimated = estimatedJaccard(signatureOf([...own]), signatureOf([...other]));
        expect(Math.abs(estimated - exact)).toBeLessThan(0.23);
      }),
    );
  });

  it("brings near-copies into one bucket, others into none, and texts without words nowhere", () => {
    const bands = (of: readonly number[]) => bandsOf(signatureOf(shinglesOf(of)));
    const long = Array.from({ length: 20 }, (_, i) => i);
    const shared = (a: readonly number[], b: readonly number[]) =>
      bands(a).filter((band) => bands(b).includes(band));
    expect(shared(long, [...long, 20]).length).toBeGreaterThan(0);
    expect(
      shared(
        long,
        long.map((term) => term + 100),
      ),
    ).toEqual([]);
    expect(shared([3], [3]).length).toBe(32);
    expect(bands([])).toEqual([]);
  });
});
