/** One memory against a real database: now, and as the ledger had it at any earlier point (law 7). */
import { beforeEach, describe, expect, it } from "vitest";

import { createMemory } from "@/lib/commands/create-memory";
import { tuneParameter } from "@/lib/commands/tune-parameter";
import { updateMemory } from "@/lib/commands/update-memory";
import type { MemoryOut } from "@/lib/contracts/memory";
import { getMemory } from "@/lib/queries/memory";
import { contest, ids, merge, observe, purge, revertAll } from "../support/acts";
import { answered, refusal } from "../support/answers";
import { DAY, freshWorkspace, HOUR, type TestWorkspace } from "../support/workspace";

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await freshWorkspace();
});

const get = async (id: string, asOf?: string) =>
  answered("memories.get", await getMemory(workspace.owner, { id, asOf }));
const create = async (content: string) => {
  const { memory, changes } = await createMemory(workspace.owner, { content });
  return { id: memory.id, change: changes[0]?.id ?? "" };
};

describe("a memory", () => {
  it("answers as it is now", async () => {
    const { id } = await create("tea");
    expect(await get(id)).toMatchObject({ memory: { id, content: "tea", confidence: 0.5 } });
  });

  it("that is deleted still answers, and says so", async () => {
    const { id } = await create("tea");
    await updateMemory(workspace.owner, { id, lifecycle: "deleted" });
    expect((await get(id)).memory.lifecycle).toBe("deleted");
  });

  it("whose creation was taken back is not found and names the revert", async () => {
    const { id, change } = await create("tea");
    const [revert] = await revertAll(workspace.owner, [change]);
    expect(await refusal(get(id))).toMatchObject({ code: "not_found", extra: { revertedBy: revert?.id } });
  });

  it("that was erased is gone, also from every earlier point", async () => {
    const { id } = await create("tea");
    await purge(workspace.owner, id);
    expect((await refusal(get(id))).code).toBe("erased");
    expect((await refusal(get(id, "1"))).code).toBe("erased");
  });

  it.each(["no-id", "00000000-0000-0000-0000-000000000001"])(
    "with the unknown id %s is not found",
    async (id) => {
      expect((await refusal(get(id))).code).toBe("not_found");
      expect((await refusal(get(id, "0"))).code).toBe("not_found");
    },
  );

  it("is not found from another workspace", async () => {
    const { id } = await create("tea");
    const other = await freshWorkspace();
    expect((await refusal(getMemory(other.owner, { id }))).code).toBe("not_found");
    expect((await refusal(getMemory(other.owner, { id, asOf: "0" }))).code).toBe("not_found");
  });
});

describe("a memory as of an earlier point", () => {
  it("equals what was read then, after every kind of change, edits, merges and reverts of reverts among them", async () => {
    const { owner, clock } = workspace;
    const tea = await create("tea");
    const coffee = await create("coffee");
    const seen: { id: string; seq: number; memory: MemoryOut }[] = [];
    const acts = [
      () => updateMemory(owner, { id: tea.id, content: "green tea", tags: ["drink"], pinned: true }),
      () => observe(owner, tea.id, [3_000_000, 0]),
      () => contest(owner, coffee.id, tea.id),
      () => updateMemory(owner, { id: tea.id, supersededBy: coffee.id }),
      () => tuneParameter(owner, { name: "learning.prior.beta", value: 6 }),
      async () => void (await merge(owner, [tea.id, coffee.id], "hot drinks")),
      () => observe(owner, coffee.id, [0, 1_000_000]),
      () => revertAll(owner, [coffee.change]),
      () =>
        updateMemory(owner, { id: tea.id, metadata: { a: 1 }, invalidAt: "2027-01-01", kind: "preference" }),
      async () => void (await revertAll(owner, ids(await revertAll(owner, [tea.change])))),
    ];
    for (const act of acts) {
      await act();
      for (const { id } of [tea, coffee]) {
        const now = await getMemory(owner, { id }).catch(() => null);
        const seq = await headOf();
        if (now !== null) seen.push({ id, seq, memory: now.memory });
      }
      clock.advance(DAY);
    }
    expect(seen.length).toBeGreaterThan(14);
    for (const { id, seq, memory } of seen) {
      const { seq: _seq, updatedAt: _at, ...then } = (await get(id, String(seq))).memory;
      const { seq: _nowSeq, updatedAt: _nowAt, ...expected } = memory;
      expect(then).toEqual(expected);
    }
  });

  it("is found by a time as well: whatever the ledger held at that time, read by that clock", async () => {
    const { owner, clock } = workspace;
    const { id } = await create("one");
    clock.advance(HOUR);
    const atTwo = clock.now();
    await updateMemory(owner, { id, content: "two" });
    clock.advance(HOUR);
    await updateMemory(owner, { id, content: "three" });
    const contentAt = async (at: number) => (await get(id, new Date(at).toISOString())).memory.content;
    expect(await contentAt(atTwo - 1)).toBe("one");
    expect(await contentAt(atTwo)).toBe("two");
    expect(await contentAt(atTwo + HOUR - 1)).toBe("two");
    expect(await contentAt(atTwo + 9 * DAY)).toBe("three");
    expect((await get(id, new Date(atTwo).toISOString())).seq).toBe(2);
  });

  it("fades by the clock of that time", async () => {
    const { id } = await create("tea");
    await observe(workspace.owner, id, [8_000_000, 0]);
    const then = workspace.clock.now();
    workspace.clock.advance(180 * DAY);
    expect((await get(id)).memory.confidence).toBeCloseTo(6 / 8);
    expect((await get(id, "2")).memory.confidence).toBeCloseTo(10 / 12);
    expect((await get(id, new Date(then + 180 * DAY).toISOString())).memory.confidence).toBeCloseTo(6 / 8);
  });

  it("was not there before its creation, nor while it was taken back", async () => {
    await create("other");
    const { id, change } = await create("tea");
    const [revert] = await revertAll(workspace.owner, [change]);
    expect(await refusal(get(id, "1"))).toMatchObject({ code: "not_found", extra: { createdAtSeq: 2 } });
    expect((await get(id, "2")).memory.content).toBe("tea");
    expect(await refusal(get(id, "3"))).toMatchObject({
      code: "not_found",
      extra: { revertedBy: revert?.id },
    });
  });

  it.each(["soon", "-1", "2026-99-99", "1.5", ""])(
    "refuses %j, which is no point of a ledger",
    async (asOf) => {
      const { id } = await create("tea");
      expect(await refusal(get(id, asOf))).toMatchObject({
        code: "invalid_input",
        fields: [{ path: "asOf" }],
      });
    },
  );

  it("refuses a seq that the ledger has not reached", async () => {
    const { id } = await create("tea");
    expect(await refusal(get(id, "2"))).toMatchObject({ code: "invalid_input", fields: [{ path: "asOf" }] });
  });
});

async function headOf(): Promise<number> {
  const { memory } = await createMemory(workspace.owner, { content: `marker ${Math.random()}` });
  return memory.seq;
}
