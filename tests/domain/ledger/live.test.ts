import { describe, expect, it } from "vitest";

import { changeId, memoryId, millis, seqOf } from "@/lib/domain/ids";
import { draft } from "@/lib/domain/ledger/draft";
import { liveChanges } from "@/lib/domain/ledger/live";
import { scenario } from "@/tests/support/scenario";
import type { Change, Draft } from "@/lib/domain/ledger/change";

const head = (id: string) => {
  const { heads } = scenario();
  return { ...heads()(), id: changeId(id) };
};
const placed = (drafts: readonly Draft[]): Change[] =>
  drafts.map((d, i) => ({ ...d, seq: seqOf(i + 1), at: millis(0) }) as Change);

const pin = draft.pin(head("c0"), { id: memoryId("m"), createdBy: changeId("absent") });
const alone: Draft = { ...pin, dependsOn: [] };

/** A change, its revert, the revert of that, and so on. */
function toggled(times: number): Change[] {
  const drafts = [alone];
  for (let i = 1; i <= times; i += 1) {
    drafts.push(draft.revert(head(`c${i}`), { id: changeId(`c${i - 1}`), target: alone.target }));
  }
  return placed(drafts);
}

describe("what is live", () => {
  it("alternates with every undo and redo", () => {
    const first = [0, 1, 2, 3, 4].map((times) => liveChanges(toggled(times)).some((c) => c.id === "c0"));
    expect(first).toEqual([true, false, true, false, true]);
  });

  it("is told of twenty thousand undos and redos in turn", () => {
    const live = liveChanges(toggled(20_000));
    expect(live.map((c) => c.seq)).toEqual(Array.from({ length: 10_001 }, (_, i) => 2 * i + 1));
  });

  it("is given in seq order, whatever the order of the rows", () => {
    const changes = toggled(4);
    expect(liveChanges([...changes].reverse())).toEqual(liveChanges(changes));
  });

  it("refuses a ledger in which a change depends on itself", () => {
    const circle = placed([
      { ...alone, dependsOn: [changeId("c1")] },
      { ...alone, id: changeId("c1"), dependsOn: [changeId("c0")] },
    ]);
    expect(() => liveChanges(circle)).toThrow("depends on itself");
  });
});

describe("the status of a change", () => {
  it("is reverted rather than suspended where both hold, and suspended again when the revert goes", async () => {
    const { remember, pin, revert, status } = scenario();
    const memory = await remember("a");
    const flag = await pin(memory);
    const undo = await revert(flag);
    await revert(memory);
    expect(status(flag)).toBe("reverted");
    await revert(...undo);
    expect(status(flag)).toBe("suspended");
  });
});
