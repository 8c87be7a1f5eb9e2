/** That what a person decides of proposals is done as it was previewed, remembered, and taken back alone. */
import { describe, expect, it } from "vitest";

import { sixNotes } from "../support/six-notes";
import { archiveOf, cycleOf, mergeOf, proposing, supersessionOf } from "../support/cycles";
import { cancelCycle } from "@/lib/commands/cycle/cancel-cycle";
import { decideProposals } from "@/lib/commands/cycle/decide-proposals";
import { getCycle } from "@/lib/queries/cycles";
import { listProposals } from "@/lib/queries/proposals";
import { recall } from "@/lib/queries/recall";
import { recordSignal } from "@/lib/commands/record-signal";
import { revert } from "@/lib/commands/revert";
import { updateMemory } from "@/lib/commands/update-memory";

const { clock, owner, tea, morning, rome, oslo, build, memory, changesOf, verified, bounds } = sixNotes();

describe("a decision", () => {
  const waiting = async () => {
    await bounds();
    const cycle = await cycleOf(
      owner(),
      proposing([
        mergeOf([tea(), morning()], 0.8),
        archiveOf(build(), 0.9),
        supersessionOf(rome(), oslo(), 0.7),
      ]),
    );
    const of = (kind: string) => cycle.proposals.find((p) => p.kind === kind)?.id ?? "";
    return { cycle, merge: of("merge"), archive: of("archive"), supersede: of("supersede") };
  };

  it("previews exactly what it then does, and applies in the cycle's own group", async () => {
    const { cycle, merge, archive } = await waiting();
    const input = {
      id: cycle.id,
      approve: [merge, archive],
      edits: { [merge]: { content: "Ann drinks green tea every morning" } },
    };
    const preview = await decideProposals(owner(), { ...input, dryRun: true });
    expect((await getCycle(owner(), { id: cycle.id })).cycle.waiting).toBe(3);
    const act = await decideProposals(owner(), input);
    // The merge's result has another id each time it is made.
    const shape = (of: typeof act) =>
      of.effects
        .map((e) => [
          e.register,
          e.targetId === tea() || e.targetId === build() ? e.targetId : "",
          e.register === "mergedInto" ? "" : e.after,
        ])
        .sort();
    expect(shape(act)).toEqual(shape(preview));
    expect(act.cycle).toMatchObject({ state: "waiting", waiting: 1 });
    const result = (await memory(tea())).mergedInto;
    expect((await memory(result ?? "")).content).toBe("Ann drinks green tea every morning");
    expect(new Set((await changesOf(cycle.id)).map((c) => `${c.groupId} ${c.actor}`))).toEqual(
      new Set([`${cycle.groupId ?? act.groupId ?? ""} ${owner().actor}`]),
    );
    await verified();
  });

  it("is remembered: what was declined is not asked again for a while, and never where nobody wants to be asked", async () => {
    const { cycle, merge, archive, supersede } = await waiting();
    const done = await decideProposals(owner(), {
      id: cycle.id,
      decline: [archive],
      never: [merge],
      approve: [supersede],
    });
    expect(done.cycle.state).toBe("partly");
    const again = () =>
      cycleOf(owner(), proposing([mergeOf([morning(), tea()], 0.8), archiveOf(build(), 0.9)]));
    expect((await again()).proposals).toEqual([]);
    clock().advance(31 * 86_400_000);
    expect((await again()).proposals.map((p) => p.kind)).toEqual(["archive"]);
  });

  it("refuses what was decided already, what expired, and approving what is declined", async () => {
    const { cycle, merge, archive, supersede } = await waiting();
    await expect(
      decideProposals(owner(), { id: cycle.id, approve: [merge], decline: [merge] }),
    ).rejects.toMatchObject({ code: "invalid_input" });
    await decideProposals(owner(), { id: cycle.id, decline: [merge] });
    await expect(decideProposals(owner(), { id: cycle.id, approve: [merge] })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(
      decideProposals(owner(), {
        id: cycle.id,
        approve: [archive],
        edits: { [archive]: { content: "x" } },
      }),
    ).rejects.toMatchObject({ code: "invalid_input" });
    clock().advance(15 * 86_400_000);
    await expect(decideProposals(owner(), { id: cycle.id, approve: [supersede] })).rejects.toMatchObject({
      code: "conflict",
    });
    expect((await listProposals(owner(), {})).items).toEqual([]);
  });

  it("leaves alone what moved after it was proposed, and says why, but evidence may come in", async () => {
    const { cycle, merge, archive } = await waiting();
    await updateMemory(owner(), { id: tea(), content: "Ann drinks black tea" });
    const asked = await recall(owner(), { query: "How long does the build take?" });
    await recordSignal(owner(), {
      retrievalId: asked.retrievalId ?? "",
      memories: [{ memoryId: build(), verdict: "helpful" }],
    });
    const done = await decideProposals(owner(), { id: cycle.id, approve: [merge, archive] });
    expect(done).toMatchObject({ approved: [archive], failed: [{ proposalId: merge }] });
    expect(done.cycle.proposals.find((p) => p.id === merge)).toMatchObject({
      state: "failed",
      decisionReason: expect.stringContaining("changed (edit)") as string,
    });
  });

  it("on one item is taken back alone", async () => {
    const { cycle, archive, supersede } = await waiting();
    const done = await decideProposals(owner(), { id: cycle.id, approve: [archive, supersede] });
    const changeIds = done.cycle.proposals.find((p) => p.id === archive)?.changeIds ?? [];
    await revert(owner(), { changeIds });
    const { cycle: after } = await getCycle(owner(), { id: cycle.id });
    expect(after.proposals.find((p) => p.id === archive)?.state).toBe("reverted");
    expect(after.proposals.find((p) => p.id === supersede)?.state).toBe("applied");
    expect((await memory(build())).lifecycle).toBe("active");
    expect((await memory(rome())).supersededBy).toBe(oslo());
  });

  it("can be left to nobody: a cancelled cycle withdraws what waits and keeps what is in force", async () => {
    const { cycle, archive } = await waiting();
    await decideProposals(owner(), { id: cycle.id, approve: [archive] });
    const { cycle: after, changed } = await cancelCycle(owner(), { id: cycle.id });
    expect(changed).toBe(true);
    expect(after).toMatchObject({ state: "partly", waiting: 0 });
    expect((await memory(build())).lifecycle).toBe("archived");
  });
});
