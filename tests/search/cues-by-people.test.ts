/** A name is read as "I" before a question is embedded, so two questions can have one vector and ask about different people. */
import { beforeEach, describe, expect, it } from "vitest";

import { createMemories } from "@/lib/commands/create-memory";
import { headOf } from "@/lib/queries/head";
import { listChanges } from "@/lib/queries/timeline";
import { operations } from "@/lib/contracts/operations";
import { perform } from "@/lib/transport/perform";
import { recall } from "@/lib/queries/recall";
import { recordSignal } from "@/lib/commands/record-signal";
import { refreshEpoch } from "@/lib/commands/refresh-epoch";
import { revert } from "@/lib/commands/revert";
import { freshWorkspace, type TestWorkspace } from "../support/workspace";

const OF_SAM = "What does Sam do to relax?";
const OF_EVAN = "What does Evan do to relax?";
const OF_NOBODY = "What do I do to relax";

let workspace: TestWorkspace;
let walk = "";
let stove = "";
beforeEach(async () => {
  workspace = await freshWorkspace();
  const { items } = await createMemories(workspace.owner, [
    { content: "A long walk with the dog clears the head", source: { speaker: "Sam" } },
    { content: "The stove was repaired on Monday", source: { speaker: "Evan" } },
  ]);
  [walk, stove] = [items[0]?.memory.id ?? "", items[1]?.memory.id ?? ""];
});

async function praise(query: string, memoryId = walk) {
  const { retrievalId } = await recall(workspace.owner, { query });
  const memories = [{ memoryId, verdict: "helpful" as const }];
  return recordSignal(workspace.owner, { retrievalId: retrievalId ?? "", memories });
}

async function cue(query: string, more: object = {}): Promise<number | undefined> {
  const input = { query, dryRun: true, deterministic: true, ...more };
  const { results } = operations.recall.output.parse(await perform("recall", workspace.owner, input));
  return results.find(({ memory }) => memory.id === walk)?.parts.cue;
}

describe("what is learned for a question about one person", () => {
  it("says nothing about the same question of another person, or of nobody", async () => {
    await refreshEpoch(workspace.workspaceId);
    for (let i = 0; i < 4; i += 1) await praise(OF_SAM);
    expect(await cue(OF_SAM)).toBeGreaterThan(0);
    expect(await cue("To relax, what does Sam do?")).toBeGreaterThan(0);
    expect([
      await cue(OF_EVAN),
      await cue(OF_NOBODY),
      await cue("What do Sam and Evan do to relax?"),
    ]).toEqual([0, 0, 0]);
    await praise(OF_EVAN);
    expect(await cue(OF_EVAN)).toBeGreaterThan(0);
    expect(await cue(OF_EVAN)).toBeLessThan((await cue(OF_SAM)) ?? 0);
  });

  it("is kept apart from the moment on that the people are known, and in the states from then on alone", async () => {
    const of = (name: string) => `Which way does ${name} like best to relax after a long week at the office?`;
    for (let i = 0; i < 4; i += 1) await praise(of("Sam"));
    // Nobody is known to speak here yet, so a name is a word like others.
    const before = await cue(of("Evan"));
    expect(before).toBeGreaterThan(0);
    const { seq } = await headOf(workspace.owner);

    await refreshEpoch(workspace.workspaceId);
    expect(await cue(of("Evan"))).toBe(0);
    expect(await cue(of("Sam"))).toBeGreaterThan(0);
    expect(await cue(of("Evan"), { stateAt: String(seq) })).toBe(before);
    const [known] = (await listChanges(workspace.owner, { op: "tune" })).items;
    const undone = await revert(workspace.owner, { changeIds: [known?.id ?? ""] });
    expect(await cue(of("Evan"))).toBe(before);
    await revert(workspace.owner, { groupId: undone.groupId ?? "" });
    expect(await cue(of("Evan"))).toBe(0);
  });

  it("is taken back with its verdicts, to the last digit", async () => {
    await refreshEpoch(workspace.workspaceId);
    const { changes } = await praise(OF_SAM);
    const one = await cue(OF_SAM);
    const more = await praise(OF_SAM);
    const evans = await praise(OF_EVAN);
    await revert(workspace.owner, { changeIds: more.changes.map((c) => c.id) });
    expect(await cue(OF_SAM)).toBe(one);
    await revert(workspace.owner, { changeIds: [...changes, ...evans.changes].map((c) => c.id) });
    expect([await cue(OF_SAM), await cue(OF_EVAN)]).toEqual([0, 0]);
  });

  it("is previewed at the questions it moves, and at nobody else's", async () => {
    await refreshEpoch(workspace.workspaceId);
    await recall(workspace.owner, { query: OF_EVAN });
    const changes: string[] = [];
    for (let i = 0; i < 8; i += 1)
      changes.push(...(await praise(OF_SAM, stove)).changes.map((change) => change.id));
    const first = async (query: string) =>
      (await recall(workspace.owner, { query, dryRun: true })).results[0]?.memory.id;
    const [sams, evans] = [await first(OF_SAM), await first(OF_EVAN)];
    const { blastRadius } = await revert(workspace.owner, { changeIds: changes, dryRun: true });
    const moved = new Set(blastRadius?.moves.map((move) => move.query));
    await revert(workspace.owner, { changeIds: changes });
    expect([await first(OF_SAM), await first(OF_EVAN)]).toEqual([walk, evans]);
    expect(sams).toBe(stove);
    expect([...moved]).toEqual([OF_SAM]);
  });
});
