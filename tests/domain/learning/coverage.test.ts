import { describe, expect, it } from "vitest";

import { coverageOf, elsewhere } from "@/lib/domain/learning/coverage";
import { cuePart, NOTHING_LEARNED, seenFrom } from "@/lib/domain/learning/cue";
import { DEFAULTS } from "@/lib/domain/parameters";
import { millis } from "@/lib/domain/ids";
import { settle, type CueTerm } from "@/lib/domain/learning/settle";
import type { SourceKey } from "@/lib/domain/ledger/change";

const NOW = millis(Date.UTC(2026, 3, 1));
const SURE = DEFAULTS["learning.cue.sure"];
const [NEAR, FAR] = [DEFAULTS["learning.cue.elsewhere.near"], DEFAULTS["learning.cue.elsewhere.far"]];
const OWNER: SourceKey = "owner:key/1";

/** So many questions a memory helped with, each with another one so near. */
const helped = (count: number, nearest: number, deviations = SURE) =>
  Array.from({ length: count }, () => ({ deviations, nearest }));

/** Praise by the owner, or by strangers, several times for each of so many questions. */
const praise = (questions: number, source: (i: number) => SourceKey = () => OWNER, times = 4): CueTerm[] =>
  Array.from({ length: questions * times }, (_, i) => ({
    question: i % questions,
    at: millis(NOW - i),
    weight: [1e6, 0],
    source: source(i),
  }));
const settled = (questions: number, terms: readonly CueTerm[], between: number) =>
  settle(questions, terms, {
    kind: "fact",
    now: NOW,
    parameters: DEFAULTS,
    cosine: (a, b) => (a === b ? 1 : between),
  });

describe("how much of what a memory helps with is known", () => {
  it("is nothing after one question, or after any number that are far apart", () => {
    expect(coverageOf([], DEFAULTS)).toBe(0);
    expect(coverageOf(helped(1, -1), DEFAULTS)).toBe(0);
    expect(coverageOf(helped(40, FAR), DEFAULTS)).toBe(0);
  });

  it("grows with every further wording of one need, and never gets to all", () => {
    expect(coverageOf(helped(2, NEAR), DEFAULTS)).toBeCloseTo(2 / 7, 9);
    expect(coverageOf(helped(15, NEAR), DEFAULTS)).toBeCloseTo(0.75, 9);
    expect(coverageOf(helped(15, (NEAR + FAR) / 2), DEFAULTS)).toBeCloseTo(0.375, 9);
    expect(coverageOf(helped(1000, 1), DEFAULTS)).toBeLessThan(1);
  });

  it("counts a question as far as it is sure that the memory helped", () => {
    expect(coverageOf(helped(8, NEAR, SURE / 2), DEFAULTS)).toBeCloseTo(
      coverageOf(helped(4, NEAR), DEFAULTS),
      9,
    );
  });

  it("is read from the praise of trusted sources, however many strangers join in", () => {
    const strangers = praise(20, (i) => `low:key/${i}`, 50);
    expect(settled(20, praise(20), 0.9).coverage).toBeGreaterThan(0.5);
    expect(settled(20, strangers, 0.9).coverage).toBe(0);
    expect(settled(20, [...praise(1, undefined, 8), ...strangers], 0.9).coverage).toBeLessThan(
      settled(20, praise(20), 0.9).coverage / 2,
    );
  });
});

describe("a question that is near none of those a memory is known for", () => {
  it("is one it is lowered for, as far as its questions are known, and no near one is", () => {
    expect(elsewhere(0.5, FAR, DEFAULTS)).toBe(0.5);
    expect(elsewhere(0.5, (NEAR + FAR) / 2, DEFAULTS)).toBeCloseTo(0.25, 9);
    expect(elsewhere(0.5, NEAR, DEFAULTS)).toBe(0);
    expect(cuePart({ ...NOTHING_LEARNED, elsewhere: 0.5 }, 0.3, DEFAULTS)).toBeCloseTo(
      -DEFAULTS["learning.cue.elsewhere"] / 2,
      9,
    );
  });

  it("stays one where what was refused near it does not count as near", () => {
    const refused = 1;
    const both = { direction: Float64Array.of(SURE, -SURE), helped: SURE, coverage: 0.5 };
    const seen = (nearness: number) =>
      seenFrom(both, (question) => (question === refused ? 1 : nearness), DEFAULTS).elsewhere;
    expect([seen(FAR), seen(NEAR)]).toEqual([0.5, 0]);
  });

  it("lowers nothing that helps with ever different things", () => {
    const seen = (between: number) =>
      cuePart(
        seenFrom(settled(12, praise(12), between), () => 0.2, DEFAULTS),
        0.3,
        DEFAULTS,
      );
    expect(seen(0.3)).toBe(0);
    expect(seen(0.9)).toBeLessThan(-0.1);
  });
});
