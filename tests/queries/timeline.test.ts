/** The timeline, one memory's history and one change, against a real database. */
import { v7 as uuidv7 } from "uuid";
import { beforeEach, describe, expect, it } from "vitest";

import { createMemories, createMemory } from "@/lib/commands/create-memory";
import { recordSignal } from "@/lib/commands/record-signal";
import { revert } from "@/lib/commands/revert";
import { tuneParameter } from "@/lib/commands/tune-parameter";
import { updateMemory } from "@/lib/commands/update-memory";
import { getChange } from "@/lib/queries/change";
import { memoryHistory } from "@/lib/queries/history";
import { listChanges } from "@/lib/queries/timeline";
import { archiveFor, contest, ids, merge, observe, purge, revertAll, signal } from "../support/acts";
import { answered, refusal } from "../support/answers";
import { DAY, freshWorkspace, HOUR, type TestWorkspace } from "../support/workspace";

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await freshWorkspace();
});

type Asked = Parameters<typeof listChanges>[1];
const list = async (asked: Asked = {}) => answered("changes.list", await listChanges(workspace.owner, asked));
async function seqs(asked: Asked): Promise<number[]> {
  const { items, total } = await list(asked);
  expect(total).toBe(items.length);
  return items.map((c) => c.seq);
}
const create = async (content: string, more: object = {}) => {
  const { memory, changes } = await createMemory(workspace.owner, { content, ...more });
  return { id: memory.id, change: changes[0]?.id ?? "" };
};

describe("the timeline", () => {
  it("is newest first, paged by cursor, with the exact number of changes", async () => {
    for (const content of ["a", "b", "c", "d", "e"]) await create(content);
    const pages = [await list({ limit: 2 })];
    for (let next = pages[0]?.nextCursor; next; next = pages.at(-1)?.nextCursor)
      pages.push(await list({ limit: 2, cursor: next }));
    expect(pages.map((p) => p.items.map((c) => c.seq))).toEqual([[5, 4], [3, 2], [1]]);
    expect(pages.map((p) => p.total)).toEqual([5, 5, 5]);
    expect(pages.map((p) => p.density !== undefined)).toEqual([true, false, false]);
  });

  it("of an empty workspace is empty", async () => {
    expect(await list()).toEqual({ items: [], nextCursor: null, total: 0, density: [] });
    expect(await list({ op: "create" })).toEqual({ items: [], nextCursor: null, total: 0, density: [] });
  });

  it("finds what was written to a target and what names it", async () => {
    const [one, two] = [await create("one"), await create("two")];
    const { result } = await merge(workspace.owner, [one.id, two.id], "both");
    await contest(workspace.owner, one.id, two.id);
    expect(await seqs({ target: one.id })).toEqual([6, 4, 1]);
    expect(await seqs({ target: two.id })).toEqual([6, 5, 2]);
    expect(await seqs({ target: result })).toEqual([5, 4, 3]);
    expect(await seqs({ target: "nothing" })).toEqual([]);
  });

  it("narrows by op, actor, source, session, group, signal and status, each alone and together", async () => {
    const { owner, ordinary } = workspace;
    const tea = await create("tea", { source: { channel: "chat" }, scope: { sessionId: "s1" } });
    const { changes } = await updateMemory(ordinary, { id: tea.id, pinned: true, kind: "preference" });
    await observe(owner, tea.id, [1_000_000, 0]);
    const [pin] = changes.filter((c) => c.op === "pin");
    const reverts = await revertAll(owner, [pin?.id ?? ""]);
    const asked: [Asked, number[]][] = [
      [{ op: "create" }, [1]],
      [{ op: "pin, set" }, [3, 2]],
      [{ actor: ordinary.actor }, [3, 2]],
      [{ actor: "ordinary key" }, [3, 2]],
      [{ actor: "key" }, [5, 4, 3, 2, 1]],
      [{ actor: "person" }, []],
      [{ source: "chat" }, [1]],
      [{ session: "s1" }, [1]],
      [{ group: changes[0]?.groupId ?? "" }, [3, 2]],
      [{ group: "unknown" }, []],
      [{ cycle: tea.id }, []],
      [{ status: "reverted" }, [3]],
      [{ status: "live" }, [5, 4, 2, 1]],
      [{ status: "live", op: "pin" }, []],
      [{ status: "suspended" }, []],
      [{ signal: "unknown" }, []],
    ];
    for (const [filter, expected] of asked)
      expect(await seqs(filter), JSON.stringify(filter)).toEqual(expected);
    await revertAll(owner, [...ids(reverts), tea.change]);
    expect(await seqs({ status: "suspended" })).toEqual([4, 3, 2]);
  });

  it("finds the changes of a signal, also when its own row is gone", async () => {
    const tea = await create("tea");
    const { owner } = workspace;
    const [kept, lost] = [uuidv7(), uuidv7()];
    const of = await observe(owner, tea.id, [1, 0], { caused: kept });
    await signal(owner, { id: kept, groupId: of.groupId });
    await observe(owner, tea.id, [1, 0], { caused: lost });
    expect(await seqs({ signal: kept })).toEqual([2]);
    expect(await seqs({ signal: lost })).toEqual([3]);
    expect(await seqs({ signal: "01990000-0000-7000-8000-000000000000" })).toEqual([]);
  });

  it("finds words in what a change wrote: texts, tags, reasons", async () => {
    const tea = await create("green tea");
    await create("black coffee", { tags: ["drink"] });
    await updateMemory(workspace.owner, {
      id: tea.id,
      lifecycle: "archived",
      reason: "nobody drinks 50% of it",
    });
    expect(await seqs({ q: "TEA green" })).toEqual([1]);
    expect(await seqs({ q: "tea coffee" })).toEqual([]);
    expect(await seqs({ q: "drink" })).toEqual([3, 2]);
    expect(await seqs({ q: "50%" })).toEqual([3]);
    expect(await seqs({ q: "5%0" })).toEqual([]);
  });

  it("takes a stretch of time with both of its ends", async () => {
    const start = workspace.clock.now();
    for (const content of ["a", "b", "c", "d"]) {
      await create(content);
      workspace.clock.advance(HOUR);
    }
    const at = (hours: number) => new Date(start + hours * HOUR).toISOString();
    expect(await seqs({ from: at(1), to: at(2) })).toEqual([3, 2]);
    expect(await seqs({ from: at(1.5) })).toEqual([4, 3]);
    expect(await seqs({ to: at(0) })).toEqual([1]);
    expect(await seqs({ from: at(9) })).toEqual([]);
    expect(await seqs({ from: at(2), to: at(1) })).toEqual([]);
  });

  it("shows a group as one row, by the first of its changes that the filter finds", async () => {
    const { owner } = workspace;
    const { items, groupId } = await createMemories(owner, [
      { content: "a" },
      { content: "b" },
      { content: "c" },
    ]);
    await updateMemory(owner, { id: items[1]?.memory.id ?? "", pinned: true });
    const grouped = await list({ grouped: "true" });
    expect(grouped.items.map((c) => [c.seq, c.groupSize])).toEqual([
      [4, 1],
      [1, 3],
    ]);
    expect(grouped.total).toBe(2);
    const ofOne = await list({ grouped: "true", target: items[1]?.memory.id });
    expect(ofOne.items.map((c) => [c.seq, c.groupId === groupId])).toEqual([
      [4, false],
      [2, true],
    ]);
    expect(ofOne.total).toBe(2);
  });

  it("tells of a group's row how many of its changes stand, and what they did", async () => {
    const { owner } = workspace;
    const { groupId } = await createMemories(owner, [{ content: "a" }, { content: "b" }, { content: "c" }]);
    const [, second] = (await list({ group: groupId ?? "" })).items;
    expect(second?.group).toBeUndefined();
    await revert(owner, { changeIds: [second?.id ?? ""] });
    const rows = (await list({ grouped: "true" })).items;
    expect(rows.map((row) => row.group)).toEqual([
      { live: 1, reverted: 0, suspended: 0, targets: 1, ops: { revert: 1 } },
      { live: 2, reverted: 1, suspended: 0, targets: 3, ops: { create: 3 } },
    ]);
    expect(rows[1]?.status).toBe("live");
  });

  it("tells a redo as a redo, however often it went back and forth", async () => {
    const { owner } = workspace;
    await tuneParameter(owner, { name: "recall.weight.utility", value: 0.5 });
    for (let turn = 0; turn < 3; turn += 1) {
      const [newest] = (await list({})).items;
      await revert(owner, { changeIds: [newest?.id ?? ""] });
    }
    expect((await list({})).items.map((row) => row.summary)).toEqual([
      "Took back: Tuned recall.weight.utility to 0.5",
      "Redid: Tuned recall.weight.utility to 0.5",
      "Took back: Tuned recall.weight.utility to 0.5",
      "Tuned recall.weight.utility to 0.5",
    ]);
  });

  it("refuses an op that does not exist, naming those that do", async () => {
    const { code, fields } = await refusal(listChanges(workspace.owner, { op: "create,forget" }));
    expect(code).toBe("invalid_input");
    expect(fields[0]).toMatchObject({ path: "op", message: expect.stringContaining("revert") });
  });

  it("refuses a broken cursor by its path", async () => {
    expect((await refusal(listChanges(workspace.owner, { cursor: "x" }))).fields).toMatchObject([
      { path: "cursor" },
    ]);
  });
});

describe("what deserves attention", () => {
  it("is told of each change, of a group by its highest, and can be asked for with all that is above it", async () => {
    const [one, other] = [await create("the gate opens at six"), await create("the gate opens at seven")];
    await recordSignal(workspace.owner, { memories: [{ memoryId: one.id, verdict: "helpful" }] });
    await contest(workspace.owner, one.id, other.id);
    const { items } = await list();
    expect(items.map(({ op, importance }) => [op, importance])).toEqual([
      ["contest", "needsEyes"],
      ["observe", "routine"],
      ["create", "notable"],
      ["create", "notable"],
    ]);
    expect(await seqs({ importance: "routine" })).toEqual([4, 3, 2, 1]);
    expect(await seqs({ importance: "notable" })).toEqual([4, 2, 1]);
    expect(await seqs({ importance: "needsEyes" })).toEqual([4]);
    const [grouped] = (await list({ grouped: "true" })).items;
    expect(grouped?.importance).toBe("needsEyes");
  });

  it("is narrowed to what can still be taken back: in force, and nothing erased", async () => {
    const [kept, gone] = [await create("kept"), await create("erased")];
    await updateMemory(workspace.owner, { id: kept.id, pinned: true });
    const [pin] = (await list({ limit: 1 })).items;
    await revert(workspace.owner, { changeIds: [pin?.id ?? ""] });
    await purge(workspace.owner, gone.id);
    expect(await seqs({ status: "revertible" })).toEqual([4, 1]);
  });
});

describe("the density of the timeline", () => {
  it("counts changes and reverts by the hour in a short stretch, with and without a filter alike", async () => {
    const { owner, clock } = workspace;
    const tea = await create("tea");
    await observe(owner, tea.id, [1_000_000, 0]);
    clock.advance(2 * HOUR);
    await revertAll(owner, [tea.change]);
    await create("coffee");
    const at = (hours: number) => new Date(Date.UTC(2026, 9, 1, 9 + hours)).toISOString();
    const rare = { reverts: 0, merges: 0, tunes: 0, cycles: 0 };
    const expected = [
      { at: at(0), count: 2, ...rare },
      { at: at(2), count: 2, ...rare, reverts: 1 },
    ];
    expect((await list()).density).toEqual(expected);
    expect((await list({ actor: owner.actor })).density).toEqual(expected);
    expect((await list({ from: at(1) })).density).toEqual(expected.slice(1));
    expect((await list({ op: "revert" })).density).toEqual([{ at: at(2), count: 1, ...rare, reverts: 1 }]);
  });

  it("tells merges and set parameters apart, with and without a filter alike", async () => {
    const { owner } = workspace;
    const [tea, coffee] = [await create("tea"), await create("coffee")];
    await merge(owner, [tea.id, coffee.id], "tea and coffee");
    await tuneParameter(owner, { name: "learning.prior.beta", value: 5 });
    const rare = { reverts: 0, merges: 1, tunes: 1, cycles: 0 };
    expect((await list()).density).toMatchObject([rare]);
    expect((await list({ actor: owner.actor })).density).toMatchObject([rare]);
  });

  it("counts by the day in a long stretch, and its counts add up to the total", async () => {
    const { clock } = workspace;
    for (let i = 0; i < 12; i += 1) {
      await create(`memory ${i}`);
      clock.advance(9 * HOUR);
    }
    const { density = [], total } = await list();
    expect(density.map((b) => b.count)).toEqual([2, 3, 2, 3, 2]);
    expect(density.every((b) => b.at.endsWith("T00:00:00.000Z"))).toBe(true);
    expect(density.reduce((sum, b) => sum + b.count, 0)).toBe(total);
    const from = new Date(clock.now() - 4 * DAY).toISOString();
    expect((await list({ from })).density?.reduce((sum, b) => sum + b.count, 0)).toBe(
      (await list({ from })).total,
    );
  });
});

describe("the history of a memory", () => {
  it("holds every change of it, page by page, also after it was taken back or erased", async () => {
    const { owner } = workspace;
    const tea = await create("tea");
    await create("other");
    await observe(owner, tea.id, [1_000_000, 0]);
    await revertAll(owner, [tea.change]);
    const page = answered("memories.history", await memoryHistory(owner, { id: tea.id, limit: 2 }));
    expect(page).toMatchObject({
      total: 3,
      items: [
        { seq: 4, op: "revert" },
        { seq: 3, status: "suspended" },
      ],
    });
    const rest = await memoryHistory(owner, { id: tea.id, limit: 2, cursor: page.nextCursor ?? "" });
    expect(rest).toMatchObject({
      nextCursor: null,
      items: [{ seq: 1, status: "reverted", statusBy: page.items[0]?.id }],
    });
    await purge(owner, tea.id);
    expect(await memoryHistory(owner, { id: tea.id })).toMatchObject({ total: 4 });
  });

  it("of an unknown memory is not found", async () => {
    const other = await freshWorkspace();
    const { id } = await create("tea");
    expect((await refusal(memoryHistory(other.owner, { id }))).code).toBe("not_found");
    expect((await refusal(memoryHistory(other.owner, { id: "x" }))).code).toBe("not_found");
  });
});

describe("one change", () => {
  const get = async (id: string) => answered("changes.get", await getChange(workspace.owner, { id }));

  it("comes with what it stands on, what stands on it, its group, its payload and its place in the chain", async () => {
    const { owner } = workspace;
    const [one, two] = [await create("one"), await create("two")];
    const { changes } = await merge(owner, [one.id, two.id], "both");
    const [made, first, second] = ids(changes);
    const got = await get(one.change);
    expect(got.dependents.map((c) => c.id)).toEqual([first]);
    expect(got).toMatchObject({
      dependencies: [],
      revertedBy: [],
      support: null,
      payload: { content: "one" },
    });
    expect(got.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(await get(first ?? "")).toMatchObject({
      dependencies: [{ id: one.change }, { id: made }],
      group: [{ id: made }, { id: first }, { id: second }],
    });
  });

  it("names every revert of it, in force or not", async () => {
    const { owner } = workspace;
    const tea = await create("tea");
    const [revert] = await revertAll(owner, [tea.change]);
    await revertAll(owner, [revert?.id ?? ""]);
    const got = await get(tea.change);
    expect(got.change.status).toBe("live");
    expect(got.revertedBy).toMatchObject([{ id: revert?.id, status: "reverted" }]);
  });

  it("of a decision tells which evidence is still in force and whether its gate passes", async () => {
    const { owner } = workspace;
    const tea = await create("tea");
    const seen = [await observe(owner, tea.id, [0, 1_000_000]), await observe(owner, tea.id, [0, 2_000_000])];
    const terms = seen.map((c, i) => ({ change: c.id, amount: (i + 1) * 1_000_000 }));
    const [archived] = await archiveFor(owner, tea.id, { terms, threshold: 2_500_000 });
    const support = async () => (await get(archived?.id ?? "")).support;
    expect(await support()).toEqual({
      terms: [
        { changeId: seen[0]?.id, amount: 1, live: true },
        { changeId: seen[1]?.id, amount: 2, live: true },
      ],
      threshold: 2.5,
      passes: true,
    });
    await revertAll(owner, [seen[0]?.id ?? ""]);
    expect(await support()).toMatchObject({ terms: [{ live: false }, { live: true }], passes: false });
    expect((await get(archived?.id ?? "")).change.unsupported).toBe(true);
    const unsupported = answered(
      "changes.list",
      await listChanges(workspace.owner, { status: "unsupported" }),
    );
    expect(unsupported.items.map((c) => c.id)).toEqual([archived?.id]);
  });

  it("of a parameter names the parameter", async () => {
    const { changes } = await tuneParameter(workspace.owner, { name: "learning.prior.alpha", value: 3 });
    expect((await get(changes[0]?.id ?? "")).change).toMatchObject({
      targetLabel: "learning.prior.alpha",
      after: 3,
    });
  });

  it("that is unknown, or of another workspace, is not found", async () => {
    const other = await freshWorkspace();
    const { change } = await create("tea");
    expect((await refusal(getChange(other.owner, { id: change }))).code).toBe("not_found");
    expect((await refusal(getChange(other.owner, { id: "x" }))).code).toBe("not_found");
  });
});
