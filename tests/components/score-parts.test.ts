import { describe, expect, it } from "vitest";
import { PARTS } from "@/lib/contracts/recall";
import {
  describeScore,
  scorePartNames,
  scoreScale,
  scoreSegments,
  scoreTotal,
} from "@/components/ui/score-parts";

const good = { similarity: 0.4, keyword: 0.1, utility: 0.2 };
const harmed = { similarity: 0.3, utility: -0.1 };

describe("the parts of a score", () => {
  it("are those of the contract", () => {
    expect([...scorePartNames].sort()).toEqual([...PARTS].sort());
  });
  it("fill the bar of the best result from end to end, without overlap", () => {
    const segments = scoreSegments(good, scoreScale([good]));
    expect(segments.map((segment) => segment.name)).toEqual(["similarity", "keyword", "utility"]);
    for (const [index, segment] of segments.entries()) {
      const previous = segments[index - 1];
      expect(segment.left).toBeCloseTo(previous ? previous.left + previous.width : 0, 9);
    }
    expect(segments.reduce((sum, segment) => sum + segment.width, 0)).toBeCloseTo(100, 9);
  });
  it("that count against lie left of zero, on the scale of the whole list", () => {
    const scale = scoreScale([good, harmed]);
    expect(scale.below).toBeCloseTo(0.1);
    expect(scale.above).toBeCloseTo(0.7);
    const [similarity, utility] = scoreSegments(harmed, scale);
    expect(utility?.left).toBeCloseTo(0);
    expect(utility?.width).toBeCloseTo(12.5);
    expect(similarity?.left).toBeCloseTo(12.5);
  });
  it("draw nothing when there is nothing", () => {
    expect(scoreSegments({}, scoreScale([{}]))).toEqual([]);
  });
  it("are read out with their sum", () => {
    expect(scoreTotal(harmed)).toBeCloseTo(0.2);
    expect(describeScore(harmed, (amount) => amount.toFixed(2))).toBe(
      "Score 0.20: similarity 0.30, utility -0.10",
    );
  });
});
