/** What each proposer finds in a store that gives it reason to, and that it leaves the rest alone. */
import { beforeEach, describe, expect, it } from "vitest";

import { createMemory } from "@/lib/commands/create-memory";
import { cycleOf } from "../support/cycles";
import { decideProposals } from "@/lib/commands/cycle/decide-proposals";
import { getMemory } from "@/lib/queries/memory";
import { observe, retrieval, shown, signal } from "../support/acts";
import { PROPOSERS } from "@/lib/commands/cycle/proposers";
import { recall } from "@/lib/queries/recall";
import { recordSignal } from "@/lib/commands/record-signal";
import { revert } from "@/lib/commands/revert";
import { listChanges } from "@/lib/queries/timeline";
import { tuneParameter } from "@/lib/commands/tune-parameter";
import { updateMemory } from "@/lib/commands/update-memory";
import { verify } from "@/lib/queries/verify";
import { DAY, freshWorkspace, type TestWorkspace } from "../support/workspace";

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await freshWorkspace();
  await tuneParameter(workspace.owner, { name: "cycle.bound.status", value: 1 });
});

const remember = async (content: string, more: object = {}) =>
  (await createMemory(workspace.owner, { content, ...more })).memory.id;
const memory = async (id: string) => (await getMemory(workspace.owner, { id })).memory;
const only = (name: string) => ({ proposers: PROPOSERS.filter((p) => p.name === name) });
const runs = (name: string) => cycleOf(workspace.owner, only(name));

describe("quarantine", () => {
  it("is proposed for what harms, rests on the outcomes that say so, and is flagged when they are taken back", async () => {
    const [bad, good] = [await remember("The gate code is 1111"), await remember("The gate opens at eight")];
    for (let i = 0; i < 5; i += 1) {
      await observe(workspace.owner, bad, [0, 3_000_000]);
      await observe(workspace.owner, good, [1_000_000, 0]);
    }
    await shown(workspace.owner, bad, 7, workspace.clock.now());
    const cycle = await runs("quarantine");
    expect(cycle.proposals).toMatchObject([
      { kind: "quarantine", uses: 7, targets: [{ id: bad }], support: { terms: 5 }, gate: { passed: true } },
    ]);
    expect((await memory(bad)).quarantined).toBe(cycle.proposals[0]?.state === "applied");
    if (cycle.waiting > 0)
      await decideProposals(workspace.owner, { id: cycle.id, approve: cycle.proposals.map((p) => p.id) });
    expect((await memory(bad)).quarantined).toBe(true);
    await revert(workspace.owner, { select: { targetId: bad, op: "observe" } });
    expect((await listChanges(workspace.owner, { status: "unsupported" })).items.map((c) => c.op)).toEqual([
      "quarantine",
    ]);
  });
});

describe("the archive", () => {
  it("is proposed for what fell out of use, and for nothing that is pinned, younger, useful, or stood upon", async () => {
    const [old, pinned, useful, base] = [
      await remember("a small thing", { kind: "episode" }),
      await remember("b small thing", { kind: "episode" }),
      await remember("c small thing", { kind: "episode" }),
      await remember("d small thing", { kind: "episode" }),
    ];
    const newer = await remember("e small thing", { kind: "episode" });
    await updateMemory(workspace.owner, { id: pinned, pinned: true });
    await updateMemory(workspace.owner, { id: base, supersededBy: newer });
    workspace.clock.advance(800 * DAY);
    await observe(workspace.owner, useful, [1_000_000, 0]);
    await remember("f small thing", { kind: "episode" });
    const cycle = await runs("archive");
    // What was superseded itself has nothing standing on it.
    expect(cycle.proposals.map((p) => p.targets[0]?.id).sort()).toEqual([old, base].sort());
    expect(cycle).toMatchObject({ state: "waiting", waiting: 2 });
    expect((await memory(old)).lifecycle).toBe("active");
  });
});

describe("a link", () => {
  it("is made between what large answers use together again and again, and not twice", async () => {
    const ids = await Promise.all(
      ["one", "two", "three", "four", "five", "six", "seven", "eight"].map((content) => remember(content)),
    );
    for (let i = 0; i < 2; i += 1) await signal(workspace.owner, { outcome: 1, raw: { used: ids } });
    await signal(workspace.owner, { outcome: 0, raw: { used: [ids[0], await remember("nine")] } });
    const cycle = await runs("links");
    expect(cycle.state).toBe("applied");
    // Each memory can be part of one proposal of a cycle, so eight make four pairs; later cycles find the others.
    expect(cycle.proposals.filter((p) => p.state === "applied")).toHaveLength(4);
    expect(
      (await runs("links")).proposals.every((p) => !cycle.proposals.some((q) => q.title === p.title)),
    ).toBe(true);
    expect(await verify(workspace.owner)).toMatchObject({ ok: true });
  });
});

describe("an outdated memory", () => {
  const outdated = (id: string) =>
    recordSignal(workspace.owner, { memories: [{ memoryId: id, verdict: "outdated" }] });

  it("gets what contests it proposed in its place, on the verdict's support, for a person to decide", async () => {
    const rome = await remember("Bob lives in Rome", { validAt: "2026-01-01" });
    const oslo = await remember("Bob lives in Oslo", { validAt: "2026-05-01" });
    await updateMemory(workspace.owner, { id: rome, supersededBy: oslo });
    const [contest, supersede] = (
      await listChanges(workspace.owner, { target: rome, op: "contest,supersede" })
    ).items.reverse();
    expect(contest?.op).toBe("contest");
    await revert(workspace.owner, { changeIds: [supersede?.id ?? ""] });
    const { changes } = await outdated(rome);
    const cycle = await runs("outdated");
    expect(cycle.proposals).toMatchObject([
      {
        kind: "supersede",
        state: "waiting",
        risk: "high",
        payload: { older: rome, newer: oslo },
        support: { terms: 1 },
        before: "Bob lives in Rome",
        after: "Bob lives in Oslo",
      },
    ]);
    await decideProposals(workspace.owner, { id: cycle.id, approve: cycle.proposals.map((p) => p.id) });
    expect((await memory(rome)).supersededBy).toBe(oslo);
    await revert(workspace.owner, { changeIds: changes.map((c) => c.id) });
    expect((await listChanges(workspace.owner, { status: "unsupported" })).items.map((c) => c.op)).toContain(
      "supersede",
    );
  });

  it("without a rival gets the nearest newer one, and nothing that is older or says something else", async () => {
    const seven = await remember("The train to Bern leaves at seven", { validAt: "2026-05-01" });
    await remember("The train to Bern leaves at six", { validAt: "2026-01-01" });
    const nine = await remember("The train to Bern leaves at nine", { validAt: "2026-06-01" });
    const cat = await remember("The cat sleeps on the sofa", { validAt: "2026-05-01" });
    await outdated(seven);
    await outdated(cat);
    await recall(workspace.owner, { query: "train" });
    const cycle = await runs("outdated");
    expect(cycle.proposals.filter((p) => p.state === "waiting").map((p) => p.payload)).toEqual([
      { older: seven, newer: nine },
    ]);
    expect(cycle.proposals.filter((p) => p.targets[0]?.id === cat).every((p) => p.state === "rejected")).toBe(
      true,
    );
  });
});

/** The parts in the order of the log: similarity, keyword, utility, graph, recency, cue, context. */
const parts = (similarity: number, recency: number) => [similarity, 0, 0, 0, recency, 0, 0];

describe("weights", () => {
  /** What helped matches by its words, and something newer stood above it; which helped itself every so often. */
  async function preferring(count: number, newerHelps = Infinity): Promise<void> {
    const [good, newer] = [await remember("good"), await remember("newer")];
    for (let i = 0; i < count; i += 1) {
      const noise = (i % 10) / 100;
      const candidates = [
        { m: newer, s: 0.85 + noise / 10, p: parts(0.4, 0.45 + noise / 10) },
        { m: good, s: 0.845, p: parts(0.6, 0.245) },
      ];
      const at = workspace.clock.now();
      const retrievalId = await retrieval(workspace.owner, {
        query: `q${String(i)}`,
        shown: [newer, good],
        candidates,
        at,
      });
      workspace.clock.advance(60_000);
      await signal(workspace.owner, {
        retrievalId,
        outcome: 1,
        raw: { used: [i % newerHelps === 1 ? newer : good] },
      });
    }
  }

  const evidence = (cycle: Awaited<ReturnType<typeof runs>>) =>
    cycle.proposals.flatMap(({ gate }) =>
      gate.figures.flatMap(({ name, value }) => (name === "evidence that they are better" ? [value] : [])),
    )[0] ?? NaN;

  it("move by a bounded step where held-out recalls say so, as a change that can be taken back, and not again at once", async () => {
    await preferring(200);
    const cycle = await runs("weights");
    const [proposal] = cycle.proposals;
    expect(proposal?.gate.figures.map((f) => [f.name, f.passed])).toEqual(
      expect.arrayContaining([
        ["evidence that they are better", true],
        ["nDCG gained on them, lower end", true],
      ]),
    );
    expect(proposal).toMatchObject({
      kind: "weights",
      state: "applied",
      predicted: { ndcgDelta: expect.any(Number) as number },
    });
    const changes = (await listChanges(workspace.owner, { cycle: cycle.id })).items;
    expect(changes.every((c) => c.op === "tune")).toBe(true);
    const { values } = proposal?.payload as { values: { name: string; before: number; value: number }[] };
    for (const { before, value } of values) expect(Math.abs(value - before)).toBeLessThanOrEqual(0.05 + 1e-4);
    const of = (name: string) => values.find((v) => v.name === name);
    expect(of("recall.weight.recency")?.value).toBeLessThan(of("recall.weight.recency")?.before ?? 0);
    expect((await runs("weights")).proposals).toEqual([]);
    await revert(workspace.owner, { cycleId: cycle.id });
    expect(await verify(workspace.owner)).toMatchObject({ ok: true });
  });

  it("that one cycle cannot prove are tested on over later cycles, as one bet on the same weights", async () => {
    await tuneParameter(workspace.owner, { name: "cycle.promote.alpha", value: 0.001 });
    await preferring(110, 4);
    const first = await runs("weights");
    expect(first.proposals.map((p) => p.state)).toEqual(["rejected"]);
    expect(evidence(first)).toBeGreaterThan(1);
    await preferring(60, 4);
    const second = await runs("weights");
    expect(second.proposals.map((p) => [p.state, p.payload])).toEqual([
      ["applied", first.proposals[0]?.payload],
    ]);
    const wanted =
      second.proposals[0]?.gate.figures.find(({ name }) => name === "evidence that they are better")
        ?.threshold ?? 0;
    expect(evidence(second)).toBeGreaterThanOrEqual(wanted);
    expect(evidence(second) / evidence(first)).toBeLessThan(wanted);
  });

  it("stay where nobody can tell which are better, with the figures kept", async () => {
    const [a, b] = [await remember("a"), await remember("b")];
    for (let i = 0; i < 200; i += 1) {
      const candidates = [
        { m: a, s: 0.85, p: parts(0.4, 0.45) },
        { m: b, s: 0.845, p: parts(0.6, 0.245) },
      ];
      const retrievalId = await retrieval(workspace.owner, {
        query: `q${String(i)}`,
        shown: [a, b],
        candidates,
      });
      workspace.clock.advance(60_000);
      await signal(workspace.owner, { retrievalId, outcome: 1, raw: { used: [(i * 7) % 13 < 7 ? a : b] } });
    }
    const cycle = await runs("weights");
    expect(cycle.proposals.filter((p) => p.state !== "rejected")).toEqual([]);
    expect(await runs("weights")).toMatchObject({ proposals: [] });
  });
});

describe("trust", () => {
  it("falls for a class that disagrees with the owner, once enough memories were judged by both, and waits for a person", async () => {
    for (let i = 0; i < 25; i += 1) {
      const id = await remember(`thing ${String(i)}`);
      await observe(workspace.owner, id, [1_000_000, 0]);
      await observe(workspace.ordinary, id, i < 22 ? [0, 500_000] : [500_000, 0]);
    }
    const cycle = await runs("trust");
    expect(cycle.proposals).toMatchObject([
      {
        kind: "trust",
        state: "waiting",
        risk: "high",
        payload: { values: [{ name: "safety.trust.ordinary", before: 0.5, value: 0.45 }] },
      },
    ]);
  });
});

describe("half-lives", () => {
  it("get shorter where what was true long ago foretells nothing, and apply themselves", async () => {
    for (let i = 0; i < 60; i += 1) {
      const id = await remember(`thing ${String(i)}`);
      const at = (day: number) => ({
        at: (workspace.clock.now() + day * DAY) as ReturnType<typeof workspace.clock.now>,
      }); // a time is a number
      for (let k = 0; k < 4; k += 1) await observe(workspace.owner, id, [2_000_000, 0], at(k));
      for (let k = 0; k < 4; k += 1) await observe(workspace.owner, id, [0, 2_000_000], at(200 + k));
    }
    const cycle = await runs("half-lives");
    expect(cycle.proposals).toMatchObject([
      {
        kind: "halfLife",
        state: "applied",
        payload: { values: [{ name: "time.halfLife.fact", before: 180, value: 144 }] },
      },
    ]);
  });
});

describe("calibration", () => {
  it("is fitted to what came of the memories that recalls showed, and recalls say what is to be expected", async () => {
    const ids = await Promise.all(
      Array.from({ length: 20 }, (_, i) => remember(`useful thing number ${String(i)}`)),
    );
    for (let round = 0; round < 4; round += 1) {
      for (const id of ids) {
        const retrievalId = await retrieval(workspace.owner, {
          query: `${id} ${String(round)}`,
          shown: [id],
        });
        await recordSignal(workspace.owner, {
          retrievalId,
          memories: [{ memoryId: id, verdict: "helpful" }],
        });
      }
      workspace.clock.advance(DAY);
    }
    const plain = (await recall(workspace.owner, { query: "useful thing", limit: 1 })).results[0];
    expect(plain?.expected).toBeCloseTo(plain?.confidence ?? 0, 5);
    const cycle = await runs("calibration");
    expect(cycle.proposals).toMatchObject([{ kind: "calibration", state: "applied" }]);
    const fitted = (await recall(workspace.owner, { query: "useful thing", limit: 1 })).results[0];
    expect(fitted?.expected).toBeGreaterThan(fitted?.confidence ?? 1);
  });
});
