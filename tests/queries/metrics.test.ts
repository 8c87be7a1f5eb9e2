/** The figures of the overview and of the learning page against a real database. */
import { beforeEach, describe, expect, it } from "vitest";

import { createMemories, createMemory } from "@/lib/commands/create-memory";
import { importMemories } from "@/lib/commands/import/import-memories";
import { tuneParameter } from "@/lib/commands/tune-parameter";
import { updateMemory } from "@/lib/commands/update-memory";
import { learning } from "@/lib/queries/learning";
import { listMemories } from "@/lib/queries/list-memories";
import { overview } from "@/lib/queries/overview";
import {
  archiveFor,
  contest,
  ids,
  merge,
  observe,
  retrieval,
  revertAll,
  shown,
  signal,
} from "../support/acts";
import { answered, refusal } from "../support/answers";
import { DAY, freshWorkspace, type TestWorkspace } from "../support/workspace";

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await freshWorkspace();
});

const look = async (asked: Parameters<typeof overview>[1] = {}) =>
  answered("metrics.overview", await overview(workspace.owner, asked));
const create = async (content: string) => {
  const { memory, changes } = await createMemory(workspace.owner, { content });
  return { id: memory.id, change: changes[0]?.id ?? "" };
};

describe("the overview", () => {
  it("of a new workspace is empty, with every day of the range in its series", async () => {
    const found = await look();
    expect(found).toMatchObject({
      empty: true,
      medianConfidence: null,
      usefulness: null,
      needsYou: [],
      confidenceBand: [],
      latest: [],
      annotations: [],
    });
    expect(found.flow).toHaveLength(31);
    expect(found.activePerDay.every((d) => d.active === 0)).toBe(true);
    expect(Object.values(found.counts).every((n) => n === 0)).toBe(true);
    expect(found.histogram).toHaveLength(10);
  });

  it("counts memories by what they are, as the lists do", async () => {
    const { owner } = workspace;
    const made = [];
    for (const content of ["a", "b", "c", "d", "e", "f", "g", "h"]) made.push(await create(content));
    const [a, b, c, d, e, f, g, h] = made.map((m) => m.id) as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    await updateMemory(owner, { id: a, lifecycle: "archived" });
    await updateMemory(owner, { id: b, lifecycle: "deleted" });
    await merge(owner, [c, d], "c and d");
    await updateMemory(owner, { id: e, supersededBy: f });
    await updateMemory(owner, { id: g, quarantined: true });
    await contest(owner, g, f);
    await revertAll(owner, [made[7]?.change ?? h]);
    await retrieval(owner, { query: "q", shown: [] });
    await signal(owner, { outcome: 1 });
    const { counts } = await look();
    expect(counts).toEqual({
      active: 4,
      archived: 1,
      deleted: 1,
      merged: 2,
      superseded: 1,
      quarantined: 1,
      contested: 2,
      changes: 18,
      reverted: 1,
      retrievals: 1,
      signals: 1,
    });
    const listed = async (q: string) => (await listMemories(owner, { q })).total;
    expect([counts.active, counts.merged, counts.superseded, counts.quarantined, counts.contested]).toEqual([
      await listed(""),
      await listed("is:merged"),
      await listed("is:superseded"),
      await listed("is:quarantined"),
      await listed("is:contested"),
    ]);
  });

  it("draws the band of confidence day by day, as the memories were at the end of each", async () => {
    const { owner, clock } = workspace;
    const { items } = await createMemories(
      owner,
      Array.from({ length: 10 }, (_, i) => ({ content: `memory ${i}` })),
    );
    const [first, second] = items.map((item) => item.memory.id) as [string, string];
    clock.advance(DAY);
    await observe(owner, first, [4_000_000, 0]);
    await observe(owner, second, [0, 4_000_000]);
    clock.advance(DAY);
    await observe(owner, first, [0, 8_000_000]);
    await observe(owner, first, [0, 8_000_000]);
    const { confidenceBand, medianConfidence, histogram } = await look({ from: "2026-09-30" });
    expect(confidenceBand).toEqual([
      { day: "2026-10-01", p10: 0.5, p50: 0.5, p90: 0.5, memories: 10 },
      { day: "2026-10-02", p10: 0.25, p50: 0.5, p90: 0.5, memories: 10 },
      { day: "2026-10-03", p10: 0.25, p50: 0.5, p90: 0.5, memories: 10 },
    ]);
    expect(medianConfidence).toBe(0.5);
    expect(
      histogram.flatMap((bin) => (bin.now + bin.before > 0 ? [[bin.from, bin.now, bin.before]] : [])),
    ).toEqual([
      [0.2, 2, 0],
      [0.5, 8, 0],
    ]);
  });

  it("draws the band as if what was taken back had never been observed", async () => {
    const { owner, clock } = workspace;
    const { id } = await create("tea");
    const wrong = await observe(owner, id, [0, 6_000_000]);
    clock.advance(DAY);
    await observe(owner, id, [2_000_000, 0]);
    clock.advance(DAY);
    expect((await look()).confidenceBand.map((b) => b.p50)).toEqual([0.2, 0.333, 0.333]);
    await revertAll(owner, [wrong.id]);
    const band = (await look()).confidenceBand.map((b) => b.p50);
    expect(band.at(-1)).toBe(0.667);
  });

  it("ends with the day asked for", async () => {
    const { owner, clock } = workspace;
    const { id } = await create("tea");
    clock.advance(3 * DAY);
    await observe(owner, id, [4_000_000, 0]);
    const { confidenceBand, flow, activePerDay } = await look({
      from: "2026-10-01",
      to: "2026-10-02T12:00:00Z",
    });
    expect(confidenceBand).toEqual([
      { day: "2026-10-01", p10: 0.5, p50: 0.5, p90: 0.5, memories: 1 },
      { day: "2026-10-02", p10: 0.5, p50: 0.5, p90: 0.5, memories: 1 },
    ]);
    expect(flow.map((d) => [d.day, d.added])).toEqual([
      ["2026-10-01", 1],
      ["2026-10-02", 0],
    ]);
    expect(activePerDay.map((d) => d.active)).toEqual([1, 1]);
  });

  it("tells what came in and what went out each day, and how many memories that leaves", async () => {
    const { owner, clock } = workspace;
    const [a, b, c, d] = [await create("a"), await create("b"), await create("c"), await create("d")];
    clock.advance(DAY);
    await updateMemory(owner, { id: a.id, lifecycle: "archived" });
    await updateMemory(owner, { id: b.id, lifecycle: "deleted" });
    clock.advance(DAY);
    await merge(owner, [c.id, d.id], "c and d");
    await updateMemory(owner, { id: a.id, lifecycle: "active" });
    await updateMemory(owner, { id: a.id, lifecycle: "archived" });
    await revertAll(owner, [b.change]);
    const { flow, activePerDay } = await look({ from: "2026-10-01" });
    const none = { added: 0, restored: 0, merged: 0, archived: 0, deleted: 0, reverted: 0 };
    expect(flow).toEqual([
      { day: "2026-10-01", ...none, added: 4 },
      { day: "2026-10-02", ...none, archived: 1, deleted: 1 },
      { day: "2026-10-03", ...none, restored: 1, merged: 2, archived: 1, reverted: 1 },
    ]);
    // b was taken back, so it never counts; a left for good on the last day.
    expect(activePerDay.map((day) => day.active)).toEqual([3, 3, 1]);
    expect((await look()).counts.active).toBe(1);
  });

  it("names what may explain a turn of a line, one mark per group", async () => {
    const { owner } = workspace;
    const [a, b] = [await create("a"), await create("b")];
    const { changes } = await merge(owner, [a.id, b.id], "a and b");
    await tuneParameter(owner, { name: "learning.prior.alpha", value: 3 });
    await revertAll(owner, ids(changes.slice(1)));
    const found = (await look()).annotations;
    expect(found.map((mark) => [mark.kind, mark.label])).toEqual([
      ["merge", "Merged memories"],
      ["tune", "Tuned learning.prior.alpha to 3"],
      ["revert", "Took back 2 changes"],
    ]);
    expect(found[0]?.groupId).toBe(changes[0]?.groupId);
  });

  it("marks an import once, with how many memories it brought", async () => {
    const lines = ["first", "second", "third"].map((content) => JSON.stringify({ content }));
    async function* file() {
      yield Buffer.from(lines.join("\n"));
    }
    const options = { format: "auto", mode: "add", onError: "none", dryRun: false, name: "notes" } as const;
    const { groupId } = await importMemories(workspace.owner, options, file());
    const { annotations, flow } = await look();
    expect(annotations).toEqual([
      expect.objectContaining({ kind: "import", label: "Imported 3 memories", groupId }),
    ]);
    expect(flow.at(-1)?.added).toBe(3);
  });

  it("shows the latest groups, one row each", async () => {
    await createMemories(
      workspace.owner,
      Array.from({ length: 20 }, (_, i) => ({ content: `memory ${i}` })),
    );
    await create("last");
    const { latest } = await look();
    expect(latest.map((change) => [change.seq, change.groupSize])).toEqual([
      [21, 1],
      [1, 20],
    ]);
  });

  it("refuses a range that ends before it begins", async () => {
    expect(await refusal(look({ from: "2026-10-02", to: "2026-10-01" }))).toMatchObject({
      code: "invalid_input",
      fields: [{ path: "from" }],
    });
  });
});

describe("what needs a person", () => {
  const needs = async () => (await look()).needsYou.map(({ kind, count }) => [kind, count]);

  it("names open contradictions until one side is superseded or gone", async () => {
    const { owner } = workspace;
    const [a, b, c] = [await create("a"), await create("b"), await create("c")];
    await contest(owner, a.id, b.id);
    await contest(owner, a.id, c.id);
    expect(await needs()).toEqual([["contested", 2]]);
    await updateMemory(owner, { id: a.id, supersededBy: b.id });
    await updateMemory(owner, { id: c.id, lifecycle: "archived" });
    expect(await needs()).toEqual([]);
  });

  it("names decisions that lost their support, until they are taken back too", async () => {
    const { owner } = workspace;
    const { id } = await create("a");
    const seen = await observe(owner, id, [0, 1_000_000]);
    const decided = await archiveFor(owner, id, { terms: [{ change: seen.id, amount: 1 }], threshold: 1 });
    expect(await needs()).toEqual([]);
    await revertAll(owner, [seen.id]);
    expect(await needs()).toEqual([["unsupported", 1]]);
    await revertAll(owner, ids(decided));
    expect(await needs()).toEqual([]);
  });

  it("names memories that were judged outdated, until they are superseded or the verdict is taken back", async () => {
    const { owner } = workspace;
    const [a, b, newer] = [await create("a"), await create("b"), await create("newer")];
    const said = [];
    for (const { id } of [a, b]) {
      const seen = await observe(owner, id, [0, 1_000_000]);
      await signal(owner, {
        groupId: seen.groupId,
        raw: {
          memories: [
            { memoryId: id, verdict: "outdated" },
            { memoryId: newer.id, verdict: "helpful" },
          ],
        },
      });
      said.push(seen.id);
    }
    expect(await needs()).toEqual([["outdated", 2]]);
    await updateMemory(owner, { id: a.id, supersededBy: newer.id });
    const [only] = (await look()).needsYou.filter((item) => item.kind === "outdated");
    expect(only).toMatchObject({ count: 1, href: `/memories/${b.id}` });
    await revertAll(owner, said.slice(1));
    expect(await needs()).toEqual([]);
  });

  it("names doubtful memories that are used often, and those in quarantine", async () => {
    const { owner, clock } = workspace;
    const [a, b] = [await create("a"), await create("b")];
    await observe(owner, a.id, [0, 2_000_000]);
    await shown(owner, a.id, 5, clock.now());
    await shown(owner, b.id, 50, clock.now());
    await updateMemory(owner, { id: b.id, quarantined: true });
    expect(await needs()).toEqual([
      ["lowConfidenceOftenUsed", 1],
      ["quarantined", 1],
    ]);
  });

  it("links to a list that holds exactly what it counted", async () => {
    const { owner, clock } = workspace;
    const [a, b] = [await create("a"), await create("b")];
    await observe(owner, a.id, [0, 2_000_000]);
    await shown(owner, a.id, 5, clock.now());
    await updateMemory(owner, { id: b.id, quarantined: true });
    for (const { href, count } of (await look()).needsYou) {
      const q = new URL(href, "http://localhost").searchParams.get("q") ?? "";
      expect((await listMemories(owner, { q })).total).toBe(count);
    }
  });
});

describe("the pulse of learning", () => {
  const pulse = async (asked: Parameters<typeof learning>[1] = {}) =>
    answered("metrics.learning", await learning(workspace.owner, asked));

  it("counts per day what was recalled, reported, credited, moved and re-ranked", async () => {
    const { owner, clock } = workspace;
    const [a, b] = [await create("a"), await create("b")];
    await retrieval(owner, { query: "q", shown: [a.id] });
    clock.advance(DAY);
    await retrieval(owner, { query: "q", shown: [a.id] });
    await signal(owner, { outcome: 1, ranksChanged: true });
    await signal(owner, { outcome: 0.5 });
    await signal(owner, { outcome: null });
    const caused = "01990000-0000-7000-8000-000000000002";
    for (const id of [a.id, a.id, b.id]) await observe(owner, id, [100_000, 0], { caused });
    await observe(owner, b.id, [100_000, 0]);
    const { days } = await pulse({ from: "2026-10-01" });
    expect(days).toEqual([
      {
        day: "2026-10-01",
        retrievals: 1,
        signals: 0,
        credited: 0,
        moved: 0,
        ranksChanged: 0,
        meanOutcome: null,
      },
      {
        day: "2026-10-02",
        retrievals: 1,
        signals: 3,
        credited: 3,
        moved: 2,
        ranksChanged: 1,
        meanOutcome: 0.75,
      },
    ]);
    expect((await look()).usefulness).toBe(0.75);
  });

  it("raises an alarm at the first stage that stays flat while the one before it does not", async () => {
    const { owner } = workspace;
    const { id } = await create("a");
    const stage = async () => (await pulse()).alarms.map((alarm) => alarm.stage);
    expect(await stage()).toEqual([]);
    for (let i = 0; i < 10; i += 1) await retrieval(owner, { query: "q", shown: [id] });
    expect(await stage()).toEqual(["signals"]);
    for (let i = 0; i < 10; i += 1) await signal(owner, { outcome: 1 });
    expect(await stage()).toEqual(["credited"]);
    await observe(owner, id, [100_000, 0], { caused: "01990000-0000-7000-8000-000000000003" });
    expect(await stage()).toEqual(["ranksChanged"]);
    await signal(owner, { outcome: 1, ranksChanged: true });
    expect(await stage()).toEqual([]);
  });

  it("tells what is expected of a new question, shrunk towards the prior while little is known", async () => {
    const before = (await pulse()).baseline;
    for (let i = 0; i < 4; i += 1) await signal(workspace.owner, { outcome: 1 });
    const after = (await pulse()).baseline;
    expect(before).toBeLessThan(after);
    expect(after).toBeLessThan(1);
  });
});
