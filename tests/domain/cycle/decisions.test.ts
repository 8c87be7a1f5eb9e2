import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { archiveOf, mergeOf, tuningOf } from "../../support/cycles";
import { archiveCase, daysToForget } from "@/lib/domain/cycle/archive";
import { CONSTANTS, DEFAULTS } from "@/lib/domain/parameters";
import { harmEvidence } from "@/lib/domain/cycle/harm";
import { learnHalfLife } from "@/lib/domain/cycle/half-life";
import { learnThreshold, precisionAbove, type Decided } from "@/lib/domain/cycle/acceptance";
import { learnTrust } from "@/lib/domain/cycle/trust";
import { millis } from "@/lib/domain/ids";
import { noPreferences, pairsOf, preferredScales, withPair } from "@/lib/domain/cycle/preferences";
import { PROPOSAL_STATES, subjectOf } from "@/lib/domain/cycle/proposal";
import { riskOf, withAcceptance } from "@/lib/domain/cycle/risk";
import { seededRandom } from "../../support/seeded-random";
import { settledState } from "@/lib/domain/cycle/cycle";
import { withinBounds } from "@/lib/domain/cycle/bounds";

const DAY = CONSTANTS.millisPerDay;

describe("a cycle's state", () => {
  it("waits while anything waits, and is applied only when all that was offered is", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PROPOSAL_STATES)), (states) => {
        const state = settledState(states);
        const offered = states.filter((s) => s !== "rejected");
        expect(state === "waiting").toBe(offered.includes("waiting"));
        expect(state === "applied").toBe(offered.every((s) => s === "applied"));
        if (state === "partly") expect(offered).toContain("applied");
        if (state === "declined" || state === "reverted") expect(offered).not.toContain("applied");
      }),
    );
  });
});

describe("what a decision is remembered under", () => {
  it("is the same whatever the order of the targets, and tells kinds apart but for two words of one question", () => {
    expect(subjectOf(mergeOf(["a", "b"]))).toBe(subjectOf(mergeOf(["b", "a"])));
    expect(subjectOf(mergeOf(["a", "b"]))).not.toBe(subjectOf(mergeOf(["a", "c"])));
    const targets = mergeOf(["a", "b"]).targets;
    expect(subjectOf({ kind: "contest", targets })).toBe(subjectOf({ kind: "supersede", targets }));
    expect(subjectOf({ kind: "link", targets })).not.toBe(subjectOf({ kind: "merge", targets }));
  });
});

describe("bounds", () => {
  it("are never exceeded, keep the surest, and let settings pass", () => {
    const drafts = fc.array(
      fc.tuple(fc.constantFrom("archive", "merge", "tune"), fc.double({ min: 0, max: 1, noNaN: true })),
      { maxLength: 120 },
    );
    fc.assert(
      fc.property(drafts, fc.integer({ min: 0, max: 2000 }), (list, active) => {
        const made = list.map(([kind, certainty], i) =>
          kind === "archive"
            ? archiveOf(`m${String(i)}`, certainty)
            : kind === "merge"
              ? mergeOf([`a${String(i)}`, `b${String(i)}`], certainty)
              : tuningOf(`p${String(i)}`, 1, 2),
        );
        const { kept, heldBack } = withinBounds(made, active, DEFAULTS);
        const moved = kept.reduce(
          (sum, d) => sum + (d.kind === "archive" ? 1 : d.kind === "merge" ? 2 : 0),
          0,
        );
        expect(moved).toBeLessThanOrEqual(
          Math.max(DEFAULTS["cycle.bound.least"], Math.floor(DEFAULTS["cycle.bound.status"] * active)),
        );
        expect(kept.length + heldBack.length).toBe(made.length);
        expect(heldBack.some((d) => d.kind === "halfLife")).toBe(false);
      }),
    );
  });
});

describe("risk and acceptance", () => {
  it("let go alone what is sure enough, unless its proposer wants a person", () => {
    const sure = DEFAULTS["cycle.auto.merge"];
    expect(riskOf(mergeOf(["a", "b"], sure), DEFAULTS)).toBe("low");
    expect(riskOf(mergeOf(["a", "b"], sure - 0.01), DEFAULTS)).toBe("high");
    expect(riskOf(mergeOf(["a", "b"], 1, { risk: "high" }), DEFAULTS)).toBe("high");
    expect(riskOf(archiveOf("a", 1), DEFAULTS)).toBe("high");
    expect(withAcceptance(mergeOf(["a", "b"], DEFAULTS["cycle.accept.merge"] - 0.01), DEFAULTS).passed).toBe(
      false,
    );
  });
});

describe("the archive's rule", () => {
  const memory = { evidence: {}, kind: "episode", createdAt: millis(0) } as const;
  it("waits exactly as long as the forgetting curve says", () => {
    const days = daysToForget("episode", DEFAULTS);
    expect(days).toBeCloseTo(7 * 24 * (81 / 19), 6);
    expect(archiveCase(memory, millis((days - 1) * DAY), DEFAULTS).gate.passed).toBe(false);
    expect(archiveCase(memory, millis((days + 1) * DAY), DEFAULTS).gate.passed).toBe(true);
  });
  it("spares what probably helps, however long ago", () => {
    const evidence = { "owner:key/a": { 0: [20_000_000, 0] } } as const;
    const far = millis(1e6 * DAY);
    expect(
      archiveCase({ ...memory, evidence }, far, { ...DEFAULTS, "time.halfLife.episode": 1e9 }).gate.passed,
    ).toBe(false);
    expect(
      archiveCase({ ...memory, evidence: { "owner:key/a": { 0: [0, 20_000_000] } } }, far, DEFAULTS).gate
        .passed,
    ).toBe(true);
  });
});

describe("thresholds", () => {
  const now = { value: 0.6, step: 0.05, min: 0, max: 1, precision: 0.5, fewest: 20 };
  const decided = (count: number, accepts: (certainty: number) => boolean): Decided[] => {
    const random = seededRandom(3);
    return Array.from({ length: count }, () => {
      const certainty = 0.6 + 0.4 * random();
      return { certainty, accepted: accepts(certainty), fold: random() };
    });
  };
  it("rise by one bounded step where what is less sure is declined, and stay where all is accepted well above", () => {
    const found = learnThreshold(
      decided(60, (c) => c > 0.8),
      now,
    );
    expect(found).toMatchObject({ value: 0.65, gate: { passed: true } });
    expect(
      learnThreshold(
        decided(10, (c) => c > 0.8),
        now,
      ),
    ).toBeNull();
  });
  it("fall a little where even the least sure are accepted without exception", () => {
    expect(
      learnThreshold(
        decided(200, () => true),
        now,
      )?.value,
    ).toBeCloseTo(0.55, 9);
  });
  it("pass no gate on noise more often than not", () => {
    const passed = Array.from({ length: 40 }, (_, seed) => {
      const random = seededRandom(seed + 1);
      const noise = Array.from({ length: 60 }, () => ({
        certainty: 0.6 + 0.4 * random(),
        accepted: random() < 0.6,
        fold: random(),
      }));
      return learnThreshold(noise, now)?.gate.passed ?? false;
    }).filter(Boolean).length;
    expect(passed).toBeLessThan(20);
  });
  it("count precision over what is proposed, and bother nobody with nothing", () => {
    expect(precisionAbove([], 0.5)).toBe(1);
    expect(
      precisionAbove(
        [
          { certainty: 0.9, accepted: true, fold: 0 },
          { certainty: 0.8, accepted: false, fold: 0 },
          { certainty: 0.1, accepted: false, fold: 0 },
        ],
        0.5,
      ),
    ).toBe(0.5);
  });
});

describe("preferences", () => {
  const pair = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 3, maxLength: 3 });
  it("are sums: a recall's part can be taken out again exactly, in any order", () => {
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 8 }), fc.array(pair, { maxLength: 8 }), (kept, gone) => {
        const add = (from: ReturnType<typeof noPreferences>, pairs: readonly number[][], sign: 1 | -1 = 1) =>
          pairs.reduce((sums, p) => withPair(sums, p, sign), from);
        expect(add(add(noPreferences(3), [...gone, ...kept]), gone, -1)).toEqual(add(noPreferences(3), kept));
      }),
    );
  });
  it("weigh more what tells good from bad, and mean nothing without any", () => {
    const sums = Array.from({ length: 50 }).reduce<ReturnType<typeof noPreferences>>(
      (s) => withPair(s, [0.4, -0.2, 0]),
      noPreferences(3),
    );
    const [first = 0, second = 0] = preferredScales(sums, 1);
    expect(first).toBeGreaterThan(1);
    expect(second).toBeLessThan(1);
    expect(preferredScales(noPreferences(3), 1)).toEqual([1, 1, 1]);
  });
  it("come from what stood above what helped, and the next below, not from all that nobody looked at", () => {
    const shown = [false, true, false, false].map((helped, i) => ({ helped, parts: [i] }));
    expect(pairsOf(shown)).toEqual([[1], [-1]]);
  });
});

describe("half-lives", () => {
  const now = { days: 90, factor: 1.25, min: 1, max: 1000, prior: { alpha: 2, beta: 2 }, fewest: 20 };
  const turning = (gapDays: number, after: readonly [number, number]) =>
    Array.from({ length: 40 }, (_, i) => ({
      heldOut: i % 2 === 0,
      observations: [0, 1, 2, 3]
        .map((d) => ({ day: d, weight: [2_000_000, 0] as const }))
        .concat([0, 1, 2].map((d) => ({ day: gapDays + d, weight: after as [2_000_000, 0] }))), // a weight
    }));
  it("shorten where the past misleads, lengthen where it keeps its word, by one step", () => {
    expect(learnHalfLife(turning(200, [0, 2_000_000]), now)).toMatchObject({
      days: 72,
      gate: { passed: true },
    });
    expect(learnHalfLife(turning(200, [2_000_000, 0]), now)).toMatchObject({
      days: 112.5,
      gate: { passed: true },
    });
  });
  it("stay where nothing can be foretold", () => expect(learnHalfLife([], now)).toBeNull());
});

describe("trust", () => {
  const now = { value: 0.5, step: 0.05, fewest: 20 };
  it("moves one step towards what agreement deserves, once the interval lies on that side", () => {
    expect(learnTrust({ agreed: 98, judged: 100 }, now)).toMatchObject({
      value: 0.55,
      gate: { passed: true },
    });
    expect(learnTrust({ agreed: 40, judged: 100 }, now)).toMatchObject({
      value: 0.45,
      gate: { passed: true },
    });
    expect(learnTrust({ agreed: 8, judged: 10 }, now)?.gate.passed).toBe(false);
    expect(learnTrust({ agreed: 75, judged: 100 }, now)).toBeNull();
  });
});

describe("harm", () => {
  it("is found where answers fall short, and for one harmless cycle in ten at most", () => {
    const bad = Array.from({ length: 60 }, () => ({ expected: 0.7, outcome: 0.2, touched: true }));
    expect(harmEvidence(bad)).toBeGreaterThan(10);
    const rolledBack = Array.from({ length: 400 }, (_, seed) => {
      const random = seededRandom(seed + 1);
      const outcomes = Array.from({ length: 200 }, () => ({
        expected: 0.6,
        outcome: random() < 0.6 ? 1 : 0,
        touched: true,
      }));
      return outcomes.some((_o, i) => harmEvidence(outcomes.slice(0, i + 1)) >= 10);
    }).filter(Boolean).length;
    expect(rolledBack).toBeLessThanOrEqual(40);
  });
  it("is not what happens everywhere", () => {
    const everywhere = Array.from({ length: 100 }, (_, i) => ({
      expected: 0.7,
      outcome: 0.4,
      touched: i % 2 === 0,
    }));
    expect(harmEvidence(everywhere)).toBeLessThan(3);
  });
});
