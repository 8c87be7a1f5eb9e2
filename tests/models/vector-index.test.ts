import { describe, expect, it } from "vitest";
import { createExactVectorIndex } from "@/lib/models/exact-vector-index";
import { seededUnitVectors } from "@/tests/support/seeded-vectors";

const DIMENSIONS = 50;

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, component, i) => sum + component * (b[i] ?? 0), 0);
}

async function filledIndex(vectors: readonly Float32Array[]) {
  const index = createExactVectorIndex(DIMENSIONS);
  for (const [key, vector] of vectors.entries()) await index.upsert(key, vector);
  return index;
}

describe("the exact vector index", () => {
  const [query = new Float32Array(DIMENSIONS), ...vectors] = seededUnitVectors(7, 3_001, DIMENSIONS);

  it("gives the dot product of the query with every vector, to a thousandth, across its memory blocks", async () => {
    const similarities = await (await filledIndex(vectors)).scan(query);
    expect(similarities).toHaveLength(vectors.length);
    for (const [key, vector] of vectors.entries())
      expect(Math.abs((similarities[key] ?? 1) - dot(query, vector))).toBeLessThan(0.003);
  });

  it("finds the nearest keys, best first, as a full sort of its own similarities does", async () => {
    const index = await filledIndex(vectors);
    const similarities = await index.scan(query);
    const sorted = [...similarities.entries()].sort(([, a], [, b]) => b - a).slice(0, 25);
    const found = await index.search(query, 25);
    expect(found).toEqual(sorted.map(([key, similarity]) => ({ key, similarity })));
    const floor = vectors.map((vector) => dot(query, vector)).sort((a, b) => b - a)[24] ?? 0;
    for (const { key } of found) expect(dot(query, vectors[key] ?? query)).toBeGreaterThan(floor - 0.005);
  });

  it("returns allowed keys only", async () => {
    const found = await (await filledIndex(vectors)).search(query, 10, (key) => key % 7 === 3);
    expect(found).toHaveLength(10);
    expect(found.every(({ key }) => key % 7 === 3)).toBe(true);
  });

  it("forgets a removed key and takes its next vector", async () => {
    const index = await filledIndex([query, ...vectors.slice(0, 5)]);
    expect((await index.search(query, 1))[0]?.key).toBe(0);
    await index.remove(0);
    expect((await index.search(query, 10)).map(({ key }) => key)).not.toContain(0);
    await index.upsert(0, query);
    expect((await index.search(query, 1))[0]?.key).toBe(0);
  });

  it("answers for single keys with the very numbers of a scan, and 0 for a key it does not have", async () => {
    const index = await filledIndex(vectors);
    const scan = await index.scan(query);
    expect([...(await index.similarities(query, [5, 1_500, 9_999]))]).toEqual([scan[5], scan[1_500], 0]);
  });

  it("answers from its thread as it answers in place", async () => {
    const many = Array.from({ length: 18_000 }, (_, key) => vectors[key % vectors.length] ?? query);
    const index = await filledIndex(many);
    const [small, large] = await Promise.all([(await filledIndex(vectors)).scan(query), index.scan(query)]);
    expect(large).toHaveLength(many.length);
    expect(large.every((similarity, key) => similarity === small[key % vectors.length])).toBe(true);
    index.dispose();
  });

  it("refuses a vector of another length and names both lengths", async () => {
    const index = createExactVectorIndex(DIMENSIONS);
    await expect(index.upsert(0, new Float32Array(3))).rejects.toThrow(/3 numbers .* 50/);
    await expect(index.scan(new Float32Array(4))).rejects.toThrow(/4 numbers .* 50/);
  });
});
