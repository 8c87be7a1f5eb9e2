/** How far unsure evidence moves memories follows how far reports of use agree: as a tuned parameter that is one revert away. */
import { beforeEach, describe, expect, it } from "vitest";

import { createMemories } from "@/lib/commands/create-memory";
import { cycleOf } from "../support/cycles";
import { DEFAULTS } from "@/lib/domain/parameters";
import { inWorkspace } from "@/lib/store/prisma";
import { parametersIn } from "@/lib/queries/parameters";
import { PROPOSERS } from "@/lib/commands/cycle/proposers";
import { recall } from "@/lib/queries/recall";
import { recordSignal } from "@/lib/commands/record-signal";
import { revert } from "@/lib/commands/revert";
import { seededRandom } from "../support/seeded-random";
import { tuneParameter } from "@/lib/commands/tune-parameter";
import { freshWorkspace, type TestWorkspace } from "../support/workspace";
import type { Context } from "@/lib/commands/context";

const PLANTS = "fern,ivy,basil,mint,cactus,aloe,orchid,violet".split(",");
const USUAL = DEFAULTS["learning.cue.step"];

let workspace: TestWorkspace;
let ids: string[];
beforeEach(async () => {
  workspace = await freshWorkspace();
  await tuneParameter(workspace.owner, { name: "cycle.decisions.fewest", value: 4 });
  const { items } = await createMemories(
    workspace.owner,
    PLANTS.map((plant) => ({ content: `A ${plant} stands on the sill` })),
  );
  ids = items.map((item) => item.memory.id);
});

async function report(ctx: Context, times: number, isUsed: (memory: string) => boolean): Promise<void> {
  for (let i = 0; i < times; i += 1) {
    const { retrievalId, results } = await recall(ctx, { query: "Which plant stands on the sill?" });
    const used = results.map((r) => r.memory.id).filter(isUsed);
    await recordSignal(ctx, { retrievalId: retrievalId ?? "", outcome: 1, used });
  }
}

const cycle = () =>
  cycleOf(workspace.owner, { proposers: PROPOSERS.filter((p) => p.name === "unsure step") });
const step = () =>
  inWorkspace(workspace.workspaceId, async (tx) => (await parametersIn(tx))["learning.cue.step"]);

describe("how far unsure evidence moves", () => {
  it("grows where reports of use agree, a little with each cycle, and comes back with its revert", async () => {
    await report(workspace.ordinary, 8, (id) => ids.indexOf(id) < 3);
    const first = await cycle();
    expect(first.proposals).toMatchObject([
      {
        kind: "threshold",
        state: "applied",
        payload: { values: [{ name: "learning.cue.step", before: USUAL }] },
      },
    ]);
    expect(await step()).toBeCloseTo(USUAL + 0.05, 9);
    const second = await cycle();
    expect(await step()).toBeCloseTo(USUAL + 0.1, 9);
    await revert(workspace.owner, { cycleId: second.id });
    expect(await step()).toBeCloseTo(USUAL + 0.05, 9);
    await revert(workspace.owner, { cycleId: first.id });
    expect(await step()).toBe(USUAL);
  });

  it("stays where reports are chance, or the word of strangers alone", async () => {
    const random = seededRandom(3);
    await report(workspace.low, 8, (id) => ids.indexOf(id) < 3);
    expect((await cycle()).proposals).toEqual([]);
    await report(workspace.ordinary, 8, () => random() < 0.4);
    expect((await cycle()).proposals).toEqual([]);
    expect(await step()).toBe(USUAL);
  });

  it("falls back when the reports that it rested on are taken back", async () => {
    await report(workspace.ordinary, 8, (id) => ids.indexOf(id) < 3);
    await cycle();
    await revert(workspace.owner, { select: { op: "observe" } });
    const random = seededRandom(3);
    await report(workspace.ordinary, 8, () => random() < 0.4);
    await cycle();
    expect(await step()).toBe(USUAL);
  });
});
