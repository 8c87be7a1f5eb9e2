import { describe, expect, it } from "vitest";
import {
  changeTitle,
  partlyOut,
  standingOf,
  titleOnOwnPage,
  type Titled,
} from "@/components/timeline/change-title";

/** What would mislead a person: a row that speaks of one memory and takes back sixty, or that looks live and is half gone. */

const one: Titled = { op: "create", summary: "Remembered “a”", cause: { kind: "request" } };
const group = (ops: Record<string, number>, targets: number, out = { reverted: 0, suspended: 0 }) => {
  const groupSize = Object.values(ops).reduce((sum, count) => sum + count, 0);
  return { groupSize, group: { ...out, live: groupSize - out.reverted - out.suspended, targets, ops } };
};

describe("the title of a row", () => {
  it("is the sentence of the change where the row stands for one", () => {
    expect(changeTitle(one)).toBe("Remembered “a”");
    expect(changeTitle({ ...one, ...group({ create: 1 }, 1) })).toBe("Remembered “a”");
  });
  it("says what the whole group did, as one press takes all of it back", () => {
    const imported = { ...one, cause: { kind: "import" as const }, ...group({ create: 61 }, 61) };
    expect(changeTitle(imported)).toBe("Imported 61 memories");
    const judged = { ...one, op: "observe" as const, cause: { kind: "signal" as const } };
    expect(changeTitle({ ...judged, ...group({ observe: 5 }, 5) })).toBe("An outcome moved 5 memories");
    expect(changeTitle({ ...one, op: "archive", ...group({ archive: 3 }, 3) })).toBe("Archived 3 memories");
    expect(changeTitle({ ...one, op: "revert", ...group({ revert: 61 }, 61) })).toBe("Took back 61 changes");
  });
  it("tells what a cycle did by its proposals, not by the changes that they took", () => {
    const cycle = { ...one, op: "member" as const, cause: { kind: "cycle" as const } };
    expect(changeTitle({ ...cycle, ...group({ member: 4, merge: 2, tune: 1 }, 7) })).toBe(
      "Improvement cycle: 2 merges, 1 setting",
    );
    const back = { ...cycle, op: "revert" as const };
    expect(changeTitle({ ...back, ...group({ revert: 7 }, 7) })).toBe("Took back 7 changes");
  });
  it("counts what it cannot name, instead of leaving it out", () => {
    const mixed = { ...one, op: "edit" as const, summary: "Edited to “b”", ...group({ edit: 1, set: 2 }, 1) };
    expect(changeTitle(mixed)).toBe("Edited to “b”, and 2 changes with it");
  });
});

describe("a title on the memory's own page", () => {
  it("leaves out the words of the memory, which stand above", () => {
    const told = (op: string, summary: string) => titleOnOwnPage({ op, summary, targetLabel: "tea" });
    expect(told("observe", "Reinforced “tea” by 0.63")).toBe("Reinforced by 0.63");
    expect(told("revert", "Took back: Weakened “tea” by 1.00")).toBe("Took back: Weakened by 1.00");
    expect(told("set", "Set the tags of “tea”")).toBe("Set the tags");
    expect(told("member", "“tea” joined the merge “tea, coffee”")).toBe("Joined the merge “tea, coffee”");
    expect(told("merge", "Merged 2 memories into “tea”")).toBe("Merged 2 memories into this one");
    expect(told("edit", "Edited to “tea”")).toBe("Edited the text");
    expect(told("tune", "Tuned x to 1")).toBe("Tuned x to 1");
  });
});

describe("the standing of a group", () => {
  it("is live while any of it is, and tells how much is not", () => {
    const partly = { status: "reverted" as const, ...group({ create: 3 }, 3, { reverted: 1, suspended: 1 }) };
    expect(standingOf(partly)).toBe("live");
    expect(partlyOut(partly).map(({ text }) => text)).toEqual(["1 of 3 reverted", "1 of 3 suspended"]);
  });
  it("is out of force when nothing of it stands, without counting that again", () => {
    const out = { status: "reverted" as const, ...group({ create: 3 }, 3, { reverted: 3, suspended: 0 }) };
    expect(standingOf(out)).toBe("reverted");
    expect(partlyOut(out)).toEqual([]);
    expect(standingOf({ status: "suspended" })).toBe("suspended");
  });
});
