/** The brush over the density strip from the keyboard, the list cut into days, and what a revert beside the page says of itself. */
import { describe, expect, it } from "vitest";

import { brushKey, describeBrush, stretchOf } from "@/components/timeline/density-brush";
import { shownMarks } from "@/components/timeline/density-shape";
import { checkSentence, jobTitle, stageOf, type RevertJob } from "@/components/timeline/follow-job";
import { itemsOf } from "@/components/timeline/timeline-items";
import type { TimelineChange } from "@/components/timeline/change-row";

const HOUR = 3_600_000;
const bars = [4, 0, 2, 9].map((count, hour) => ({
  fromMs: hour * HOUR,
  toMs: (hour + 1) * HOUR,
  count,
  reverts: hour === 3 ? 1 : 0,
  merges: hour >= 2 ? 2 : 0,
  tunes: 0,
  cycles: hour === 2 ? 1 : 0,
}));
const press = (key: string, brush: Parameters<typeof brushKey>[1], shiftKey = false) =>
  brushKey({ key, shiftKey }, brush, bars.length);

describe("the brush", () => {
  it("begins at the newest bar, moves by arrows, and stays on the strip", () => {
    expect(press("ArrowLeft", null)).toEqual({ from: 3, to: 3 });
    expect(press("ArrowLeft", { from: 3, to: 3 })).toEqual({ from: 2, to: 2 });
    expect(press("ArrowRight", { from: 3, to: 3 })).toEqual({ from: 3, to: 3 });
    expect(press("Home", { from: 3, to: 3 })).toEqual({ from: 0, to: 0 });
  });

  it("is stretched with Shift from where it was begun, in both directions", () => {
    expect(press("ArrowLeft", { from: 2, to: 2 }, true)).toEqual({ from: 2, to: 1 });
    expect(press("ArrowRight", { from: 2, to: 1 }, true)).toEqual({ from: 2, to: 2 });
    expect(press("Home", { from: 2, to: 1 }, true)).toEqual({ from: 2, to: 0 });
  });

  it("narrows on Enter, lets go on Escape, and leaves every other key alone", () => {
    expect(press("Enter", null)).toBe("apply");
    expect(press("Escape", { from: 1, to: 2 })).toBe("clear");
    expect(press("Escape", null)).toBeNull();
    expect(press("j", { from: 1, to: 2 })).toBeNull();
  });

  it("covers whole bars, whichever end moved, and says what is in them", () => {
    const stretch = { from: new Date(HOUR).toISOString(), to: new Date(4 * HOUR).toISOString() };
    expect(stretchOf(bars, { from: 3, to: 1 })).toEqual(stretch);
    expect(stretchOf(bars, { from: 1, to: 3 })).toEqual(stretch);
    expect(describeBrush(bars, { from: 3, to: 1 })).toMatch(/: 11 changes, 1 cycle, 1 revert, 4 merges$/u);
  });
});

describe("the marks above the strip", () => {
  it("name the most telling of what happened in a bar, and nothing where all was everyday", () => {
    expect([...shownMarks(bars, 1)]).toEqual([
      [2, "cycle"],
      [3, "reverted"],
    ]);
  });

  it("never stand closer together than asked", () => {
    expect([...shownMarks(bars, 2)]).toEqual([[2, "cycle"]]);
  });
});

it("the list has a heading per day and knows where each day begins and ends", () => {
  const at = ["2026-03-02T12:00:00Z", "2026-03-02T11:00:00Z", "2026-02-27T12:00:00Z"];
  // Of a change the list reads its id and time.
  const changes = at.map((time, n) => ({ id: `c${n}`, at: time }) as TimelineChange);
  expect(
    itemsOf(changes).map((item) =>
      item.kind === "day" ? "day" : [item.index, item.isFirst, item.isLast].join(" "),
    ),
  ).toEqual(["day", "0 true false", "1 false true", "day", "2 true true"]);
});

describe("a revert beside the page", () => {
  const job: RevertJob = {
    id: "j",
    state: "running",
    stage: "choosing",
    done: 0,
    total: null,
    startedAt: "",
    endedAt: null,
    reason: null,
    groupId: null,
    reverted: 0,
    suspended: 0,
    resumed: 0,
    check: null,
    error: null,
  };
  const check = { ok: true, changes: 4000, targets: 3000, indexed: 2900, mismatches: [] };

  it("says how far it is", () => {
    expect(jobTitle(job)).toBe("Taking changes back");
    expect(jobTitle({ ...job, stage: "writing", total: 4000 })).toBe("Taking back 4,000 changes");
    const checking = { ...job, stage: "checking", reverted: 4000, done: 500, total: 3000 } as const;
    expect(stageOf(checking)).toBe("Checking what it touched: 500 of 3,000");
  });

  it("ends with what was verified, or with what was not as it should be", () => {
    const done = { ...job, state: "done", stage: "done", reverted: 4000, suspended: 2, check } as const;
    expect(jobTitle(done)).toBe("Reverted 4,000 changes, 2 suspended with them");
    expect(checkSentence(done)).toMatch(
      /^Verified: .*4,000 new changes.*3,000 targets.*search index agree\.$/u,
    );
    expect(checkSentence({ check: { ...check, indexed: null } })).not.toContain("index");
    expect(checkSentence({ check: { ...check, ok: false, mismatches: ["one"] } })).toContain("1 difference");
    expect(jobTitle({ ...job, state: "failed" })).toBe("Nothing was taken back");
  });
});
