import { describe, expect, it } from "vitest";

import { changeId, millis } from "@/lib/domain/ids";
import { DEFAULTS } from "@/lib/domain/parameters";
import { initial, step, type EvidenceSums } from "@/lib/domain/registers/evidence";
import { harmAmount, harmSupport, harmTest } from "@/lib/domain/safety/sequential-test";
import type { SourceKey, Weight } from "@/lib/domain/ledger/change";
import { seededRandom } from "../../support/seeded-random";

const ONE = 1_000_000;
const observed = (terms: readonly (readonly [SourceKey, Weight])[]): EvidenceSums =>
  terms.reduce((sums, [source, weight]) => step(sums, { source, at: millis(0), weight }), initial);
const against = (source: SourceKey, count: number) =>
  Array.from({ length: count }, () => [source, [0, ONE]] as const);

describe("the sequential test of harm", () => {
  it("adds ln(.65/.40) for a failure and takes ln(.60/.35) for a success", () => {
    expect(harmAmount([0, ONE], DEFAULTS)).toBe(Math.round(ONE * Math.log(0.65 / 0.4)));
    expect(harmAmount([ONE, 0], DEFAULTS)).toBe(Math.round(-ONE * Math.log(0.6 / 0.35)));
  });

  it("proposes on an owner's word, or on that of two independent sources, and never on that of many of low trust", () => {
    expect(harmTest(observed(against("owner:key/a", 10)), DEFAULTS)).toMatchObject({
      proposed: true,
      accusers: 1,
    });
    expect(harmTest(observed(against("ordinary:key/a", 10)), DEFAULTS).proposed).toBe(false);
    expect(
      harmTest(observed([...against("ordinary:key/a", 5), ...against("ordinary:key/b", 5)]), DEFAULTS)
        .proposed,
    ).toBe(true);
    const sybils = Array.from({ length: 20 }, (_, i) => against(`low:key/${i}`, 1)).flat();
    expect(harmTest(observed(sybils), DEFAULTS)).toMatchObject({ proposed: false, accusers: 1 });
  });

  it("does not propose below the threshold of evidence", () => {
    expect(harmTest(observed(against("owner:key/a", 9)), DEFAULTS).proposed).toBe(false);
  });

  it("proposes at most two good memories in a hundred, however long it is watched", () => {
    const random = seededRandom(7);
    const proposed = Array.from({ length: 500 }, () => {
      let ratio = 0;
      for (let i = 0; i < 400; i += 1) {
        ratio +=
          harmAmount(random() < DEFAULTS["safety.quarantine.good"] ? [ONE, 0] : [0, ONE], DEFAULTS) / ONE;
        if (ratio >= DEFAULTS["safety.quarantine.threshold"]) return true;
      }
      return false;
    }).filter(Boolean).length;
    expect(proposed).toBeLessThanOrEqual(10);
  });

  it("keeps in its support what each observation contributed, so that the sum is the ratio", () => {
    const support = harmSupport(
      [
        { change: changeId("a"), weight: [0, 2 * ONE] },
        { change: changeId("b"), weight: [ONE, 0] },
      ],
      DEFAULTS,
    );
    const sum = support.terms.reduce((total, term) => total + term.amount, 0);
    expect(sum / ONE).toBeCloseTo(2 * Math.log(0.65 / 0.4) - Math.log(0.6 / 0.35), 5);
    expect(support.threshold).toBe(4.5 * ONE);
  });
});
