import { describe, expect, it } from "vitest";
import {
  countByKind,
  figureText,
  qualityMove,
  stageCounts,
  verdictOf,
  type Cycle,
  type Proposal,
} from "@/components/cycles/cycle-words";
import {
  decided,
  decisionBody,
  parseDecisions,
  restApproved,
  standingDecisions,
  storedDecisions,
} from "@/components/cycles/decisions";
import { sourceTexts } from "@/components/merges/merge-sources";
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
  });

  it("leaves out of a stage what it counted as zero, unless all of it is", () => {
    expect(stageCounts({ counts: { merge: 2, settled: 0, proposals: 2 } })).toEqual([
      "2 proposals",
      "2 merges",
    ]);
    expect(stageCounts({ counts: { applied: 0, queued: 0 } })).toEqual(["0 applied"]);
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
