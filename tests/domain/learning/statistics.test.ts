/** Error rates of what decides whether something learned is kept, and of what tells how sure the engine may be. */
import { describe, expect, it } from "vitest";

import { bet, evidenceOf, isPromoted, levelOf, NOTHING_STAKED } from "@/lib/domain/learning/e-process";
import {
  brier,
  calibrated,
  calibrationError,
  crossFitted,
  fitCalibration,
  reliability,
} from "@/lib/domain/learning/calibration";
import { doublyRobust, snips, type LoggedDecision } from "@/lib/domain/learning/off-policy";
import { seededRandom } from "@/tests/support/seeded-random";

const ALPHA = 0.05;
const RUNS = 2000;
const LOOKS = 400;

/** Share of runs that are promoted at some look, when one looks after every pair. */
function promotedShare(difference: (random: () => number, look: number) => number, seed: number): number {
  const random = seededRandom(seed);
  let promoted = 0;
  for (let run = 0; run < RUNS; run += 1) {
    let process = NOTHING_STAKED;
    for (let look = 0; look < LOOKS && !isPromoted(process, ALPHA); look += 1)
      process = bet(process, difference(random, look));
    if (isPromoted(process, ALPHA)) promoted += 1;
  }
  return promoted / RUNS;
}

const coin = (random: () => number, p: number): number => (random() < p ? 1 : 0);

describe("the gate under continuous looking", () => {
  it("promotes no more than 5 % of A/A runs, for common, rare and graded outcomes", () => {
    expect(promotedShare((r) => coin(r, 0.5) - coin(r, 0.5), 1)).toBeLessThanOrEqual(ALPHA);
    expect(promotedShare((r) => coin(r, 0.05) - coin(r, 0.05), 2)).toBeLessThanOrEqual(ALPHA);
    expect(promotedShare((r) => r() - r(), 3)).toBeLessThanOrEqual(ALPHA);
  });

  it("promotes hardly anything that is worse", () => {
    expect(promotedShare((r) => coin(r, 0.5) - coin(r, 0.6), 4)).toBeLessThan(0.01);
  });

  it("promotes what is clearly better in nearly every run", () => {
    expect(promotedShare((r) => coin(r, 0.7) - coin(r, 0.5), 5)).toBeGreaterThan(0.9);
  });

  it("where a repeated z-test of the same runs promotes far more A/A runs than it says", () => {
    const random = seededRandom(6);
    let promoted = 0;
    for (let run = 0; run < 500; run += 1) {
      let [sum, squares] = [0, 0];
      for (let look = 1; look <= LOOKS; look += 1) {
        const d = coin(random, 0.5) - coin(random, 0.5);
        [sum, squares] = [sum + d, squares + d * d];
        if (look >= 20 && sum > 1.645 * Math.sqrt(squares)) {
          promoted += 1;
          break;
        }
      }
    }
    expect(promoted / 500).toBeGreaterThan(2 * ALPHA);
  });

  it("spends its level over any number of proposals, and starts without evidence", () => {
    const spent = Array.from({ length: 10_000 }, (_, i) => levelOf(i + 1, ALPHA)).reduce((a, b) => a + b, 0);
    expect(spent).toBeLessThanOrEqual(ALPHA);
    expect(spent).toBeGreaterThan(0.99 * ALPHA);
    expect(evidenceOf(NOTHING_STAKED)).toBe(1);
  });
});

describe("off-policy estimates", () => {
  /** The log shows A with .8 and B with .2; A helps in half of the cases, B in .7. The proposal shows B with .9. */
  const log = (random: () => number, size: number, expected: boolean): LoggedDecision[] =>
    Array.from({ length: size }, () => {
      const b = random() < 0.2;
      return {
        logged: b ? 0.2 : 0.8,
        proposed: b ? 0.9 : 0.1,
        reward: coin(random, b ? 0.7 : 0.5),
        ...(expected ? { expected: { shown: b ? 0.7 : 0.5, proposed: 0.68 } } : {}),
      };
    });
  const TRUTH = 0.9 * 0.7 + 0.1 * 0.5;

  it.each([
    ["SNIPS", snips, false],
    ["doubly robust, without a model", doublyRobust, false],
    ["doubly robust, with a right model", doublyRobust, true],
  ] as const)(
    "%s find the proposal's value without showing it, and their lower bound is too high in at most about 5 % of logs",
    (_, estimate, model) => {
      const random = seededRandom(21);
      const estimates = Array.from({ length: 600 }, () => estimate(log(random, 300, model)));
      const mean = estimates.reduce((sum, e) => sum + (e?.value ?? 0), 0) / estimates.length;
      expect(mean).toBeCloseTo(TRUTH, 1);
      expect(Math.abs(mean - TRUTH)).toBeLessThan(0.01);
      expect(estimates.filter((e) => (e?.low ?? 1) > TRUTH).length / estimates.length).toBeLessThan(0.08);
    },
  );

  it("say by the effective size how little a log knows of a policy far from it", () => {
    const random = seededRandom(8);
    const far = snips(log(random, 1000, false));
    const same = snips(log(random, 1000, false).map((d) => ({ ...d, proposed: d.logged })));
    expect(same?.effectiveSize).toBeCloseTo(1000, 6);
    expect(far?.effectiveSize).toBeLessThan(400);
  });

  it("know nothing without a log", () => {
    expect(snips([])).toBeNull();
    expect(doublyRobust([])).toBeNull();
  });
});

describe("calibration", () => {
  const overconfident = (random: () => number, size: number) =>
    Array.from({ length: size }, () => {
      const predicted = random();
      return { predicted, outcome: coin(random, 0.5 + (predicted - 0.5) * 0.4) };
    });

  it.each([
    [60, "platt"],
    [900, "platt"],
    [1500, "isotonic"],
    [40, "none"],
  ])("of %d outcomes fits %s", (size, form) => {
    expect(fitCalibration(overconfident(seededRandom(1), size)).form).toBe(form);
  });

  it("brings the error on fresh outcomes to .03 or less, from more than .1", () => {
    const random = seededRandom(5);
    const fresh = overconfident(random, 20_000);
    expect(calibrationError(fresh)).toBeGreaterThan(0.1);
    for (const size of [800, 5000]) {
      const fit = fitCalibration(overconfident(random, size));
      const after = fresh.map((f) => ({ ...f, predicted: calibrated(f.predicted, fit) }));
      expect(calibrationError(after), fit.form).toBeLessThanOrEqual(0.03);
      expect(brier(after)).toBeLessThan(brier(fresh));
    }
  });

  it("never turns the order of two expectations around", () => {
    const random = seededRandom(9);
    for (const size of [100, 2000]) {
      const fit = fitCalibration(overconfident(random, size));
      const values = Array.from({ length: 101 }, (_, i) => calibrated(i / 100, fit));
      values.slice(1).forEach((value, i) => expect(value).toBeGreaterThanOrEqual(values[i] ?? 0));
    }
  });

  it("finds nothing to mend in coins when each is told by a curve that has not seen it", () => {
    const random = seededRandom(4);
    const coins = Array.from({ length: 1200 }, () => ({ predicted: random(), outcome: coin(random, 0.5) }));
    const seen = coins.map((f) => ({ ...f, predicted: calibrated(f.predicted, fitCalibration(coins)) }));
    expect(brier(seen)).toBeLessThan(0.25);
    expect(brier(crossFitted(coins, "isotonic", 5))).toBeGreaterThanOrEqual(0.25);
    const kept = crossFitted(overconfident(random, 1200), "isotonic", 5);
    expect(calibrationError(kept)).toBeLessThan(0.08);
  });

  it("counts every forecast once in the reliability curve", () => {
    const forecasts = overconfident(seededRandom(2), 333);
    expect(reliability(forecasts).reduce((sum, bin) => sum + bin.count, 0)).toBe(333);
  });
});
