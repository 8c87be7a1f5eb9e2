import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  waterfallRows,
  waterfallSummary,
  waterfallTable,
  type WaterfallStep,
} from "@/components/charts/waterfall-shape";

function stepsFrom(deltas: readonly number[]): readonly WaterfallStep[] {
  let confidence = 0.5;
  const prior = { changeId: null, label: "Prior", delta: confidence, confidence };
  return [
    prior,
    ...deltas.map((delta, index) => {
      confidence += delta;
      return { changeId: `c${index}`, label: `step ${index}`, delta, confidence };
    }),
  ];
}

describe("a waterfall", () => {
  const rows = waterfallRows(stepsFrom([0.2, -0.1]), 10);

  it("starts at the prior, steps from where the last step ended, and ends at now", () => {
    expect(rows.map((row) => row.kind)).toEqual(["start", "up", "down", "now"]);
    const bars = rows.map((row) => [row.from, row.to].map((edge) => Math.round(edge * 100)));
    expect(bars).toEqual([
      [0, 50],
      [50, 70],
      [60, 70],
      [0, 60],
    ]);
  });
  it("is summed up by its ends and its largest step", () => {
    expect(waterfallSummary(rows, "percent")).toBe(
      "From 50% before any evidence to 60% now; the largest step is “step 0” with +20 pt.",
    );
    expect(waterfallSummary([], "percent")).toBe("No evidence yet.");
    expect(waterfallTable(rows, "percent").rows).toEqual([
      ["Prior", "–", "50%"],
      ["step 0", "+20 pt", "70%"],
      ["step 1", "−10 pt", "60%"],
      ["Now", "–", "60%"],
    ]);
  });
  it("is empty without steps", () => {
    expect(waterfallRows([], 10)).toEqual([]);
  });
  it("folds small neighbours, keeps the largest, and still adds up", () => {
    const folded = waterfallRows(stepsFrom([0.001, 0.002, 0.2, -0.001, 0.001, 0.001, -0.1]), 4);
    expect(folded.map((row) => row.label)).toEqual([
      "Prior",
      "2 smaller steps",
      "step 2",
      "3 smaller steps",
      "step 6",
      "Now",
    ]);
  });
  it("ends where the steps end, however they are folded", () => {
    const deltas = fc.array(fc.double({ min: -0.02, max: 0.02, noNaN: true }), { maxLength: 24 });
    fc.assert(
      fc.property(deltas, fc.integer({ min: 1, max: 12 }), (moves, maxSteps) => {
        const steps = stepsFrom(moves);
        const shown = waterfallRows(steps, maxSteps);
        const sum = shown.reduce((total, row) => total + row.delta, 0);
        expect(sum).toBeCloseTo(steps.at(-1)?.confidence ?? 0, 9);
        expect(shown.length).toBeLessThanOrEqual(moves.length + 2);
      }),
      { seed: 11, numRuns: 200 },
    );
  });
});
