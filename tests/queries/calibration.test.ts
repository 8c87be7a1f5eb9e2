/** Whether confidence keeps its word, from a real log: what was predicted is what stood when a memory was shown. */
import { beforeEach, describe, expect, it } from "vitest";

import { createMemories, createMemory } from "@/lib/commands/create-memory";
import { recordSignal } from "@/lib/commands/record-signal";
import { calibration } from "@/lib/queries/calibration";
import type { CreateSignalIn } from "@/lib/contracts/signal";
import { ids, observe, retrieval, revertAll } from "../support/acts";
import { answered } from "../support/answers";
import { DAY, freshWorkspace, type TestWorkspace } from "../support/workspace";

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await freshWorkspace();
});

const look = async (asked = {}) => answered("metrics.calibration", await calibration(workspace.owner, asked));
const remember = async (content: string) => (await createMemory(workspace.owner, { content })).memory.id;
const report = (input: CreateSignalIn) => recordSignal(workspace.owner, input);
const verdict = (memoryId: string, said: "helpful" | "irrelevant", retrievalId?: string) =>
  report({ ...(retrievalId === undefined ? {} : { retrievalId }), memories: [{ memoryId, verdict: said }] });

describe("calibration", () => {
  it("says nothing of a store that nobody judged", async () => {
    expect(await look()).toMatchObject({ count: 0, brier: null, ece: null, bins: [], fitted: null });
  });

  it("holds a memory's confidence before a judgement against the judgement", async () => {
    const id = await remember("tea");
    await observe(workspace.owner, id, [4_000_000, 0]);
    await verdict(id, "irrelevant");
    const found = await look();
    expect(found.bins).toEqual([{ predicted: 0.75, observed: 0, count: 1 }]);
    expect(found.brier).toBeCloseTo(0.5625, 10);
    expect(found.ece).toBeCloseTo(0.75, 10);
    expect(found.note).toMatch(/^1 judged memory is too few .* 50,/u);
  });

  it("predicts with what stood when it was shown, not with what was learned before somebody judged it", async () => {
    const id = await remember("tea");
    const retrievalId = await retrieval(workspace.owner, { query: "drink", shown: [id] });
    await observe(workspace.owner, id, [4_000_000, 0]);
    await verdict(id, "helpful", retrievalId);
    expect((await look()).bins).toEqual([{ predicted: 0.5, observed: 1, count: 1 }]);
    const later = await retrieval(workspace.owner, { query: "drink", shown: [id], seq: 3 });
    await verdict(id, "helpful", later);
    expect((await look()).bins.map((bin) => bin.count)).toEqual([1, 1]);
  });

  it("counts the newest word on a memory once per recall", async () => {
    const id = await remember("tea");
    const retrievalId = await retrieval(workspace.owner, { query: "drink", shown: [id] });
    await verdict(id, "helpful", retrievalId);
    await verdict(id, "irrelevant", retrievalId);
    expect((await look()).bins).toEqual([{ predicted: 0.5, observed: 0, count: 1 }]);
  });

  it("reads use as the outcome of the answer, and no outcome of a whole answer as a judgement of a memory", async () => {
    const [used, unused] = [await remember("tea"), await remember("coffee")];
    const shown = [used, unused];
    await report({ retrievalId: await retrieval(workspace.owner, { query: "a", shown }), outcome: 1 });
    expect((await look()).count).toBe(0);
    await report({
      retrievalId: await retrieval(workspace.owner, { query: "b", shown }),
      outcome: 1,
      used: [used],
    });
    expect(await look()).toMatchObject({ count: 1, bins: [{ observed: 1 }] });
  });

  it("leaves out judgements that were taken back, and those outside of the range", async () => {
    const id = await remember("tea");
    const { changes } = await verdict(id, "helpful");
    expect((await look()).count).toBe(1);
    await revertAll(workspace.owner, ids(changes));
    expect((await look()).count).toBe(0);
    await verdict(id, "helpful");
    workspace.clock.advance(3 * DAY);
    expect((await look({ from: "2026-10-03" })).count).toBe(0);
  });

  it("fits a curve from 50 outcomes on, which mends what confidence promises too little", async () => {
    const { items } = await createMemories(
      workspace.owner,
      Array.from({ length: 60 }, (_, i) => ({ content: `memory ${i}` })),
    );
    for (const [i, item] of items.entries())
      await verdict(item.memory.id, i % 10 === 0 ? "irrelevant" : "helpful");
    const { count, ece, brier, fitted, note } = await look();
    expect(count).toBe(60);
    expect(note).toBeNull();
    expect(ece).toBeCloseTo(0.4, 10);
    expect(fitted).toMatchObject({ form: "platt" });
    expect(fitted?.ece).toBeLessThan(0.1);
    expect(fitted?.brier).toBeLessThan(brier ?? 0);
  });
});
