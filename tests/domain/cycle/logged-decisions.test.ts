import { describe, expect, it } from "vitest";

import { decisionsUnder } from "@/lib/domain/cycle/logged-decisions";
import { doublyRobust, snips } from "@/lib/domain/learning/off-policy";
import { PART_NAMES } from "@/lib/domain/recall/score";
import { seededRandom } from "@/tests/support/seeded-random";
import type { JudgedRecall } from "@/lib/domain/cycle/judged-recall";

const SHOWN = 10;
const CANDIDATES = 20;
const SIMILARITY = PART_NAMES.indexOf("similarity");
const KEYWORD = PART_NAMES.indexOf("keyword");
const AS_THEY_ARE = PART_NAMES.map(() => 1);
const BY_KEYWORD = PART_NAMES.map((_, i) => (i === SIMILARITY ? 0.2 : i === KEYWORD ? 3 : 1));

/** Recalls ranked by similarity, in which the keyword part tells with this chance whether a memory helps. */
function recalls(count: number, chance: number, explored = false): JudgedRecall[] {
  const random = seededRandom(17);
  return Array.from({ length: count }, (_, n) => {
    const candidates = Array.from({ length: CANDIDATES }, (_, i) => {
      const [similarity, keyword] = [1 - i / CANDIDATES, random()];
      const p = PART_NAMES.map((_, part) =>
        part === SIMILARITY ? similarity : part === KEYWORD ? keyword : 0,
      );
      return { m: `m${String(i).padStart(2, "0")}`, s: similarity + keyword, p, e: [0, explored ? 0.3 : 0] };
    }).sort((a, b) => b.s - a.s);
    const helps = candidates.filter((c) => random() < ((c.p[KEYWORD] ?? 0) > 0.5 ? chance : 1 - chance));
    return {
      id: `r${String(n)}`,
      candidates,
      explored,
      shown: candidates.slice(0, SHOWN).map((c) => c.m),
      helped: new Set(helps.map((c) => c.m)),
    };
  });
}

describe("judged recalls as logged decisions", () => {
  it("come to what was logged where nothing changes, whatever the model expects", () => {
    for (const chance of [0.2, 0.5, 0.9]) {
      const decisions = decisionsUnder(recalls(60, chance), AS_THEY_ARE);
      const logged = decisions.reduce((sum, d) => sum + d.reward, 0) / decisions.length;
      expect(doublyRobust(decisions)?.value).toBeCloseTo(logged, 9);
      expect(snips(decisions)?.value).toBeCloseTo(logged, 9);
      expect(doublyRobust(decisions)?.effectiveSize).toBeCloseTo(decisions.length, 6);
    }
  });

  it("tell better and worse lists apart, also by what they bring up from below the first five", () => {
    const value = (chance: number) => doublyRobust(decisionsUnder(recalls(200, chance), BY_KEYWORD));
    const logged = (chance: number) => doublyRobust(decisionsUnder(recalls(200, chance), AS_THEY_ARE));
    expect(value(0.9)?.low).toBeGreaterThan(logged(0.9)?.value ?? 1);
    expect(value(0.1)?.high).toBeLessThan(logged(0.1)?.value ?? 0);
  });

  it("expect nothing of a memory from its own outcome in the first five", () => {
    const all = recalls(2, 0.5);
    const [one, other] = all;
    const first = one?.shown[0] ?? "";
    const flipped = { ...one, helped: new Set([...(one?.helped ?? [])].filter((id) => id !== first)) };
    const turned = { ...one, helped: new Set([...(one?.helped ?? []), first]) };
    const expected = (recall: object) =>
      // A recall is made from the whole of another one.
      decisionsUnder([recall as JudgedRecall, other as JudgedRecall], AS_THEY_ARE)[0]?.expected?.shown;
    expect(expected(flipped)).toBe(expected(turned));
  });

  it("count chances where the recall explored, so that what might have been shown weighs more", () => {
    const decisions = decisionsUnder(recalls(30, 0.5, true), BY_KEYWORD);
    expect(decisions.every((d) => d.logged > 0 && d.logged <= 1 && d.proposed >= 0 && d.proposed <= 1)).toBe(
      true,
    );
    expect(decisions.some((d) => d.logged < 1)).toBe(true);
    expect(doublyRobust(decisions)?.effectiveSize).toBeLessThan(decisions.length);
  });
});
