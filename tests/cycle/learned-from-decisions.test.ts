/** That what people decide moves more than thresholds: what a kind is worth before one looks, and how far sources are believed. */
import { beforeEach, describe, expect, it } from "vitest";

import { archiveOf, cycleOf, proposing } from "../support/cycles";
import { createMemories } from "@/lib/commands/create-memory";
import { decideProposals } from "@/lib/commands/cycle/decide-proposals";
import { inWorkspace } from "@/lib/store/prisma";
import { observe } from "../support/acts";
import { parametersIn } from "@/lib/queries/parameters";
import { PROPOSERS } from "@/lib/commands/cycle/proposers";
import { revert } from "@/lib/commands/revert";
import { tuneParameter } from "@/lib/commands/tune-parameter";
import { freshWorkspace, type TestWorkspace } from "../support/workspace";
import type { ProposalDraft } from "@/lib/domain/cycle/proposal";

let workspace: TestWorkspace;
let ids: string[];
beforeEach(async () => {
  workspace = await freshWorkspace();
  for (const name of ["cycle.bound.status", "cycle.precision", "cycle.auto.precision"] as const)
    await tuneParameter(workspace.owner, { name, value: name === "cycle.bound.status" ? 1 : 0.5 });
  ids = (
    await createMemories(
      workspace.owner,
      Array.from({ length: 60 }, (_, i) => ({ content: `thing number ${String(i)}` })),
    )
  ).items.map((item) => item.memory.id);
});

const runs = (name: string) =>
  cycleOf(workspace.owner, { proposers: PROPOSERS.filter((p) => p.name === name) });
const parameter = (name: "cycle.prior.archive" | "safety.trust.ordinary") =>
  inWorkspace(workspace.workspaceId, async (tx) => (await parametersIn(tx))[name]);
const proposed = async (drafts: readonly ProposalDraft[]) => cycleOf(workspace.owner, proposing(drafts));

/** A cycle proposes these, and a person says yes to the first `accepted` of them. */
async function decide(drafts: readonly ProposalDraft[], accepted: number): Promise<void> {
  const { id, proposals } = await proposed(drafts);
  const inOrder = drafts.flatMap(
    (d) => proposals.find((p) => p.targets[0]?.id === d.targets[0]?.id)?.id ?? [],
  );
  await decideProposals(workspace.owner, {
    id,
    approve: inOrder.slice(0, accepted),
    decline: inOrder.slice(accepted),
  });
}

describe("what cycles hold of a kind of proposal", () => {
  it("falls with what is declined by one tuned parameter, makes the next ones less sure, and comes back with its revert", async () => {
    await decide(
      ids.slice(0, 40).map((id) => archiveOf(id, 0.85)),
      4,
    );
    const cycle = await runs("priors");
    expect(cycle.proposals).toMatchObject([
      {
        kind: "threshold",
        state: "applied",
        payload: { values: [{ name: "cycle.prior.archive", before: 0, value: -0.25 }] },
      },
    ]);
    expect(await parameter("cycle.prior.archive")).toBe(-0.25);
    const next = await proposed([archiveOf(ids[50] ?? "", 0.82)]);
    expect(next.proposals).toMatchObject([{ state: "rejected" }]);
    expect(next.proposals[0]?.certainty).toBeCloseTo(0.78, 2);
    await revert(workspace.owner, { cycleId: cycle.id });
    expect(await parameter("cycle.prior.archive")).toBe(0);
    expect((await proposed([archiveOf(ids[51] ?? "", 0.82)])).proposals).toMatchObject([
      { state: "waiting" },
    ]);
  });

  it("counts what was accepted and taken back since as declined", async () => {
    const { id, proposals } = await proposed(ids.slice(0, 40).map((one) => archiveOf(one, 0.85)));
    const done = await decideProposals(workspace.owner, { id, approve: proposals.map((p) => p.id) });
    expect((await runs("priors")).proposals).toMatchObject([
      { state: "applied", payload: { values: [{ name: "cycle.prior.archive", value: 0.25 }] } },
    ]);
    await revert(workspace.owner, { changeIds: done.changes.slice(0, 36).map((c) => c.id) });
    expect((await runs("priors")).proposals).toMatchObject([
      { payload: { values: [{ name: "cycle.prior.archive", before: 0.25, value: 0 }] } },
    ]);
  });
});

describe("trust in a class of sources", () => {
  const resting = async (accepted: number): Promise<void> => {
    const drafts: ProposalDraft[] = [];
    for (const id of ids.slice(0, 25)) {
      const { id: change } = await observe(workspace.ordinary, id, [0, 1_000_000]);
      drafts.push({ ...archiveOf(id, 0.9), support: { terms: [{ change, amount: 1 }], threshold: 1 } });
    }
    await decide(drafts, accepted);
  };

  it("falls when proposals that rested on its word are declined, waits for a person, and is one revert away", async () => {
    await resting(3);
    const cycle = await runs("trust");
    expect(cycle.proposals).toMatchObject([
      {
        kind: "trust",
        state: "waiting",
        payload: { values: [{ name: "safety.trust.ordinary", before: 0.5, value: 0.45 }] },
      },
    ]);
    await decideProposals(workspace.owner, { id: cycle.id, approve: cycle.proposals.map((p) => p.id) });
    expect(await parameter("safety.trust.ordinary")).toBe(0.45);
    await revert(workspace.owner, { cycleId: cycle.id });
    expect(await parameter("safety.trust.ordinary")).toBe(0.5);
  });

  it("rises when they are accepted and stand", async () => {
    await resting(25);
    expect((await runs("trust")).proposals).toMatchObject([
      { payload: { values: [{ name: "safety.trust.ordinary", value: 0.55 }] } },
    ]);
  });
});
