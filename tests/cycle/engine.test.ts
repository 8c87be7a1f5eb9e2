/** That a cycle applies all that is safe as one group, queues the rest, and leaves nothing behind when it fails. */
import { describe, expect, it, vi } from "vitest";

import { sixNotes } from "../support/six-notes";
import {
  archiveOf,
  cycleOf,
  mergeOf,
  proposing,
  quarantineOf,
  supersessionOf,
  tuningOf,
} from "../support/cycles";
import { cancelCycle } from "@/lib/commands/cycle/cancel-cycle";
import { CYCLE_STAGES, type CycleStage } from "@/lib/domain/cycle/cycle";
import { DEFAULTS } from "@/lib/domain/parameters";
import { decideProposals } from "@/lib/commands/cycle/decide-proposals";
import { getCycle, listCycles } from "@/lib/queries/cycles";
import { inWorkspace } from "@/lib/store/prisma";
import { listMemories } from "@/lib/queries/list-memories";
import { listProposals } from "@/lib/queries/proposals";
import { recall } from "@/lib/queries/recall";
import { recordSignal } from "@/lib/commands/record-signal";
import { recoverCycles, startCycle } from "@/lib/commands/cycle/start-cycle";
import { revert } from "@/lib/commands/revert";
import { tuneParameter } from "@/lib/commands/tune-parameter";

/** A busy machine may take seconds to come to a stage. */
const PATIENTLY = { timeout: 20_000, interval: 50 };

const {
  ids,
  texts,
  owner,
  workspaceId,
  tea,
  morning,
  rome,
  oslo,
  build,
  memory,
  changesOf,
  verified,
  bounds,
} = sixNotes();

describe("a cycle", () => {
  it("applies what is sure in one group, and queues what a person has to see", async () => {
    await bounds();
    const cycle = await cycleOf(
      owner(),
      proposing([
        mergeOf([tea(), morning()]),
        quarantineOf(build()),
        tuningOf("time.halfLife.fact", 180, 200),
        supersessionOf(rome(), oslo(), 0.7),
      ]),
    );
    expect(cycle).toMatchObject({ state: "waiting", waiting: 1, failure: null });
    expect(cycle.stages.map((s) => s.state)).toEqual([
      "done",
      "done",
      "done",
      "done",
      "done",
      "done",
      "waiting",
    ]);
    expect(cycle.proposals.map((p) => [p.kind, p.state, p.risk]).sort()).toEqual([
      ["halfLife", "applied", "low"],
      ["merge", "applied", "low"],
      ["quarantine", "applied", "low"],
      ["supersede", "waiting", "high"],
    ]);
    const changes = await changesOf(cycle.id);
    expect(changes.map((c) => c.op).sort()).toEqual(["member", "member", "merge", "quarantine", "tune"]);
    expect(new Set(changes.map((c) => c.groupId))).toEqual(new Set([cycle.groupId]));
    expect(new Set(changes.map((c) => c.actor))).toEqual(new Set([`cycle:${cycle.id}`]));
    expect((await memory(build())).quarantined).toBe(true);
    expect((await memory(rome())).supersededBy).toBeNull();
    const moved = await listMemories(owner(), { q: "is:in-last-cycle", lifecycle: "all" });
    expect(moved.items.map(({ mergedFrom, quarantined }) => [mergedFrom.length, quarantined]).sort()).toEqual(
      [
        [0, true],
        [2, false],
      ],
    );
    await verified();
  });

  it("is taken back by one revert, exactly, and says so", async () => {
    await bounds();
    const before = await Promise.all(ids().map(memory));
    const cycle = await cycleOf(
      owner(),
      proposing([
        mergeOf([tea(), morning()]),
        quarantineOf(build()),
        tuningOf("time.halfLife.fact", 180, 200),
      ]),
    );
    expect(cycle.state).toBe("applied");
    await revert(owner(), { cycleId: cycle.id });
    const same = (m: (typeof before)[number]) => ({ ...m, seq: 0, updatedAt: "" });
    expect((await Promise.all(ids().map(memory))).map(same)).toEqual(before.map(same));
    const { cycle: after } = await getCycle(owner(), { id: cycle.id });
    expect(after.state).toBe("reverted");
    expect(after.proposals.map((p) => p.state)).toEqual(["reverted", "reverted", "reverted"]);
    await verified();
  });

  it("that is dry changes nothing and shows what it would do", async () => {
    const cycle = await cycleOf(owner(), proposing([mergeOf([tea(), morning()])]), { dryRun: true });
    expect(cycle).toMatchObject({ dryRun: true, state: "cancelled", groupId: null, waiting: 1 });
    expect(await changesOf(cycle.id)).toEqual([]);
    const [proposal] = cycle.proposals;
    await expect(
      decideProposals(owner(), { id: cycle.id, approve: [proposal?.id ?? ""] }),
    ).rejects.toMatchObject({ code: "conflict" });
    expect((await listProposals(owner(), {})).items).toEqual([]);
  });

  it("keeps what its gate rejects to be looked at, with the figures", async () => {
    const cycle = await cycleOf(owner(), proposing([mergeOf([tea(), morning()], 0.3)]));
    expect(cycle).toMatchObject({ state: "applied", waiting: 0 });
    expect(cycle.proposals).toMatchObject([
      {
        state: "rejected",
        changeIds: [],
        gate: {
          passed: false,
          figures: [
            { name: "certainty", value: 0.3, threshold: DEFAULTS["cycle.accept.merge"], passed: false },
          ],
        },
      },
    ]);
  });

  it("does no more than its bounds allow, the surest first", async () => {
    await tuneParameter(owner(), { name: "cycle.bound.least", value: 2 });
    const drafts = [
      archiveOf(tea(), 0.85),
      archiveOf(morning(), 0.95),
      archiveOf(rome(), 0.9),
      archiveOf(build(), 0.99),
    ];
    const cycle = await cycleOf(owner(), proposing(drafts));
    expect(cycle.proposals.map((p) => p.targets[0]?.id).sort()).toEqual([morning(), build()].sort());
    expect(cycle.stages.find((s) => s.stage === "gate")?.counts.heldBack).toBe(2);
  });

  it("keeps the surer of two proposals that move the same memory", async () => {
    await bounds();
    const cycle = await cycleOf(
      owner(),
      proposing([mergeOf([tea(), morning()]), supersessionOf(morning(), tea(), 0.999)]),
    );
    expect(cycle.proposals.map((p) => [p.kind, p.state])).toEqual([["merge", "applied"]]);
  });

  it("replays what recent recalls would show, and rejects a merge that hides what they found", async () => {
    await bounds();
    await recall(owner(), { query: "Who drinks green tea?", limit: 1 });
    const mergedAs = (content: string) =>
      mergeOf([tea(), morning()], 1, { after: content, payload: { sources: [tea(), morning()], content } });
    const dry = async (content: string) =>
      (await cycleOf(owner(), proposing([mergedAs(content)]), { dryRun: true })).proposals;
    const [bad] = await dry("A text of other words");
    expect(bad).toMatchObject({ state: "rejected", predicted: { affected: 1, ndcgDelta: null } });
    expect(bad?.gate.figures.at(-1)).toMatchObject({ value: 1, threshold: 0, passed: false });
    const asked = await recall(owner(), { query: "What does Ann drink in the morning?", limit: 2 });
    await recordSignal(owner(), {
      retrievalId: asked.retrievalId ?? "",
      memories: [{ memoryId: morning(), verdict: "helpful" }],
    });
    const [good] = await dry(texts[1] ?? "");
    expect(good).toMatchObject({ state: "waiting", predicted: { affected: 2 } });
    expect(good?.predicted.queries[0]).toMatchObject({
      query: "What does Ann drink in the morning?",
      ndcgBefore: expect.any(Number) as number,
    });
  });
});

describe("a cycle that fails", () => {
  const failingAt = (at: CycleStage, moment: "begins" | "ends") =>
    proposing([mergeOf([tea(), morning()]), quarantineOf(build())], {
      onStage: (stage, when) =>
        stage === at && when === moment ? Promise.reject(new Error("the disk is full")) : Promise.resolve(),
    });

  // What is watched is another day's work, so six stages can fail while a cycle runs.
  it.each(
    CYCLE_STAGES.filter((s) => s !== "watch").flatMap((stage) => [
      [stage, "begins"] as const,
      [stage, "ends"] as const,
    ]),
  )("at %s as it %s changes nothing, and says so loudly", async (stage, moment) => {
    await bounds();
    const loudly = vi.spyOn(console, "error").mockReturnValue();
    const cycle = await cycleOf(owner(), failingAt(stage, moment));
    expect(cycle).toMatchObject({
      state: "failed",
      waiting: 0,
      failure: { stage, message: "the disk is full" },
    });
    expect(cycle.stages.find((s) => s.stage === stage)).toMatchObject({
      state: "failed",
      error: "the disk is full",
    });
    expect((await memory(tea())).mergedInto).toBeNull();
    expect((await memory(build())).quarantined).toBe(false);
    expect(loudly).toHaveBeenCalledWith(expect.stringContaining("the disk is full"));
    await verified();
    expect((await cycleOf(owner(), proposing([quarantineOf(build())]))).state).toBe("applied");
  });

  it("because a proposer throws names it", async () => {
    vi.spyOn(console, "error").mockReturnValue();
    const cycle = await cycleOf(owner(), {
      proposers: [
        { name: "merges", propose: () => Promise.reject(new Error("malformed output of the model")) },
      ],
    });
    expect(cycle.failure).toEqual({ stage: "propose", message: "merges: malformed output of the model" });
  });
});

describe("of several servers", () => {
  it("only one runs a cycle, and a cancelled one applies nothing", async () => {
    await bounds();
    let go = (): void => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    const tools = proposing([quarantineOf(build())], {
      onStage: (stage, moment) => (stage === "propose" && moment === "begins" ? held : Promise.resolve()),
    });
    const asked = { trigger: "key", actor: owner().actor } as const;
    const first = await startCycle(owner(), asked, tools);
    expect(await startCycle(owner(), asked, tools)).toBeNull();
    await cancelCycle(owner(), { id: first?.id ?? "" });
    go();
    await first?.done;
    expect((await getCycle(owner(), { id: first?.id ?? "" })).cycle).toMatchObject({
      state: "cancelled",
      failure: null,
    });
    expect((await memory(build())).quarantined).toBe(false);
  });

  it("one that lost its lease writes nothing more; whoever finds it abandoned says that nothing was changed", async () => {
    await bounds();
    vi.spyOn(console, "error").mockReturnValue();
    let go = (): void => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    const tools = proposing([quarantineOf(build())], {
      onStage: (stage, moment) => (stage === "apply" && moment === "begins" ? held : Promise.resolve()),
    });
    const first = await startCycle(owner(), { trigger: "key", actor: owner().actor }, tools);
    await vi.waitFor(
      async () =>
        expect(
          (await getCycle(owner(), { id: first?.id ?? "" })).cycle.stages.find((s) => s.stage === "apply")
            ?.state,
        ).toBe("running"),
      PATIENTLY,
    );
    await inWorkspace(
      workspaceId(),
      (tx) =>
        tx.$executeRaw`UPDATE "CycleLease" SET "expiresAt" = now() - interval '1 hour' WHERE "workspaceId" = current_setting('app.workspace')::uuid`,
    );
    expect(await recoverCycles(owner())).toBe(1);
    go();
    await first?.done;
    const { cycle } = await getCycle(owner(), { id: first?.id ?? "" });
    expect(cycle).toMatchObject({ state: "failed", failure: { stage: "apply" }, waiting: 0 });
    expect((await memory(build())).quarantined).toBe(false);
  });
});

describe("the list of cycles", () => {
  it("has the newest first, by state, with a page at a time", async () => {
    vi.spyOn(console, "error").mockReturnValue();
    await cycleOf(owner(), proposing([]));
    await cycleOf(owner(), proposing([mergeOf([tea(), morning()], 0.8)]));
    await cycleOf(owner(), {
      proposers: [{ name: "x", propose: () => Promise.reject(new Error("y")) }],
    });
    const all = await listCycles(owner(), {});
    expect(all.items.map((c) => [c.number, c.state])).toEqual([
      [3, "failed"],
      [2, "waiting"],
      [1, "applied"],
    ]);
    expect((await listCycles(owner(), { state: "waiting" })).items.map((c) => c.number)).toEqual([2]);
    const first = await listCycles(owner(), { limit: 2 });
    expect(
      (await listCycles(owner(), { limit: 2, cursor: first.nextCursor ?? "" })).items.map((c) => c.number),
    ).toEqual([1]);
    expect((await listProposals(owner(), {})).items).toMatchObject([{ kind: "merge", cycleNumber: 2 }]);
  });
});
