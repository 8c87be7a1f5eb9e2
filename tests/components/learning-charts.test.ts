import { describe, expect, it } from "vitest";
import {
  causeDaysSummary,
  causeDaysTable,
  causeDayRows,
  causesSentence,
  failureCauses,
  shareText,
} from "@/components/charts/failure-causes-shape";
import {
  gainKind,
  gainSentence,
  qualityRows,
  qualitySummary,
  qualityTable,
} from "@/components/charts/quality-shape";
import {
  calibrationSentence,
  reliabilityRows,
  reliabilitySummary,
  reliabilityTable,
} from "@/components/charts/reliability-shape";
import { shareOf } from "@/lib/domain/learning/comparison";
import { FAILURE_CAUSES } from "@/lib/domain/learning/diagnosis";

describe("what learning is worth, in a sentence", () => {
  const gain = (mean: number, low: number, high: number, count = 420) => ({ mean, low, high, count });

  it("names the gain with its interval and on how many recalls it rests", () => {
    expect(gainSentence(gain(0.042, 0.031, 0.053))).toBe(
      "Learning is worth +0.042 nDCG (+0.031 to +0.053) over 420 judged recalls.",
    );
  });
  it("says of a loss that it is one", () => {
    expect(gainKind(gain(-0.02, -0.03, -0.01))).toBe("loss");
    expect(gainSentence(gain(-0.02, -0.03, -0.01))).toMatch(
      /^Learning costs: −0.020 nDCG \(−0.030 to −0.010\)/,
    );
  });
  it("claims nothing while the interval holds zero, its ends included", () => {
    expect(gainKind(gain(0.01, 0, 0.02))).toBe("unclear");
    expect(gainSentence(gain(0.004, -0.01, 0.018))).toMatch(/^No difference stands out/);
  });
  it("claims nothing from a few recalls, however large the gain", () => {
    expect(gainKind(gain(0.9, 0.8, 1, 29))).toBe("few");
    expect(gainSentence(gain(0.9, 0.8, 1, 1))).toBe(
      "Too few to tell: +0.900 nDCG over 1 judged recall. From 30 on, an interval says something.",
    );
  });
  it("says what is missing when nothing was judged", () => {
    expect(gainSentence(null)).toMatch(/cannot be told/);
  });
});

describe("quality per day", () => {
  const days = [
    { day: "2026-01-02", judged: 3, learned: 0.8, frozen: 0.7 },
    { day: "2026-01-01", judged: 0, learned: null, frozen: null },
    { day: "2026-01-03", judged: 1, learned: 0.5, frozen: 0.9 },
  ];
  it("keeps a day without judgements as a gap, in order of time", () => {
    expect(qualityRows(days).map((row) => row.learned)).toEqual([null, 0.8, 0.5]);
  });
  it("counts the days on which learning was ahead", () => {
    expect(qualitySummary(qualityRows(days))).toBe(
      "4 recalls judged on 2 days; the learned ranking was ahead on 1 of them.",
    );
    expect(qualitySummary([])).toBe("No recall was judged memory by memory in this time.");
  });
  it("lists only judged days in the table", () => {
    expect(qualityTable(qualityRows(days)).rows).toEqual([
      ["2 Jan 2026", "0.800", "0.700", "3"],
      ["3 Jan 2026", "0.500", "0.900", "1"],
    ]);
  });
});

describe("the causes of failed outcomes", () => {
  const none = { notStored: 0, stale: 0, notRecalled: 0, model: 0, unknown: 0 };
  const causes = (counts: Partial<typeof none>) =>
    failureCauses.map((cause) => ({ cause, count: counts[cause] ?? 0, share: null }));

  it("are the ones the domain knows", () => {
    expect([...failureCauses].sort()).toEqual([...FAILURE_CAUSES].sort());
  });
  it("are told apart as memory, model and not known, and what is zero is not told", () => {
    expect(causesSentence(causes({ notStored: 2, stale: 1, notRecalled: 4, model: 2, unknown: 3 }), 12)).toBe(
      "Of 12 failed outcomes, in 7 something was amiss with the memory; 2 failed although memories that help were shown; of 3 the signals tell too little.",
    );
    expect(causesSentence(causes({ unknown: 1 }), 1)).toBe(
      "Of 1 failed outcome, of 1 the signals tell too little.",
    );
    expect(causesSentence(causes({}), 0)).toBe("No judged outcome failed in this time.");
  });
  it("show a share only with its interval", () => {
    expect(shareText({ mean: 0.42, low: 0.19, high: 0.68, count: 12 })).toBe("42% (19–68%)");
    expect(shareText(null)).toBe("–");
  });
  it("never call the unknown a cause", () => {
    const rows = causeDayRows([{ day: "2026-01-01", ...none, unknown: 5, model: 1 }]);
    expect(causeDaysSummary(rows)).toBe(
      "6 failures; the most frequent known cause is “recalled, still failed” with 1.",
    );
    expect(causeDaysSummary(causeDayRows([{ day: "2026-01-01", ...none, unknown: 2 }]))).toBe(
      "2 failures, none of which the signals explain.",
    );
    expect(causeDaysSummary(causeDayRows([{ day: "2026-01-01", ...none }]))).toBe(
      "No judged outcome failed in this time.",
    );
  });
  it("are told per day as shares of its failures, each with its interval", () => {
    const [row] = causeDaysTable(causeDayRows([{ day: "2026-01-01", ...none, stale: 3, model: 7 }])).rows;
    expect(row).toEqual(["1 Jan 2026", "0", "3 · 30% (11–60%)", "0", "7 · 70% (40–89%)", "0"]);
  });
  it("leave quiet days out of the table", () => {
    const days = [
      { day: "2026-01-02", ...none, stale: 1 },
      { day: "2026-01-01", ...none },
    ];
    expect(causeDaysTable(causeDayRows(days)).rows).toEqual([
      ["2 Jan 2026", "0", "1 · 100% (21–100%)", "0", "0", "0"],
    ]);
  });
});

describe("the reliability of predictions", () => {
  const bins = [
    { predicted: 0.9, observed: 0.6, count: 100 },
    { predicted: 0.5, observed: 0, count: 0 },
    { predicted: 0.1, observed: 0.12, count: 30 },
  ];
  it("has a point for each stretch with outcomes, with Wilson's interval around it", () => {
    const rows = reliabilityRows(bins);
    expect(rows.map((row) => row.predicted)).toEqual([0.1, 0.9]);
    const interval = shareOf(60, 100);
    expect(rows[1]?.low).toBeCloseTo(interval?.low ?? 0, 4);
    expect(rows[1]?.high).toBeCloseTo(interval?.high ?? 0, 4);
    expect(rows[1]?.error[0]).toBeCloseTo(0.6 - (rows[1]?.low ?? 0), 12);
    expect(reliabilityTable(rows, "percent").rows[1]).toEqual(["90%", "60%", "50%", "69%", "100"]);
  });
  it("never reaches outside the scale, nor past what was observed", () => {
    const [none, all] = reliabilityRows([
      { predicted: 0.1, observed: 0, count: 1 },
      { predicted: 0.9, observed: 1, count: 1 },
    ]);
    expect([none?.low, none?.error[0], all?.high, all?.error[1]]).toEqual([0, 0, 1, 0]);
  });
  it("says where it promises too much, and only where the interval says so", () => {
    expect(reliabilitySummary(reliabilityRows(bins))).toBe(
      "1 of 2 stretches lie off the line: 1 promise too much, 0 too little.",
    );
    expect(reliabilitySummary(reliabilityRows(bins.slice(1)))).toMatch(/^In every stretch/);
    expect(reliabilitySummary([])).toBe("No prediction has met its outcome yet.");
  });
  it("states its scores with what they rest on", () => {
    expect(calibrationSentence({ count: 50, brier: 0.182, ece: 0.061 })).toBe(
      "A prediction is off by 6 points on average (ECE 0.061), Brier 0.182, over 50 outcomes.",
    );
    expect(calibrationSentence({ count: 0, brier: null, ece: null })).toMatch(/nothing can be said/);
  });
});
