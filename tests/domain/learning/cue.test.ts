import { describe, expect, it } from "vitest";

import { CONSTANTS, DEFAULTS } from "@/lib/domain/parameters";
import { creditUse, creditVerdict, useShare } from "@/lib/domain/learning/attribution";
import { cuePart, type Cue, type Learned } from "@/lib/domain/learning/cue";
import { millis } from "@/lib/domain/ids";
import { settle, type CueTerm } from "@/lib/domain/learning/settle";
import type { SourceKey } from "@/lib/domain/ledger/change";
import { seededRandom } from "@/tests/support/seeded-random";

const NOW = millis(Date.UTC(2026, 3, 1));
const OWNER: SourceKey = "owner:key/1";

const term = (weight: number, more: Partial<CueTerm> = {}): CueTerm => ({
  question: 0,
  at: NOW,
  weight: weight > 0 ? [weight * 1e6, 0] : [0, -weight * 1e6],
  source: OWNER,
  ...more,
});
/** Questions 0 and 1 are two wordings of one need, 2 is another need. */
const cosine = (a: number, b: number) => (a === b ? 1 : a + b === 1 ? 0.85 : 0.2);
const settled = (terms: readonly CueTerm[], parameters = DEFAULTS) =>
  settle(3, terms, { kind: "fact", now: NOW, parameters, cosine }).direction;
const learned = (cues: readonly Cue[], helped: number = DEFAULTS["learning.cue.against.known"]): Learned => ({
  cues,
  helped,
  elsewhere: 0,
});
const at = (nearness: number, direction: number, own = 0.3) =>
  cuePart(learned([{ nearness, direction }]), own, DEFAULTS);

describe("what the terms of a memory come to", () => {
  it("grows with agreeing verdicts, reaches other wordings and leaves other needs alone", () => {
    const one = settled([term(1)]);
    const many = settled([1, 2, 3, 4, 5, 6, 7, 8].map((i) => term(1, { at: millis(NOW - i) })));
    expect(one[0]).toBeGreaterThan(0.1);
    expect(many[0]).toBeGreaterThan(one[0] ?? 1);
    expect(many[1]).toBeGreaterThan(0);
    expect(one[1]).toBeLessThan(one[0] ?? 0);
    expect(many[2]).toBe(0);
  });

  it("is the same, digit for digit, whatever order the terms come in", () => {
    const random = seededRandom(3);
    for (let round = 0; round < 50; round += 1) {
      const terms = Array.from({ length: 20 }, () =>
        term(random() - 0.5, {
          question: Math.floor(random() * 3),
          at: millis(NOW - Math.floor(random() * 5) * 1000),
        }),
      );
      const shuffled = [...terms].sort(() => random() - 0.5);
      expect([...settled(shuffled)]).toEqual([...settled(terms)]);
    }
  });

  it("has turned around after a few verdicts when the need has changed, however long it was the other way", () => {
    for (const before of [10, 100, 1000]) {
      const old = Array.from({ length: before }, (_, i) => term(1, { at: millis(NOW - 1000 - i) }));
      expect(settled(old)[0]).toBeGreaterThan(2);
      const since = Array.from({ length: 8 }, (_, i) => term(-1, { at: millis(NOW - i) }));
      expect(settled([...old, ...since])[0]).toBeLessThan(-1);
    }
  });

  it("is not talked out of it by three wrong verdicts in ten", () => {
    const random = seededRandom(7);
    const clean = settled(Array.from({ length: 60 }, (_, i) => term(1, { at: millis(NOW - i) })))[0] ?? 0;
    const poisoned = Array.from(
      { length: 200 },
      () =>
        settled(
          Array.from({ length: 60 }, (_, i) => term(random() < 0.3 ? -1 : 1, { at: millis(NOW - i) })),
        )[0] ?? 0,
    );
    expect(clean).toBeGreaterThan(DEFAULTS["learning.cue.sure"]);
    expect(poisoned.filter((direction) => direction <= 0).length).toBeLessThan(5);
    expect(poisoned.reduce((a, b) => a + b, 0) / 200).toBeGreaterThan(2);
  });

  it("stays near nothing under coin flips, for verdicts and for reports of use alike", () => {
    const random = seededRandom(11);
    const by = { trust: "owner", parameters: DEFAULTS } as const;
    const share = 0.2;
    const flips = {
      verdicts: () => creditVerdict(random() < 0.5 ? "helpful" : "irrelevant", by),
      uses: () => creditUse(1, { used: random() < share, share }, by),
    };
    for (const flip of Object.values(flips)) {
      const directions = Array.from(
        { length: 400 },
        () =>
          settled(
            Array.from({ length: 30 }, (_, i): CueTerm => ({
              question: 0,
              at: millis(NOW - i),
              weight: flip(),
              source: OWNER,
            })),
          )[0] ?? 0,
      );
      expect(Math.abs(directions.reduce((a, b) => a + b, 0) / directions.length)).toBeLessThan(0.2);
      expect(directions.filter((d) => Math.abs(d) > 2).length).toBeLessThan(30);
      expect(directions.filter((d) => Math.abs(d) >= DEFAULTS["learning.cue.sure"]).length).toBeLessThan(3);
    }
  });

  it("lets a flood of low-trust sources move less than two verdicts of the owner", () => {
    const flood = Array.from({ length: 500 }, (_, i) =>
      term(-0.2, { source: `low:key/${i}`, at: millis(NOW - i) }),
    );
    const owner = [term(1, { at: millis(NOW - 900) }), term(1, { at: millis(NOW - 901) })];
    expect(settled([...flood, ...owner])[0]).toBeGreaterThan(0);
  });

  it("fades by the half-life of the memory's kind", () => {
    const old = term(1, { at: millis(NOW - 720 * CONSTANTS.millisPerDay) });
    expect(settled([old])[0]).toBeLessThan((settled([term(1)])[0] ?? 0) / 2);
  });
});

describe("the cue part of a score", () => {
  const sure = DEFAULTS["learning.cue.sure"];

  it("is nothing beyond its reach, without a direction, or where the memory matches as well by itself", () => {
    expect(at(DEFAULTS["learning.cue.reach"], sure)).toBe(0);
    expect(at(0.9, 0)).toBe(0);
    expect(at(0.7, sure, 0.68)).toBe(0);
  });

  it("brings a memory to the nearest question it helped with, no matter how many there are", () => {
    const near = { nearness: 0.9, direction: sure };
    expect(cuePart(learned([near, near, { nearness: 0.8, direction: sure }]), 0.3, DEFAULTS)).toBe(
      at(0.9, sure),
    );
    expect(at(0.9, sure)).toBeCloseTo(DEFAULTS["recall.weight.cue"] * 0.75 - 0.3, 9);
  });

  it("takes a step as long as the evidence is clear, and shows one judgement at the very question", () => {
    expect(at(0.9, DEFAULTS["learning.cue.least"])).toBeCloseTo(0, 9);
    expect(at(0.9, 1)).toBeCloseTo(DEFAULTS["learning.cue.step"] * (1 - DEFAULTS["learning.cue.least"]), 2);
    expect(at(0.9, 2)).toBeGreaterThan(at(0.9, 1));
    const judgement = settled([term(1)])[0] ?? 0;
    expect(at(1, judgement)).toBeCloseTo(
      (judgement / DEFAULTS["learning.cue.same.sure"]) * (DEFAULTS["recall.weight.cue"] - 0.3),
      9,
    );
    expect(at(1, judgement)).toBeGreaterThan(2 * at(0.9, judgement));
    expect(at(1, -judgement)).toBeLessThan(-0.2);
  });

  it("lowers what was only ever refused at the very question alone, and for other wordings what is known to help elsewhere", () => {
    const refused = (nearness: number, helped: number) =>
      cuePart(learned([{ nearness, direction: -sure }], helped), 0.1, DEFAULTS);
    expect(refused(0.8, 0)).toBeCloseTo(0, 9);
    expect(refused(1, 0)).toBeLessThan(-0.2);
    expect(refused(0.8, DEFAULTS["learning.cue.against.known"])).toBeLessThan(-0.1);
    expect(refused(0.8, DEFAULTS["learning.cue.against.known"] / 2)).toBeCloseTo(
      refused(0.8, DEFAULTS["learning.cue.against.known"]) / 2,
      9,
    );
  });

  it("knows that a memory helped once, also when it no longer does", () => {
    const verdicts = (count: number, weight: number, since: number) =>
      Array.from({ length: count }, (_, i) => term(weight, { at: millis(NOW - since - i) }));
    const helpedOf = (terms: readonly CueTerm[]) =>
      settle(3, terms, { kind: "fact", now: NOW, parameters: DEFAULTS, cosine }).helped;
    expect(helpedOf(verdicts(12, -1, 0))).toBe(0);
    expect(helpedOf([...verdicts(12, -1, 0), ...verdicts(12, 1, 1000)])).toBeGreaterThan(2);
    expect(helpedOf([...verdicts(12, -1, 0), ...verdicts(12, 1, 1000)])).toBe(
      helpedOf(verdicts(12, 1, 1000)),
    );
  });

  it("lowers less what matches well by itself", () => {
    expect(at(0.8, -sure, 0.6)).toBeGreaterThan(at(0.8, -sure, 0.1));
    expect(at(0.8, -sure, 0.1)).toBeLessThan(0);
  });
});

describe("a report of use", () => {
  const by = { trust: "owner", parameters: DEFAULTS } as const;

  it("has no expected weight when use does not depend on worth", () => {
    const share = 0.3;
    const [for_] = creditUse(1, { used: true, share }, by);
    const [, against] = creditUse(1, { used: false, share }, by);
    // To the millionth of an observation that weights are counted in.
    expect(Math.abs(share * for_ - (1 - share) * against)).toBeLessThan(1);
  });

  it("blames what was used for a failure, and not what was not", () => {
    expect(creditUse(0, { used: true, share: 0.3 }, by)[1]).toBeGreaterThan(0);
    expect(creditUse(0, { used: false, share: 0.3 }, by)).toEqual([0, 0]);
  });

  it("expects what the reports so far say, once there are some", () => {
    expect(useShare({ shown: 0, used: 0 }, DEFAULTS)).toBe(DEFAULTS["learning.used.share"]);
    expect(useShare({ shown: 2000, used: 200 }, DEFAULTS)).toBeCloseTo(0.1, 2);
  });
});
