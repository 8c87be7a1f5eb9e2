import { describe, expect, it } from "vitest";

import { auroc, meanOf, scoresOf } from "@/scripts/bench/metrics";

const right = (relevant: string[], current: string[] = [], stale: string[] = []) => ({
  relevant: new Set(relevant),
  current: new Set(current),
  stale: new Set(stale),
});

describe("the figures of the bench", () => {
  it("count what is relevant among the first ten, and discount by rank", () => {
    const scores = scoresOf(["x", "a", "y", "b"], right(["a", "b", "c"]));
    expect(scores).toMatchObject({ recallAt10: 2 / 3, mrr: 1 / 2, firstIsRight: 0 });
    const gain = (rank: number) => 1 / Math.log2(rank + 1);
    expect(scores.ndcgAt10).toBeCloseTo((gain(2) + gain(4)) / (gain(1) + gain(2) + gain(3)), 12);
  });

  it.each([
    [["new", "old"], 1, 1],
    [["x", "new", "old"], 0, 1],
    [["old", "new"], 0, 0],
    [["x", "new"], 0, 1],
    [["x"], 0, 0],
  ])("tell of %j whether the newest value is first, and before the earlier one", (ranked, first, before) => {
    const scores = scoresOf(ranked, right(["new", "old"], ["new"], ["old"]));
    expect([scores.newestIsFirst, scores.newestIsBefore]).toEqual([first, before]);
    expect(meanOf([scores]).newestIsBefore).toBe(before);
  });

  it("take the area under the curve from the pairs in the right order", () => {
    expect(auroc([3, 2], [1, 0])).toBe(1);
    expect(auroc([1, 0], [3, 2])).toBe(0);
    expect(auroc([1, 1], [1])).toBe(1 / 2);
    expect(auroc([2, 0], [1])).toBe(1 / 2);
  });
});
