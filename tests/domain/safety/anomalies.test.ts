import { describe, expect, it } from "vitest";

import { DEFAULTS } from "@/lib/domain/parameters";
import { isBurst, isCrowdingOut, isEverywhere, questionKinds } from "@/lib/domain/safety/anomalies";

describe("an anomaly", () => {
  it("is a source that is shown far more than its part of the store explains", () => {
    expect(isCrowdingOut({ shown: 0.4, stored: 0.02 }, DEFAULTS)).toBe(true);
    expect(isCrowdingOut({ shown: 1, stored: 1 }, DEFAULTS)).toBe(false);
    expect(isCrowdingOut({ shown: 0.15, stored: 0.01 }, DEFAULTS)).toBe(false);
  });

  it("is a memory among the first for too many kinds of question", () => {
    expect(isEverywhere(12, 100, DEFAULTS)).toBe(true);
    expect(isEverywhere(10, 100, DEFAULTS)).toBe(false);
  });

  it("is an hour that is no chance beside the usual ones", () => {
    expect(isBurst(60, 2, DEFAULTS)).toBe(true);
    expect(isBurst(60, 55, DEFAULTS)).toBe(false);
  });

  it("counts questions that are alike as one kind", () => {
    const [east, almostEast, north] = [
      new Float32Array([1, 0]),
      new Float32Array([0.9, Math.sqrt(1 - 0.81)]),
      new Float32Array([0, 1]),
    ];
    expect(questionKinds([east, almostEast, north, east], 0.5)).toEqual([0, 0, 1, 0]);
  });
});
