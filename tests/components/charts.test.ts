import { describe, expect, it } from "vitest";
import { describeGroup, groupAnnotations, type Annotation } from "@/components/charts/annotations";
import { bandRows, bandSummary, bandTable } from "@/components/charts/confidence-band-shape";
import {
  eventKindOf,
  kindsIn,
  trendRows,
  trendSummary,
  trendTable,
} from "@/components/charts/confidence-trend-shape";
import { eventKinds, eventLook, shapePath } from "@/components/charts/event-kinds";
import { flowRows, flowSummary, flowTable, flowTotals } from "@/components/charts/flow-shape";
import {
  bucketAt,
  histogramSummary,
  histogramTable,
  outlinePoints,
} from "@/components/charts/histogram-shape";
import { pulseLanes, pulseSummary, pulseTable } from "@/components/charts/pulse-shape";
import { sparklineShape } from "@/components/charts/sparkline-shape";
import { timeTicks } from "@/components/charts/time-axis";

const at = (day: number) => new Date(Date.UTC(2026, 0, day)).toISOString();
const point = (day: number, confidence: number, op = "observe") => ({
  at: at(day),
  confidence,
  low: confidence - 0.1,
  high: confidence + 0.1,
  changeId: `c${day}`,
  op,
});

describe("the trend of one memory", () => {
  const points = [point(3, 0.4), point(1, 0.5, "create"), point(2, 0.6)];
  const rows = trendRows(points, [{ at: at(9), confidence: 0.45 }]);

  it("is in order of time and tells evidence for from evidence against", () => {
    expect(rows.map((row) => row.kind)).toEqual(["created", "gain", "loss", null]);
    expect(rows.map((row) => row.confidence)).toEqual([0.5, 0.6, 0.4, null]);
  });
  it("lets the forecast start where the history ends", () => {
    expect(rows.map((row) => row.forecast)).toEqual([null, null, 0.4, 0.45]);
  });
  it("draws no forecast where there is none", () => {
    expect(trendRows(points, []).every((row) => row.forecast === null)).toBe(true);
  });
  it("does not change the rows it was given", () => {
    expect(points.map((given) => given.confidence)).toEqual([0.4, 0.5, 0.6]);
  });
  it("is summed up in a sentence, and tabled newest first", () => {
    expect(trendSummary(rows, "percent")).toBe("Since 1 Jan 2026 it fell from 50% to 40% over 3 changes.");
    expect(trendSummary([], "percent")).toBe("No confidence is recorded yet.");
    expect(trendTable(rows, "ten").rows.map((cells) => cells.slice(1))).toEqual([
      ["Evidence against", "4.0", "3.0–5.0", "−2.00"],
      ["Evidence for", "6.0", "5.0–7.0", "+1.00"],
      ["Created", "5.0", "4.0–6.0", "0.00"],
    ]);
  });
  it("names in its legend what occurs, once", () => {
    expect(kindsIn(rows)).toEqual(["created", "gain", "loss"]);
    expect(eventKindOf("quarantine", 0)).toBe("other");
    expect(eventKindOf("observe", 0)).toBe("gain");
  });
});

describe("kinds of events", () => {
  it("differ in shape or colour from every other, and have a path", () => {
    const looks = eventKinds.map((kind) => `${eventLook[kind].shape} ${eventLook[kind].color}`);
    expect(new Set(looks).size).toBe(eventKinds.length);
    for (const kind of eventKinds) expect(shapePath(eventLook[kind].shape, 4)).toMatch(/^M/);
  });
});

describe("annotations", () => {
  const mark = (atMs: number): Annotation => ({ atMs, kind: "merged", label: `at ${atMs}` });
  const asPixels = (atMs: number) => atMs;

  it("closer than the gap become one, in order of time", () => {
    const groups = groupAnnotations([mark(40), mark(0), mark(11), mark(12)], asPixels, 12);
    expect(groups.map((group) => group.members.map((member) => member.atMs))).toEqual([[0, 11], [12], [40]]);
  });
  it("do not chain: a group is never wider than the gap", () => {
    const groups = groupAnnotations([0, 8, 16, 24].map(mark), asPixels, 12);
    expect(groups.map((group) => group.x)).toEqual([0, 16]);
  });
  it("say how many they are", () => {
    const [pair, single] = groupAnnotations([mark(0), mark(5), mark(50)], asPixels, 12);
    expect([pair && describeGroup(pair), single && describeGroup(single)]).toEqual([
      "2 changes: at 0; at 5",
      "at 50",
    ]);
  });
});

describe("the band of all memories", () => {
  const day = (name: string, p50: number, memories = 10) => ({
    day: name,
    p10: p50 - 0.2,
    p50,
    p90: p50 + 0.2,
    memories,
  });

  it("is broken, not zero, on a day without memories", () => {
    const rows = bandRows([day("2026-01-02", 0, 0), day("2026-01-01", 0.5)]);
    expect(rows.map((row) => row.median)).toEqual([0.5, null]);
    expect(rows.map((row) => row.spread)).toEqual([[0.3, 0.7], null]);
    expect(bandTable(rows, "percent").rows[1]).toEqual(["2 Jan 2026", "–", "–", "–", "0"]);
  });
  it("is summed up by its first and last median", () => {
    expect(bandSummary(bandRows([day("2026-01-01", 0.5), day("2026-01-02", 0.6)]), "percent")).toBe(
      "The median confidence rose from 50% to 60%.",
    );
    expect(bandSummary(bandRows([day("2026-01-01", 0.5)]), "ten")).toBe(
      "The median confidence stayed at 5.0.",
    );
    expect(bandSummary([], "percent")).toBe("No memories in this time.");
  });
});

describe("the flow per day", () => {
  const day = { day: "2026-01-01", added: 5, restored: 1, merged: 2, archived: 0, deleted: 1, reverted: 3 };

  it("goes up with what came in and down with what went out", () => {
    expect(flowRows([day])[0]).toMatchObject({
      added: 5,
      restored: 1,
      merged: -2,
      deleted: -1,
      reverted: -3,
    });
  });
  it("has no negative zero, which would be printed with a sign", () => {
    expect(Object.is(flowRows([day])[0]?.archived, 0)).toBe(true);
  });
  it("adds up", () => {
    expect(flowTotals([day, day]).reverted).toBe(6);
    expect(flowSummary([day])).toBe("6 came in and 6 went out: 0 in all.");
    expect(flowSummary([])).toBe("Nothing came in or went out in this time.");
    expect(flowTable([day]).rows).toEqual([["1 Jan 2026", "5", "1", "2", "0", "1", "3"]]);
  });
});

describe("the histogram", () => {
  const buckets = [
    { from: 0.5, to: 1, now: 6, before: 2 },
    { from: 0, to: 0.5, now: 4, before: 8 },
  ];

  it("is an outline that holds each count to the bucket's upper edge", () => {
    expect(outlinePoints(buckets)).toEqual([
      { edge: 0, now: 4, before: 8 },
      { edge: 0.5, now: 6, before: 2 },
      { edge: 1, now: 6, before: 2 },
    ]);
    expect(outlinePoints([])).toEqual([]);
  });
  it("finds the bucket of a confidence, the upper end included in the last one only", () => {
    expect([0, 0.499, 0.5, 1].map((confidence) => bucketAt(buckets, confidence)?.from)).toEqual([
      0, 0, 0.5, 0.5,
    ]);
    expect([-0.1, 1.2].map((confidence) => bucketAt(buckets, confidence))).toEqual([undefined, undefined]);
  });
  it("is summed up against before, when there was a before", () => {
    expect(histogramSummary(buckets, "percent")).toBe(
      "60% of the memories are believed at 50% or more, +40.0 pt against before.",
    );
    expect(histogramSummary([{ from: 0.5, to: 1, now: 1, before: 0 }], "ten")).toBe(
      "100% of the memories are believed at 5.0 or more.",
    );
    expect(histogramSummary([], "percent")).toBe("No memories yet.");
    expect(histogramTable(buckets, "percent").rows[0]).toEqual(["50% to 100%", "6", "2"]);
  });
});

describe("a sparkline", () => {
  const box = { width: 10, height: 10, padding: 0 };

  it("spans the box, its highest reading on top", () => {
    expect(sparklineShape([0, 10], box).path).toBe("M0,10L10,0");
    expect(sparklineShape([0, 10], box).last).toEqual({ x: 10, y: 0 });
  });
  it("lies in the middle when all readings are alike", () => {
    expect(sparklineShape([3, 3], box).path).toBe("M0,5L10,5");
  });
  it("breaks where a reading is missing", () => {
    expect(sparklineShape([0, null, 10], box).path).toBe("M0,10M10,0");
  });
  it("draws nothing for nothing", () => {
    expect(sparklineShape([], box)).toEqual({ path: "", area: "", last: null });
    expect(sparklineShape([null], box).last).toBeNull();
  });
  it("keeps to a scale that is given", () => {
    expect(sparklineShape([0.5], box, [0, 1]).last).toEqual({ x: 0, y: 5 });
  });
});

describe("the pulse of the loop", () => {
  const days = [
    { day: "2026-01-02", signals: 4, credited: 8, moved: 3, ranksChanged: 0 },
    { day: "2026-01-01", signals: 1, credited: 1, moved: 1, ranksChanged: 0 },
  ];
  const lanes = pulseLanes(days, [{ stage: "ranksChanged", message: "flat" }]);

  it("has a lane per stage, in the order things happen, each with its own peak", () => {
    expect(lanes.map((lane) => [lane.stage, lane.total, lane.peak])).toEqual([
      ["signals", 5, 4],
      ["credited", 9, 8],
      ["moved", 4, 3],
      ["ranksChanged", 0, 0],
    ]);
    expect(lanes[0]?.counts.map((count) => count.day)).toEqual(["2026-01-01", "2026-01-02"]);
  });
  it("carries an alarm on the lane it is about", () => {
    expect(lanes.map((lane) => lane.alarm)).toEqual([null, null, null, "flat"]);
    expect(pulseSummary(lanes)).toBe("5 signals led to 0 changed rankings; one stage needs attention.");
  });
  it("says so when nothing arrived", () => {
    expect(pulseSummary(pulseLanes([], []))).toBe(
      "No signal arrived in this time, so nothing could be learned.",
    );
    expect(pulseTable(days).rows[0]).toEqual(["1 Jan 2026", "1", "1", "1", "0"]);
  });
});

describe("ticks of a time axis", () => {
  it("include both ends and keep even steps", () => {
    expect(timeTicks(0, 100, 5)).toEqual([0, 25, 50, 75, 100]);
  });
  it("are one when the axis is a point", () => {
    expect(timeTicks(7, 7, 5)).toEqual([7]);
  });
});
