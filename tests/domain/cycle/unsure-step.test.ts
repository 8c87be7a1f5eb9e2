import { describe, expect, it } from "vitest";

import { agreementOf, agreementWithin, type ReportedMemory } from "@/lib/domain/learning/agreement";
import { creditUse } from "@/lib/domain/learning/attribution";
import { DEFAULTS } from "@/lib/domain/parameters";
import { learnUnsureStep, unsureStepNow } from "@/lib/domain/cycle/unsure-step";
import { seededRandom } from "@/tests/support/seeded-random";
import type { Weight } from "@/lib/domain/ledger/change";

const BY = { trust: "owner", parameters: DEFAULTS } as const;
const FOR: Weight = [350_000, 0];
const USUAL = DEFAULTS["learning.cue.step"];
const WIDTH = 0.002;
const FEWEST = DEFAULTS["cycle.decisions.fewest"];

/** One question, asked as often as there are weights. */
const memory = (weights: readonly Weight[], more: Partial<ReportedMemory> = {}): ReportedMemory => ({
  uses: weights.map((weight, i) => ({ question: 0, recall: String(i), weight })),
  nearness: () => 0,
  ...more,
});
const agreement = (memories: readonly ReportedMemory[]) =>
  agreementOf(memories.map((one) => agreementWithin(one, DEFAULTS)));

/** Reports by somebody who uses what helps with this chance, and what does not with the other; half of the memories help. */
function reported(chance: readonly [number, number], memories = 250): ReportedMemory[] {
  const random = seededRandom(5);
  const share = (chance[0] + chance[1]) / 2;
  return Array.from({ length: memories }, (_, i) =>
    memory(
      Array.from({ length: 8 }, () => creditUse(1, { used: random() < (chance[i % 2] ?? 0), share }, BY)),
    ),
  );
}

describe("the agreement of reports of use", () => {
  it("is 1 when all say the same, and −1 when two contradict each other as plainly as they can", () => {
    expect(agreement([memory([FOR, FOR])])?.mean).toBe(1);
    expect(agreement([memory([FOR, [0, 350_000]])])?.mean).toBe(-1);
  });

  it("is nothing without two reports on different recalls of near questions", () => {
    const uses = [FOR, FOR].map((weight, i) => ({ question: i, recall: String(i), weight }));
    expect(agreement([memory([FOR])])).toBeNull();
    expect(
      agreement([memory([], { uses: uses.map((use) => ({ ...use, question: 0, recall: "one" })) })]),
    ).toBeNull();
    expect(agreement([memory([], { uses, nearness: () => DEFAULTS["learning.cue.pool.floor"] })])).toBeNull();
    expect(agreement([memory([], { uses, nearness: () => 0.9 })])?.mean).toBe(1);
  });

  it("tells an opinion with three wrong reports in ten from a coin", () => {
    expect(agreement(reported([0.7, 0.3]))?.low).toBeGreaterThan(DEFAULTS["cycle.reports.agreement"]);
    const coin = agreement(reported([0.4, 0.4]));
    expect(coin?.low).toBeLessThan(0);
    expect(coin?.high).toBeGreaterThan(0);
  });
});

describe("how far unsure evidence may move a memory", () => {
  const of = (low: number, value = USUAL, count = FEWEST) =>
    learnUnsureStep(
      { mean: low + WIDTH, low, high: low + 2 * WIDTH, count },
      unsureStepNow({ ...DEFAULTS, "learning.cue.step": value }, USUAL),
    );
  const full = DEFAULTS["cycle.reports.agreement"];

  it("grows with the lower end of the agreement, by no more than one cycle may, up to the longest step", () => {
    expect(of(full)?.value).toBeCloseTo(USUAL + DEFAULTS["cycle.bound.weight"], 9);
    expect(of(full)?.gate.passed).toBe(true);
    expect(of(1, 0.37)?.value).toBeCloseTo(DEFAULTS["cycle.reports.step"], 9);
    expect(of(1, DEFAULTS["cycle.reports.step"])).toBeNull();
  });

  it("falls back when reports agree no longer, as far as the usual step and no further", () => {
    expect(of(-0.01, 0.3)?.value).toBeCloseTo(0.25, 9);
    expect(of(-0.01, 0.16)).toMatchObject({ value: USUAL, gate: { passed: true } });
    expect(of(-0.01)).toBeNull();
  });

  it("waits until reports speak of enough memories, and leaves alone what a person has set outside the range", () => {
    expect(of(full, USUAL, FEWEST - 1)?.gate.passed).toBe(false);
    expect(of(full, 0.1)).toBeNull();
    expect(of(-1, 0.9)).toBeNull();
    expect(learnUnsureStep(null, unsureStepNow(DEFAULTS, USUAL))).toBeNull();
  });

  it("stays while what it rests on is likely, though no longer sure", () => {
    const value = USUAL + (DEFAULTS["cycle.reports.step"] - USUAL) / 2;
    expect(of(full / 2 - WIDTH / 2, value)).toBeNull();
    expect(of(full / 2 - 2 * WIDTH, value)?.value).toBeLessThan(value);
  });
});
