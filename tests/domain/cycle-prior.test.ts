import { describe, expect, it } from "vitest";

import { learnPrior, posteriorOf } from "@/lib/domain/cycle/prior";
import { seededRandom } from "../support/seeded-random";

const now = { value: 0, step: 0.25, min: -3, max: 3, fewest: 20 };

describe("the prior of a kind of proposal", () => {
  it("of 0 leaves a certainty as it is; odds above lift every certainty, and never over 1", () => {
    expect([0, 0.3, 1].map((c) => posteriorOf(c, 0))).toEqual([0, 0.3, 1]);
    expect(posteriorOf(0.5, Math.log(3))).toBeCloseTo(0.75, 10);
    expect(posteriorOf(0.9, -Math.log(9))).toBeCloseTo(0.5, 10);
    expect(posteriorOf(1, -3)).toBeGreaterThan(0.99);
  });

  it("moves one step towards what people decide, whichever way, and its gate asks decisions it did not learn from", () => {
    const random = seededRandom(3);
    const decided = (share: number) =>
      Array.from({ length: 100 }, () => ({ certainty: 0.7, accepted: random() < share, fold: random() }));
    expect(learnPrior(decided(0.2), now)).toMatchObject({ value: -0.25, gate: { passed: true } });
    expect(learnPrior(decided(0.98), now)).toMatchObject({ value: 0.25, gate: { passed: true } });
    expect(learnPrior(decided(0.7), now)?.gate.passed ?? false).toBe(false);
  });

  it("is not learned from a few decisions, and does not leave its range", () => {
    const all = Array.from({ length: 200 }, (_, i) => ({ certainty: 0.5, accepted: true, fold: i / 200 }));
    expect(learnPrior(all.slice(0, 19), now)).toBeNull();
    expect(learnPrior(all, { ...now, value: 3 })).toBeNull();
  });
});
