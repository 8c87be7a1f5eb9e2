import { describe, expect, it } from "vitest";
import type { Embedder } from "@/lib/models/embedder";
import { createQueryCache } from "@/lib/models/query-cache";

/** Counts its calls; fails for the text "broken" as long as `fails` says so. */
function countingEmbedder() {
  const calls: string[] = [];
  const state = { fails: true };
  const embedder: Embedder = {
    model: "counting",
    dimensions: 1,
    async embed(texts) {
      calls.push(...texts);
      if (state.fails && texts.includes("broken")) throw new Error("The model is away.");
      return texts.map((text) => Float32Array.of(text.length));
    },
  };
  return { embedder, calls, state };
}

describe("the query cache", () => {
  it("asks the model once for a question that is repeated, even at the same time", async () => {
    const { embedder, calls } = countingEmbedder();
    const cache = createQueryCache(embedder);
    await Promise.all([cache.embedQuery("where"), cache.embedQuery("where")]);
    expect([...(await cache.embedQuery("where"))]).toEqual([5]);
    expect(calls).toEqual(["where"]);
  });

  it("forgets the question that was not asked for the longest time", async () => {
    const { embedder, calls } = countingEmbedder();
    const cache = createQueryCache(embedder, 2);
    for (const text of ["a", "b", "a", "c", "a", "b"]) await cache.embedQuery(text);
    expect(calls).toEqual(["a", "b", "c", "b"]);
  });

  it("does not keep a failure", async () => {
    const { embedder, state } = countingEmbedder();
    const cache = createQueryCache(embedder);
    await expect(cache.embedQuery("broken")).rejects.toThrow("away");
    state.fails = false;
    await expect(cache.embedQuery("broken")).resolves.toHaveLength(1);
  });
});
