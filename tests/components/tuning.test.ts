/** That a draft is an address, that only what differs and fits is set, and that a half-life is drawn as it acts. */
import { describe, expect, it } from "vitest";

import { drafted, readDraft, settable, writeDraft } from "@/components/settings/draft";
import { confidenceAfter, fadeAfter, fadeCurve, fadingSentence } from "@/components/settings/fading-shape";

const parameter = { name: "time.halfLife.fact", value: 180, min: 1, max: 3650 };

describe("a draft", () => {
  it("is an address, and what an address cannot mean is left out", () => {
    const draft = { "recall.weight.utility": 0.4, "time.halfLife.fact": 90 };
    expect(readDraft(writeDraft(draft))).toEqual(draft);
    expect(readDraft("nonsense;a.b=x;a.c=;a.d=1")).toEqual({ "a.d": 1 });
    expect(writeDraft({})).toBeNull();
  });

  it("of the value in force is none", () => {
    expect(drafted({}, parameter, 90)).toEqual({ "time.halfLife.fact": 90 });
    expect(drafted({ "time.halfLife.fact": 90, "a.b": 1 }, parameter, 180)).toEqual({ "a.b": 1 });
  });

  it("sets what there is, within its range, and not in force already", () => {
    expect(settable({ "time.halfLife.fact": 90 }, [parameter])).toEqual([{ parameter, next: 90 }]);
    expect(settable({ "time.halfLife.fact": 0 }, [parameter])).toEqual([]);
    expect(settable({ "time.halfLife.fact": 180, "no.such": 1 }, [parameter])).toEqual([]);
  });
});

describe("fading", () => {
  const now = { alpha: 2, beta: 2, halfLifeDays: 90 };

  it("halves an observation in every half-life", () => {
    expect(fadeAfter(90, 90)).toBeCloseTo(0.5);
    expect(fadeAfter(180, 90)).toBeCloseTo(0.25);
    expect(fadeCurve(90, 180).at(-1)).toEqual({ days: 180, share: 0.25 });
  });

  it("takes confidence back toward the prior, and less so with a longer half-life", () => {
    const judged = { alpha: 4, beta: 0 };
    expect(confidenceAfter(judged, 0, now)).toBeCloseTo(6 / 8);
    expect(confidenceAfter(judged, 90, now)).toBeCloseTo(4 / 6);
    expect(confidenceAfter(judged, 90, { ...now, halfLifeDays: 900 })).toBeGreaterThan(0.73);
  });

  it("is told of one's own memories, and says when none has evidence", () => {
    const drafts = { days: 90, now, drafted: { ...now, halfLifeDays: 30 } };
    expect(fadingSentence([{ alpha: 4, beta: 0 }], drafts, "percent")).toContain("1 judged memory");
    expect(fadingSentence([{ alpha: 0, beta: 0 }], drafts, "percent")).toContain("none would move");
  });
});
