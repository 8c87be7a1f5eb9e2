import { describe, expect, it } from "vitest";

import { answerability } from "@/lib/domain/recall/answerability";
import { DEFAULTS } from "@/lib/domain/parameters";

const of = (match: number, speaker: number | null = null) => answerability({ match, speaker }, DEFAULTS);

describe("the odds of an answer", () => {
  it("are none where nothing was found", () => expect(answerability(null, DEFAULTS)).toBe(0));

  it("are the logistic of the weighted signs", () => {
    expect(of(0.85)).toBeCloseTo(1 / (1 + Math.exp(2.7 - 3.1 * 0.85)), 12);
    expect(of(0.85, 0.6)).toBeCloseTo(1 / (1 + Math.exp(2.7 - 3.1 * 0.85 - 3.1 * (0.6 - 0.42))), 12);
  });

  it("rise with the match, and stay between 0 and 1 however good or bad it is", () => {
    const odds = [0, 0.3, 0.8, 1.5, 100].map((match) => of(match));
    expect(odds).toEqual([...odds].sort((a, b) => a - b));
    expect(odds.every((p) => p >= 0 && p <= 1)).toBe(true);
  });

  it("fall when it is others who said what fits, and rise when it is the named person", () => {
    expect(of(1, -0.2)).toBeLessThan(of(1));
    expect(of(1, 0.9)).toBeGreaterThan(of(1));
  });
});
