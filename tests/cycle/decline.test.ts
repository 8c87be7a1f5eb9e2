/** That a no is a change like any other: on the timeline, taken back by a revert, and remembered no longer then. */
import { beforeEach, describe, expect, it } from "vitest";

import { archiveOf, cycleOf, mergeOf, proposing } from "../support/cycles";
import { createMemories } from "@/lib/commands/create-memory";
import { DAY, freshWorkspace, type TestWorkspace } from "../support/workspace";
import { decideProposals } from "@/lib/commands/cycle/decide-proposals";
import { expireProposals } from "@/lib/commands/cycle/expire-proposals";
import { getCycle } from "@/lib/queries/cycles";
import { getMemory } from "@/lib/queries/memory";
import { listChanges } from "@/lib/queries/timeline";
import { listProposals } from "@/lib/queries/proposals";
import { revert } from "@/lib/commands/revert";
import { tuneParameter } from "@/lib/commands/tune-parameter";
import { verify } from "@/lib/queries/verify";

let workspace: TestWorkspace;
let ids: string[];
const nth = (i: number) => ids[i] ?? "";

beforeEach(async () => {
  workspace = await freshWorkspace();
  await tuneParameter(workspace.owner, { name: "cycle.bound.status", value: 1 });
  const { items } = await createMemories(
    workspace.owner,
    ["Ann drinks tea", "Ann drinks green tea", "Ann likes green tea", "Bob is in Oslo"].map((content) => ({
      content,
    })),
  );
  ids = items.map((item) => item.memory.id);
});

const asked = (more: readonly ReturnType<typeof archiveOf>[] = []) =>
  cycleOf(workspace.owner, proposing([archiveOf(nth(3), 0.9), ...more]));
const verified = async () =>
  expect(await verify(workspace.owner)).toMatchObject({ ok: true, projection: { mismatches: [] } });

describe("declining", () => {
  it("is one change with its reason, in a group of its own, and moves nothing that recalls show", async () => {
    const cycle = await asked();
    const [proposal] = cycle.proposals;
    const preview = await decideProposals(workspace.owner, {
      id: cycle.id,
      decline: [proposal?.id ?? ""],
      dryRun: true,
    });
    expect((await listProposals(workspace.owner, { state: "waiting" })).total).toBe(1);
    const done = await decideProposals(workspace.owner, {
      id: cycle.id,
      decline: [proposal?.id ?? ""],
      reason: "still true",
    });
    expect(done.effects).toEqual(preview.effects.map((e) => ({ ...e })));
    expect(done.effects).toMatchObject([
      { targetType: "question", register: "declined", before: null, after: "for a while" },
    ]);
    const { items } = await listChanges(workspace.owner, { op: "decline" });
    expect(items).toMatchObject([
      {
        id: done.changes[0]?.id,
        op: "decline",
        status: "live",
        cause: { kind: "cycle", stage: "decline", reason: "still true" },
        cycleId: null,
        summary: "Declined the proposal “Archive”",
      },
    ]);
    expect(done.cycle).toMatchObject({
      state: "declined",
      proposals: [{ state: "declined", decisionReason: "still true", changeIds: [items[0]?.id] }],
    });
    await verified();
  });

  it("is taken back by a revert: the proposal waits again for as long as it had left, and can be approved", async () => {
    const cycle = await asked();
    const [proposal] = cycle.proposals;
    const { changes } = await decideProposals(workspace.owner, { id: cycle.id, never: [proposal?.id ?? ""] });
    expect((await asked()).proposals).toEqual([]);
    workspace.clock.advance(3 * DAY);
    const { groupId } = await revert(workspace.owner, { changeIds: changes.map((c) => c.id) });
    const { cycle: back } = await getCycle(workspace.owner, { id: cycle.id });
    expect(back).toMatchObject({
      state: "waiting",
      waiting: 1,
      proposals: [{ state: "waiting", decidedBy: null, decisionReason: null }],
    });
    expect(Date.parse(back.proposals[0]?.expiresAt ?? "") - Date.parse(proposal?.expiresAt ?? "")).toBe(
      3 * DAY,
    );
    // A redo declines it once more; the undo of that asks again.
    const redone = await revert(workspace.owner, { groupId: groupId ?? "" });
    expect((await getCycle(workspace.owner, { id: cycle.id })).cycle).toMatchObject({
      state: "declined",
      proposals: [{ state: "declined" }],
    });
    await revert(workspace.owner, { groupId: redone.groupId ?? "" });
    await decideProposals(workspace.owner, { id: cycle.id, approve: [proposal?.id ?? ""] });
    expect((await getMemory(workspace.owner, { id: nth(3) })).memory.lifecycle).toBe("archived");
    await verified();
  });

  it("is forgotten with its revert: a later cycle may ask once the old question has lapsed", async () => {
    const cycle = await asked();
    const { changes } = await decideProposals(workspace.owner, {
      id: cycle.id,
      never: [cycle.proposals[0]?.id ?? ""],
    });
    workspace.clock.advance(400 * DAY);
    expect((await asked()).proposals).toEqual([]);
    await revert(workspace.owner, { changeIds: changes.map((c) => c.id) });
    // It waits for as long as it had left; a cycle withdraws what nobody decided in time, and may then ask anew.
    workspace.clock.advance(15 * DAY);
    expect((await asked()).proposals).toEqual([]);
    await expireProposals(workspace.owner);
    expect((await asked()).proposals).toMatchObject([{ kind: "archive", state: "waiting" }]);
  });

  it("beside an approval is taken back without it, and the approval without the no", async () => {
    const cycle = await asked([mergeOf([nth(0), nth(1)], 0.8)]);
    const of = (kind: string) => cycle.proposals.find((p) => p.kind === kind)?.id ?? "";
    const done = await decideProposals(workspace.owner, {
      id: cycle.id,
      approve: [of("merge")],
      decline: [of("archive")],
    });
    const no = done.changes.filter((c) => c.op === "decline");
    await revert(workspace.owner, { cycleId: cycle.id });
    const states = async () =>
      (await getCycle(workspace.owner, { id: cycle.id })).cycle.proposals
        .map((p) => [p.kind, p.state])
        .sort();
    expect(await states()).toEqual([
      ["archive", "declined"],
      ["merge", "reverted"],
    ]);
    await revert(workspace.owner, { changeIds: no.map((c) => c.id) });
    expect(await states()).toEqual([
      ["archive", "waiting"],
      ["merge", "reverted"],
    ]);
    await verified();
  });
});

describe("a comment", () => {
  it("on one proposal is kept with its decision and its change, and the others get the one for all", async () => {
    const cycle = await asked([mergeOf([nth(0), nth(1)], 0.8)]);
    const of = (kind: string) => cycle.proposals.find((p) => p.kind === kind)?.id ?? "";
    const done = await decideProposals(workspace.owner, {
      id: cycle.id,
      approve: [of("merge")],
      decline: [of("archive")],
      reason: "weekly look",
      reasons: { [of("archive")]: "Bob asked for it" },
    });
    expect(done.cycle.proposals.map((p) => [p.kind, p.decisionReason]).sort()).toEqual([
      ["archive", "Bob asked for it"],
      ["merge", "weekly look"],
    ]);
    expect(new Set(done.changes.map((c) => `${c.op}: ${c.cause.reason ?? ""}`))).toEqual(
      new Set(["merge: weekly look", "member: weekly look", "decline: Bob asked for it"]),
    );
  });
});

describe("leaving a source out of a proposed merge", () => {
  it("merges the others in one action, says so in the ledger, and does not propose it for them again", async () => {
    const three = mergeOf([nth(0), nth(1), nth(2)], 0.8);
    const cycle = await cycleOf(workspace.owner, proposing([three]));
    const proposal = cycle.proposals[0]?.id ?? "";
    const done = await decideProposals(workspace.owner, {
      id: cycle.id,
      approve: [proposal],
      edits: { [proposal]: { sources: [nth(0), nth(1)], content: "Ann drinks green tea daily" } },
    });
    expect(done).toMatchObject({ approved: [proposal], failed: [], cycle: { state: "applied" } });
    const result = done.changes.find((c) => c.op === "merge")?.targetId ?? "";
    expect((await getMemory(workspace.owner, { id: result })).memory).toMatchObject({
      content: "Ann drinks green tea daily",
      mergedFrom: expect.arrayContaining([nth(0), nth(1)]) as string[],
    });
    expect((await getMemory(workspace.owner, { id: nth(2) })).memory.mergedInto).toBeNull();
    expect((await cycleOf(workspace.owner, proposing([mergeOf([result, nth(2)], 0.8)]))).proposals).toEqual(
      [],
    );
    // All of it is one group, so that one undo takes back the merge and what was said of the one left out.
    await revert(workspace.owner, { groupId: done.groupId ?? "" });
    expect((await getMemory(workspace.owner, { id: nth(0) })).memory.mergedInto).toBeNull();
    expect((await listChanges(workspace.owner, { op: "decline", status: "live" })).total).toBe(0);
    await verified();
  });

  it("needs two of the proposal's own sources", async () => {
    const cycle = await cycleOf(workspace.owner, proposing([mergeOf([nth(0), nth(1), nth(2)], 0.8)]));
    const proposal = cycle.proposals[0]?.id ?? "";
    for (const sources of [[nth(0)], [nth(0), nth(3)]]) {
      await expect(
        decideProposals(workspace.owner, {
          id: cycle.id,
          approve: [proposal],
          edits: { [proposal]: { sources } },
        }),
      ).rejects.toMatchObject({ code: "invalid_input" });
    }
  });
});
