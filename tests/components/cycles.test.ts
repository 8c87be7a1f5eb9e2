import { describe, expect, it } from "vitest";
import {
  countByKind,
  figureText,
  qualityMove,
  stageCounts,
  verdictOf,
  type Cycle,
  type CycleSummary,
  type Proposal,
} from "@/components/cycles/cycle-words";
import {
  decided,
  decisionBody,
  parseComments,
  parseDecisions,
  restApproved,
  standingDecisions,
  storedComments,
  storedDecisions,
} from "@/components/cycles/decisions";
import { sourceTexts } from "@/components/merges/merge-sources";
import { largestEffectFirst } from "@/components/cycles/effect-order";
import { moveOf, scatterSummary, scatterTable } from "@/components/cycles/query-scatter-shape";
import { trendPoints, trendSummary, trendTable } from "@/components/cycles/score-trend-shape";
import { certaintyBuckets, thresholdEffect, type JudgedMerge } from "@/components/merges/threshold-shape";

const counts: Cycle["counts"] = [
  { kind: "merge", state: "waiting", count: 3 },
  { kind: "merge", state: "applied", count: 2 },
  { kind: "link", state: "applied", count: 1 },
  { kind: "merge", state: "rejected", count: 4 },
];

// Only the fields that the words are made from.
const cycleOf = (fields: Partial<Cycle>): Cycle =>
  ({ counts: [], waiting: 0, dryRun: false, state: "applied", ...fields }) as Cycle;

describe("a cycle in words", () => {
  it("counts by kind what passed its test, and nothing else", () => {
    expect(countByKind(counts)).toEqual([
      { kind: "merge", count: 5 },
      { kind: "link", count: 1 },
    ]);
  });

  it("says first what waits for a person", () => {
    expect(verdictOf(cycleOf({ counts, waiting: 3, state: "waiting" }))).toBe(
      "3 proposals wait for you, 3 are in force, 4 failed their test.",
    );
  });

  it("never calls a failure anything else, whatever it had counted", () => {
    const failedIn = (stage: "gate" | "verify") =>
      verdictOf(cycleOf({ counts, state: "failed", failure: { stage, message: "no" } }));
    expect(failedIn("gate")).toBe("It failed. Nothing was applied.");
    expect(failedIn("verify")).toBe("It failed. What it had applied was taken back.");
  });

  it("prefers what was measured last to what was predicted", () => {
    const metrics = { predicted: { ndcgDelta: 0.1, interval: null } } as Cycle["metrics"];
    const seen = { predicted: 0.1, interval: null, judged: 9, harm: 1, at: "2026-01-02T00:00:00.000Z" };
    expect(qualityMove({ metrics, watch: [] })).toMatchObject({ delta: 0.1, basis: "predicted" });
    expect(
      qualityMove({
        metrics,
        watch: [
          { ...seen, day: 1, measured: -0.2 },
          { ...seen, day: 7, measured: null },
        ],
      }),
    ).toMatchObject({ delta: -0.2, basis: "measured after 1 day" });
  });

  it("tells which way a gate compares from how it came out", () => {
    const figure = (value: number, threshold: number, passed: boolean) =>
      figureText({ name: "a", value, threshold, passed });
    expect(figure(0.98, 0.6, true)).toEqual(["0.98", "at least 0.60"]);
    expect(figure(0.5, 0.6, false)).toEqual(["0.50", "at least 0.60"]);
    expect(figure(1, 0, false)).toEqual(["1", "at most 0"]);
    expect(figure(0, 0, true)).toEqual(["0", "bound 0"]);
    expect(figure(-0.0002, 0, false)).toEqual(["−0.0002", "at least 0.0000"]);
  });

  it("leaves out of a stage what it counted as zero, unless all of it is", () => {
    expect(stageCounts({ counts: { merge: 2, settled: 0, proposals: 2 } })).toEqual([
      "2 proposals",
      "2 merges",
    ]);
    expect(stageCounts({ counts: { applied: 0, queued: 0 } })).toEqual(["0 applied"]);
    const single = { memories: 1, supersede: 1, archive: 1, queued: 1 };
    expect(stageCounts({ counts: single })).toEqual([
      "1 memory",
      "1 for review",
      "1 supersession",
      "1 to archive",
    ]);
  });
});

describe("decisions", () => {
  it("are taken back by saying the same again, and replaced by another", () => {
    const once = decided(new Map(), "p", { verdict: "approve" });
    expect(decided(once, "p", { verdict: "approve" }).size).toBe(0);
    expect(decided(once, "p", { verdict: "never" }).get("p")).toEqual({ verdict: "never" });
  });

  it("keep what was said when the rest is approved", () => {
    const said = decided(new Map(), "a", { verdict: "decline" });
    expect([...restApproved(said, ["a", "b"])]).toEqual([
      ["a", { verdict: "decline" }],
      ["b", { verdict: "approve" }],
    ]);
  });

  it("are sent under their verdicts, edits with the approved alone", () => {
    const all = new Map([
      ["a", { verdict: "approve", content: "another text" }],
      ["b", { verdict: "decline" }],
      ["c", { verdict: "never" }],
    ] as const);
    expect(decisionBody(all)).toEqual({
      approve: ["a"],
      decline: ["b"],
      never: ["c"],
      edits: { a: { content: "another text" } },
    });
  });

  it("survive the storage of the tab, and nonsense in it", () => {
    const said = decided(new Map(), "a", { verdict: "approve", content: "x" });
    expect(parseDecisions(storedDecisions(said))).toEqual(said);
    expect(parseDecisions('[["a",{"verdict":"maybe"}],7]').size).toBe(0);
    expect(parseDecisions("{").size).toBe(0);
  });

  it("fall away once somebody else decided", () => {
    const said = decided(new Map(), "a", { verdict: "approve" });
    const other = { id: "a", state: "declined" } as Proposal;
    expect(standingDecisions(said, [other]).size).toBe(0);
  });
});

describe("sources of a proposed merge", () => {
  const targets = ["First one", "Second one"].map((label, index) => ({
    type: "memory" as const,
    id: String(index),
    label,
  }));

  it("are read line by line, and by their beginnings where one has several lines", () => {
    expect(sourceTexts({ before: "First one\nSecond one", targets })).toEqual(["First one", "Second one"]);
    expect(sourceTexts({ before: "First one\nwith more\nSecond one", targets })).toEqual([
      "First one\nwith more",
      "Second one",
    ]);
  });

  it("are their labels where the text cannot be told apart", () => {
    expect(sourceTexts({ before: null, targets })).toEqual(["First one", "Second one"]);
    expect(sourceTexts({ before: "a\nb\nc", targets })).toEqual(["First one", "Second one"]);
  });
});

describe("the threshold of merges", () => {
  const merges: readonly JudgedMerge[] = [
    { certainty: 0.7, verdict: "declined" },
    { certainty: 0.9, verdict: "accepted" },
    { certainty: 0.92, verdict: "declined" },
    { certainty: 0.97, verdict: "accepted" },
    { certainty: 1, verdict: "open" },
  ];

  it("tells what a lower one would have merged, and how much of that was declined", () => {
    expect(thresholdEffect(merges, 0.97, 0.9)).toBe("Would merge 2 more by itself, of which you declined 1.");
  });

  it("tells what a higher one would have asked about", () => {
    expect(thresholdEffect(merges, 0.97, 1.01)).toBe(
      "Would ask about 2 more instead of merging them, of which you declined 0.",
    );
  });

  it("loses no merge on its axis, however sure or unsure", () => {
    const all = certaintyBuckets([...merges, { certainty: 0.1, verdict: "open" }]);
    expect(all.reduce((sum, { accepted, declined, open }) => sum + accepted + declined + open, 0)).toBe(6);
    expect(all.at(-1)).toMatchObject({ accepted: 0, open: 1 });
  });
});

describe("the order of a review", () => {
  const moving = (id: string, affected: number, ndcgDelta: number | null) =>
    ({ id, predicted: { affected, ndcgDelta, interval: null, queries: [] } }) as unknown as Proposal;

  it("by effect puts those that move the most queries first, and the furthest among equals", () => {
    const all = [moving("a", 1, null), moving("b", 4, 0.1), moving("c", 4, -0.3), moving("d", 9, 0)];
    expect(largestEffectFirst(all).map(({ id }) => id)).toEqual(["d", "c", "b", "a"]);
  });
});

describe("what is sent of a review", () => {
  it("holds the sources that are kept, and comments on what was decided alone", () => {
    const decisions = new Map([["a", { verdict: "approve" as const, sources: ["x", "y"] }]]);
    const comments = new Map([
      ["a", "same thing"],
      ["b", "not sure yet"],
    ]);
    expect(decisionBody(decisions, comments)).toEqual({
      approve: ["a"],
      edits: { a: { sources: ["x", "y"] } },
      reasons: { a: "same thing" },
    });
    expect(parseComments(storedComments(comments))).toEqual(comments);
    expect(parseComments("[1, [2]]")).toEqual(new Map());
  });
});

describe("plots of cycles", () => {
  const query = (ndcgBefore: number, ndcgAfter: number) => ({
    retrievalId: "r",
    query: "q",
    ndcgBefore,
    ndcgAfter,
  });

  it("tell by query what gets better and what worse, as a sentence and as a table", () => {
    const queries = [query(1, 0.5), query(0.2, 0.8), query(0.4, 0.402)];
    expect(queries.map(moveOf)).toEqual(["loss", "gain", "same"]);
    expect(scatterSummary(queries)).toBe(
      "Of 3 judged queries with another list, 1 would get better and 1 worse.",
    );
    expect(scatterTable(queries).rows[0]).toEqual(["q", "1.00", "0.50", "−0.50"]);
  });

  it("follow the cycles that found judged recalls, oldest first, with those that were taken back", () => {
    const metrics = (mean: number | null) => ({
      before: {
        ndcg: mean === null ? null : { mean, low: mean - 0.7, high: mean + 0.1, count: 9 },
        mrr: null,
      },
      control: { ndcg: null, mrr: null },
    });
    const cycles = [
      { id: "3", number: 3, state: "applied", dryRun: false, metrics: metrics(0.8) },
      { id: "2", number: 2, state: "reverted", dryRun: false, metrics: metrics(0.6) },
      { id: "d", number: 4, state: "cancelled", dryRun: true, metrics: metrics(0.9) },
      { id: "1", number: 1, state: "applied", dryRun: false, metrics: metrics(null) },
    ] as unknown as readonly CycleSummary[];
    const points = trendPoints(cycles);
    expect(points.map(({ number, low }) => [number, low])).toEqual([
      [2, 0],
      [3, expect.closeTo(0.1, 5)],
    ]);
    expect(trendSummary(points)).toContain("1 cycle was taken back since.");
    expect(trendTable(points).rows.map((row) => row.at(-1))).toEqual(["reverted", "applied"]);
  });
});
