/** What outcomes moved, what learning is worth, where failures come from, and what it all costs; from a real log. */
import { beforeEach, describe, expect, it } from "vitest";

import { createMemory } from "@/lib/commands/create-memory";
import { recordSignal } from "@/lib/commands/record-signal";
import { updateMemory } from "@/lib/commands/update-memory";
import { cost } from "@/lib/queries/cost";
import { diagnosis } from "@/lib/queries/diagnosis";
import { quality } from "@/lib/queries/quality";
import { listSignals } from "@/lib/queries/signals";
import type { CreateSignalIn } from "@/lib/contracts/signal";
import { ids, retrieval, revertAll } from "../support/acts";
import { answered } from "../support/answers";
import { only } from "../support/tenant";
import { freshWorkspace, HOUR, type TestWorkspace } from "../support/workspace";

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await freshWorkspace();
});

const remember = async (content: string) => (await createMemory(workspace.owner, { content })).memory.id;
const report = (input: CreateSignalIn) => recordSignal(workspace.owner, input);
const asked = (query: string, shown: readonly string[]) => retrieval(workspace.owner, { query, shown });

describe("the list of signals", () => {
  const list = async (input = {}) => answered("signals.list", await listSignals(workspace.owner, input));

  it("tells of each what it moved, and what of that was taken back since", async () => {
    const [a, b] = [await remember("the heron fishes"), await remember("the heron sleeps")];
    const retrievalId = await asked("heron", [a, b]);
    const { changes } = await report({ retrievalId, outcome: 1 });
    await revertAll(workspace.owner, ids(changes).slice(0, 1));
    const { items, total } = await list();
    expect(total).toBe(1);
    expect(only(items)).toMatchObject({ query: "heron", outcome: 1, baseline: 0.5, retrievalId });
    expect(only(items).moved.map((m) => [m.label, m.status])).toEqual([
      ["the heron fishes", "reverted"],
      ["the heron sleeps", "live"],
    ]);
    expect(only(items).moved[0]?.weight).toBe(0.5);
  });

  it("can be asked for those that moved one memory, and is paged", async () => {
    const [a, b] = [await remember("a"), await remember("b")];
    for (const id of [a, b, a]) {
      workspace.clock.advance(HOUR);
      await report({ memories: [{ memoryId: id, verdict: "helpful" }] });
    }
    expect((await list({ memory: a })).total).toBe(2);
    const first = await list({ limit: 2 });
    const second = await list({ limit: 2, cursor: first.nextCursor });
    expect([...first.items, ...second.items].map((s) => s.moved[0]?.label)).toEqual(["a", "b", "a"]);
    expect(second.nextCursor).toBeNull();
    expect((await list({ memory: "no such memory" })).items).toEqual([]);
  });
});

describe("quality beside the frozen arm", () => {
  const look = async () => answered("metrics.quality", await quality(workspace.owner, {}));
  // similarity, keyword, utility, graph, recency, cue, context
  const candidate = (m: string, own: number, learned: number) => ({
    m,
    s: own + learned,
    p: [own, 0, learned / 2, 0, 0, learned / 2, 0],
  });

  it("ranks the same candidates without what outcomes added, and finds the gain", async () => {
    const [good, loud] = [await remember("good"), await remember("loud")];
    const candidates = [candidate(good, 0.4, 0.3), candidate(loud, 0.5, 0)];
    const retrievalId = await retrieval(workspace.owner, { query: "which", shown: [good, loud], candidates });
    await report({ retrievalId, memories: [{ memoryId: good, verdict: "helpful" }] });
    const found = await look();
    expect(found.judged).toBe(1);
    expect(found.learned.ndcg?.mean).toBe(1);
    expect(found.frozen.ndcg?.mean).toBeCloseTo(1 / Math.log2(3), 10);
    expect(found.gain.mrr?.mean).toBeCloseTo(0.5, 10);
    expect(found.days.at(-1)).toMatchObject({ judged: 1, learned: 1 });
  });

  it("leaves out what nobody judged, and judgements that were taken back", async () => {
    const id = await remember("good");
    await retrieval(workspace.owner, { query: "unjudged", shown: [id], candidates: [candidate(id, 0.4, 0)] });
    const retrievalId = await retrieval(workspace.owner, {
      query: "judged",
      shown: [id],
      candidates: [candidate(id, 0.4, 0)],
    });
    const { changes } = await report({ retrievalId, memories: [{ memoryId: id, verdict: "helpful" }] });
    expect((await look()).judged).toBe(1);
    await revertAll(workspace.owner, ids(changes));
    expect(await look()).toMatchObject({ judged: 0, learned: { ndcg: null }, gain: { ndcg: null } });
  });
});

describe("the diagnosis of a failed outcome", () => {
  const look = async () => answered("metrics.diagnosis", await diagnosis(workspace.owner, {}));
  const causes = async () => (await look()).causes.filter((c) => c.count > 0).map((c) => [c.cause, c.count]);

  it("is unknown while the signals show nothing more", async () => {
    const id = await remember("the heron fishes");
    await report({ retrievalId: await asked("heron", [id]), outcome: -1 });
    expect(await causes()).toEqual([["unknown", 1]]);
  });

  it("is the model when what it was given had helped and was used", async () => {
    const id = await remember("the heron fishes");
    await report({ retrievalId: await asked("heron", [id]), outcome: -1, used: [id] });
    const found = await look();
    expect(await causes()).toEqual([["model", 1]]);
    expect(only(found.failures).memories).toEqual([{ memoryId: id, label: "the heron fishes" }]);
    expect(found.causes.find((c) => c.cause === "model")?.share).toMatchObject({ mean: 1, count: 1 });
  });

  it("is a stale memory when one that was shown is called outdated, or was superseded since", async () => {
    const [old, newer] = [await remember("the gate is open"), await remember("the gate is shut")];
    await report({
      retrievalId: await asked("gate", [old]),
      outcome: -1,
      memories: [{ memoryId: old, verdict: "outdated" }],
    });
    const [other, next] = [await remember("the key is red"), await remember("the key is blue")];
    await report({ retrievalId: await asked("key", [other]), outcome: -1 });
    expect(await causes()).toEqual([
      ["stale", 1],
      ["unknown", 1],
    ]);
    await updateMemory(workspace.owner, { id: other, supersededBy: next });
    expect(await causes()).toEqual([["stale", 2]]);
    expect(newer).not.toBe(old);
  });

  it("is the recall when a memory that helps with this kind of question was not shown", async () => {
    const [shown, missed] = [await remember("the heron fishes"), await remember("herons nest in March")];
    await report({
      retrievalId: await asked("when do herons nest", [missed]),
      memories: [{ memoryId: missed, verdict: "helpful" }],
    });
    workspace.clock.advance(HOUR);
    await report({ retrievalId: await asked("when do herons nest", [shown]), outcome: -1 });
    expect(await causes()).toEqual([["notRecalled", 1]]);
    expect(only((await look()).failures).memories[0]?.memoryId).toBe(missed);
  });

  it("counts neither successes nor outcomes that were taken back among the failures", async () => {
    const id = await remember("the heron fishes");
    await report({ retrievalId: await asked("heron", [id]), outcome: 1 });
    const { changes } = await report({ retrievalId: await asked("heron", [id]), outcome: -1 });
    expect(await look()).toMatchObject({ outcomes: 2, failed: 1 });
    await revertAll(workspace.owner, ids(changes));
    expect(await look()).toMatchObject({ outcomes: 1, failed: 0 });
  });
});

describe("the cost", () => {
  it("is told in bytes as the database holds them", async () => {
    await remember("the heron fishes");
    const { storage } = answered("metrics.cost", await cost(workspace.owner));
    expect(storage.memories).toBe(1);
    expect(storage.bytesPerMemory).toBeGreaterThan(100);
  });
});
