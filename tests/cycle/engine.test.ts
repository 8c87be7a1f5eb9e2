/** That a cycle applies all that is safe as one group, queues the rest, and leaves nothing behind when it fails. */
import { beforeEach, describe, expect, it, vi } from "vitest";

import { archiveOf, cycleOf, mergeOf, proposing, quarantineOf, supersessionOf, tuningOf } from "../support/cycles";
import { cancelCycle } from "@/lib/commands/cycle/cancel-cycle";
import { createMemories } from "@/lib/commands/create-memory";
import { CYCLE_STAGES, type CycleStage } from "@/lib/domain/cycle/cycle";
import { DEFAULTS } from "@/lib/domain/parameters";
import { decideProposals } from "@/lib/commands/cycle/decide-proposals";
import { getCycle, listCycles } from "@/lib/queries/cycles";
import { getMemory } from "@/lib/queries/memory";
import { inWorkspace } from "@/lib/store/prisma";
import { listMemories } from "@/lib/queries/list-memories";
import { listProposals } from "@/lib/queries/proposals";
import { recall } from "@/lib/queries/recall";
import { recordSignal } from "@/lib/commands/record-signal";
import { recoverCycles, startCycle } from "@/lib/commands/cycle/start-cycle";
import { revert } from "@/lib/commands/revert";
import { tuneParameter } from "@/lib/commands/tune-parameter";
import { updateMemory } from "@/lib/commands/update-memory";
import { verify } from "@/lib/queries/verify";
import { freshWorkspace, type TestWorkspace } from "../support/workspace";

/** A busy machine may take seconds to come to a stage. */
const PATIENTLY = { timeout: 20_000, interval: 50 };

let workspace: TestWorkspace;
let ids: string[];

const TEXTS = ["Ann drinks green tea", "Ann drinks green tea in the morning", "Bob lives in Rome", "Bob lives in Oslo", "The build takes ten minutes", "The office is closed on Friday"];

beforeEach(async () => {
  workspace = await freshWorkspace();
  const { items } = await createMemories(workspace.owner, TEXTS.map((content) => ({ content })));
  ids = items.map((item) => item.memory.id);
});

const nth = (i: number) => () => ids[i] ?? "";
const [tea, morning, rome, oslo, build] = [nth(0), nth(1), nth(2), nth(3), nth(4)];
const memory = async (id: string) => (await getMemory(workspace.owner, { id })).memory;
const changesOf = (cycleId: string) =>
  inWorkspace(workspace.workspaceId, (tx) => tx.$queryRaw<{ op: string; groupId: string; actor: string }[]>`
    SELECT "op", "groupId", "actor" FROM "Change" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "cycleId" = ${cycleId}::uuid ORDER BY "seq"`);
const verified = async () => expect(await verify(workspace.owner)).toMatchObject({ ok: true, projection: { mismatches: [] } });
const bounds = () => tuneParameter(workspace.owner, { name: "cycle.bound.status", value: 1 });

describe("a cycle", () => {
  it("applies what is sure in one group, and queues what a person has to see", async () => {
    await bounds();
    const cycle = await cycleOf(workspace.owner, proposing([mergeOf([tea(), morning()]), quarantineOf(build()), tuningOf("time.halfLife.fact", 180, 200), supersessionOf(rome(), oslo(), 0.7)]));
    expect(cycle).toMatchObject({ state: "waiting", waiting: 1, failure: null });
    expect(cycle.stages.map((s) => s.state)).toEqual(["done", "done", "done", "done", "done", "done", "waiting"]);
    expect(cycle.proposals.map((p) => [p.kind, p.state, p.risk]).sort()).toEqual([
      ["halfLife", "applied", "low"], ["merge", "applied", "low"], ["quarantine", "applied", "low"], ["supersede", "waiting", "high"],
    ]);
    const changes = await changesOf(cycle.id);
    expect(changes.map((c) => c.op).sort()).toEqual(["member", "member", "merge", "quarantine", "tune"]);
    expect(new Set(changes.map((c) => c.groupId))).toEqual(new Set([cycle.groupId]));
    expect(new Set(changes.map((c) => c.actor))).toEqual(new Set([`cycle:${cycle.id}`]));
    expect((await memory(build())).quarantined).toBe(true);
    expect((await memory(rome())).supersededBy).toBeNull();
    const moved = await listMemories(workspace.owner, { q: "is:in-last-cycle", lifecycle: "all" });
    expect(moved.items.map(({ mergedFrom, quarantined }) => [mergedFrom.length, quarantined]).sort()).toEqual([[0, true], [2, false]]);
    await verified();
  });

  it("is taken back by one revert, exactly, and says so", async () => {
    await bounds();
    const before = await Promise.all(ids.map(memory));
    const cycle = await cycleOf(workspace.owner, proposing([mergeOf([tea(), morning()]), quarantineOf(build()), tuningOf("time.halfLife.fact", 180, 200)]));
    expect(cycle.state).toBe("applied");
    await revert(workspace.owner, { cycleId: cycle.id });
    const same = (m: (typeof before)[number]) => ({ ...m, seq: 0, updatedAt: "" });
    expect((await Promise.all(ids.map(memory))).map(same)).toEqual(before.map(same));
    const { cycle: after } = await getCycle(workspace.owner, { id: cycle.id });
    expect(after.state).toBe("reverted");
    expect(after.proposals.map((p) => p.state)).toEqual(["reverted", "reverted", "reverted"]);
    await verified();
  });

  it("that is dry changes nothing and shows what it would do", async () => {
    const cycle = await cycleOf(workspace.owner, proposing([mergeOf([tea(), morning()])]), { dryRun: true });
    expect(cycle).toMatchObject({ dryRun: true, state: "cancelled", groupId: null, waiting: 1 });
    expect(await changesOf(cycle.id)).toEqual([]);
    const [proposal] = cycle.proposals;
    await expect(decideProposals(workspace.owner, { id: cycle.id, approve: [proposal?.id ?? ""] })).rejects.toMatchObject({ code: "conflict" });
    expect((await listProposals(workspace.owner, {})).items).toEqual([]);
  });

  it("keeps what its gate rejects to be looked at, with the figures", async () => {
    const cycle = await cycleOf(workspace.owner, proposing([mergeOf([tea(), morning()], 0.3)]));
    expect(cycle).toMatchObject({ state: "applied", waiting: 0 });
    expect(cycle.proposals).toMatchObject([{ state: "rejected", changeIds: [], gate: { passed: false, figures: [{ name: "certainty", value: 0.3, threshold: DEFAULTS["cycle.accept.merge"], passed: false }] } }]);
  });

  it("does no more than its bounds allow, the surest first", async () => {
    await tuneParameter(workspace.owner, { name: "cycle.bound.least", value: 2 });
    const drafts = [archiveOf(tea(), 0.85), archiveOf(morning(), 0.95), archiveOf(rome(), 0.9), archiveOf(build(), 0.99)];
    const cycle = await cycleOf(workspace.owner, proposing(drafts));
    expect(cycle.proposals.map((p) => p.targets[0]?.id).sort()).toEqual([morning(), build()].sort());
    expect(cycle.stages.find((s) => s.stage === "gate")?.counts.heldBack).toBe(2);
  });

  it("keeps the surer of two proposals that move the same memory", async () => {
    await bounds();
    const cycle = await cycleOf(workspace.owner, proposing([mergeOf([tea(), morning()]), supersessionOf(morning(), tea(), 0.999)]));
    expect(cycle.proposals.map((p) => [p.kind, p.state])).toEqual([["merge", "applied"]]);
  });

  it("replays what recent recalls would show, and rejects a merge that hides what they found", async () => {
    await bounds();
    await recall(workspace.owner, { query: "Who drinks green tea?", limit: 1 });
    const mergedAs = (content: string) => mergeOf([tea(), morning()], 1, { after: content, payload: { sources: [tea(), morning()], content } });
    const dry = async (content: string) => (await cycleOf(workspace.owner, proposing([mergedAs(content)]), { dryRun: true })).proposals;
    const [bad] = await dry("A text of other words");
    expect(bad).toMatchObject({ state: "rejected", predicted: { affected: 1, ndcgDelta: null } });
    expect(bad?.gate.figures.at(-1)).toMatchObject({ value: 1, threshold: 0, passed: false });
    const asked = await recall(workspace.owner, { query: "What does Ann drink in the morning?", limit: 2 });
    await recordSignal(workspace.owner, { retrievalId: asked.retrievalId ?? "", memories: [{ memoryId: morning(), verdict: "helpful" }] });
    const [good] = await dry(TEXTS[1] ?? "");
    expect(good).toMatchObject({ state: "waiting", predicted: { affected: 2 } });
    expect(good?.predicted.queries[0]).toMatchObject({ query: "What does Ann drink in the morning?", ndcgBefore: expect.any(Number) as number });
  });
});

describe("a decision", () => {
  const waiting = async () => {
    await bounds();
    const cycle = await cycleOf(workspace.owner, proposing([mergeOf([tea(), morning()], 0.8), archiveOf(build(), 0.9), supersessionOf(rome(), oslo(), 0.7)]));
    const of = (kind: string) => cycle.proposals.find((p) => p.kind === kind)?.id ?? "";
    return { cycle, merge: of("merge"), archive: of("archive"), supersede: of("supersede") };
  };

  it("previews exactly what it then does, and applies in the cycle's own group", async () => {
    const { cycle, merge, archive } = await waiting();
    const input = { id: cycle.id, approve: [merge, archive], edits: { [merge]: { content: "Ann drinks green tea every morning" } } };
    const preview = await decideProposals(workspace.owner, { ...input, dryRun: true });
    expect((await getCycle(workspace.owner, { id: cycle.id })).cycle.waiting).toBe(3);
    const act = await decideProposals(workspace.owner, input);
    // The merge's result has another id each time it is made.
    const shape = (of: typeof act) => of.effects.map((e) => [e.register, e.targetId === tea() || e.targetId === build() ? e.targetId : "", e.register === "mergedInto" ? "" : e.after]).sort();
    expect(shape(act)).toEqual(shape(preview));
    expect(act.cycle).toMatchObject({ state: "waiting", waiting: 1 });
    const result = (await memory(tea())).mergedInto;
    expect((await memory(result ?? "")).content).toBe("Ann drinks green tea every morning");
    expect(new Set((await changesOf(cycle.id)).map((c) => `${c.groupId} ${c.actor}`))).toEqual(new Set([`${cycle.groupId ?? act.groupId ?? ""} ${workspace.owner.actor}`]));
    await verified();
  });

  it("is remembered: what was declined is not asked again for a while, and never where nobody wants to be asked", async () => {
    const { cycle, merge, archive, supersede } = await waiting();
    const done = await decideProposals(workspace.owner, { id: cycle.id, decline: [archive], never: [merge], approve: [supersede] });
    expect(done.cycle.state).toBe("partly");
    const again = () => cycleOf(workspace.owner, proposing([mergeOf([morning(), tea()], 0.8), archiveOf(build(), 0.9)]));
    expect((await again()).proposals).toEqual([]);
    workspace.clock.advance(31 * 86_400_000);
    expect((await again()).proposals.map((p) => p.kind)).toEqual(["archive"]);
  });

  it("refuses what was decided already, what expired, and approving what is declined", async () => {
    const { cycle, merge, archive, supersede } = await waiting();
    await expect(decideProposals(workspace.owner, { id: cycle.id, approve: [merge], decline: [merge] })).rejects.toMatchObject({ code: "invalid_input" });
    await decideProposals(workspace.owner, { id: cycle.id, decline: [merge] });
    await expect(decideProposals(workspace.owner, { id: cycle.id, approve: [merge] })).rejects.toMatchObject({ code: "conflict" });
    await expect(decideProposals(workspace.owner, { id: cycle.id, approve: [archive], edits: { [archive]: { content: "x" } } })).rejects.toMatchObject({ code: "invalid_input" });
    workspace.clock.advance(15 * 86_400_000);
    await expect(decideProposals(workspace.owner, { id: cycle.id, approve: [supersede] })).rejects.toMatchObject({ code: "conflict" });
    expect((await listProposals(workspace.owner, {})).items).toEqual([]);
  });

  it("leaves alone what moved after it was proposed, and says why, but evidence may come in", async () => {
    const { cycle, merge, archive } = await waiting();
    await updateMemory(workspace.owner, { id: tea(), content: "Ann drinks black tea" });
    const asked = await recall(workspace.owner, { query: "How long does the build take?" });
    await recordSignal(workspace.owner, { retrievalId: asked.retrievalId ?? "", memories: [{ memoryId: build(), verdict: "helpful" }] });
    const done = await decideProposals(workspace.owner, { id: cycle.id, approve: [merge, archive] });
    expect(done).toMatchObject({ approved: [archive], failed: [{ proposalId: merge }] });
    expect(done.cycle.proposals.find((p) => p.id === merge)).toMatchObject({ state: "failed", decisionReason: expect.stringContaining("changed (edit)") as string });
  });

  it("on one item is taken back alone", async () => {
    const { cycle, archive, supersede } = await waiting();
    const done = await decideProposals(workspace.owner, { id: cycle.id, approve: [archive, supersede] });
    const changeIds = done.cycle.proposals.find((p) => p.id === archive)?.changeIds ?? [];
    await revert(workspace.owner, { changeIds });
    const { cycle: after } = await getCycle(workspace.owner, { id: cycle.id });
    expect(after.proposals.find((p) => p.id === archive)?.state).toBe("reverted");
    expect(after.proposals.find((p) => p.id === supersede)?.state).toBe("applied");
    expect((await memory(build())).lifecycle).toBe("active");
    expect((await memory(rome())).supersededBy).toBe(oslo());
  });

  it("can be left to nobody: a cancelled cycle withdraws what waits and keeps what is in force", async () => {
    const { cycle, archive } = await waiting();
    await decideProposals(workspace.owner, { id: cycle.id, approve: [archive] });
    const { cycle: after, changed } = await cancelCycle(workspace.owner, { id: cycle.id });
    expect(changed).toBe(true);
    expect(after).toMatchObject({ state: "partly", waiting: 0 });
    expect((await memory(build())).lifecycle).toBe("archived");
  });
});

describe("a cycle that fails", () => {
  const failingAt = (at: CycleStage, moment: "begins" | "ends") =>
    proposing([mergeOf([tea(), morning()]), quarantineOf(build())], {
      onStage: (stage, when) => (stage === at && when === moment ? Promise.reject(new Error("the disk is full")) : Promise.resolve()),
    });

  // What is watched is another day's work, so six stages can fail while a cycle runs.
  it.each(CYCLE_STAGES.filter((s) => s !== "watch").flatMap((stage) => [[stage, "begins"] as const, [stage, "ends"] as const]))("at %s as it %s changes nothing, and says so loudly", async (stage, moment) => {
    await bounds();
    const loudly = vi.spyOn(console, "error").mockReturnValue();
    const cycle = await cycleOf(workspace.owner, failingAt(stage, moment));
    expect(cycle).toMatchObject({ state: "failed", waiting: 0, failure: { stage, message: "the disk is full" } });
    expect(cycle.stages.find((s) => s.stage === stage)).toMatchObject({ state: "failed", error: "the disk is full" });
    expect((await memory(tea())).mergedInto).toBeNull();
    expect((await memory(build())).quarantined).toBe(false);
    expect(loudly).toHaveBeenCalledWith(expect.stringContaining("the disk is full"));
    await verified();
    expect((await cycleOf(workspace.owner, proposing([quarantineOf(build())]))).state).toBe("applied");
  });

  it("because a proposer throws names it", async () => {
    vi.spyOn(console, "error").mockReturnValue();
    const cycle = await cycleOf(workspace.owner, { proposers: [{ name: "merges", propose: () => Promise.reject(new Error("malformed output of the model")) }] });
    expect(cycle.failure).toEqual({ stage: "propose", message: "merges: malformed output of the model" });
  });
});

describe("of several servers", () => {
  it("only one runs a cycle, and a cancelled one applies nothing", async () => {
    await bounds();
    let go = (): void => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    const tools = proposing([quarantineOf(build())], { onStage: (stage, moment) => (stage === "propose" && moment === "begins" ? held : Promise.resolve()) });
    const asked = { trigger: "key", actor: workspace.owner.actor } as const;
    const first = await startCycle(workspace.owner, asked, tools);
    expect(await startCycle(workspace.owner, asked, tools)).toBeNull();
    await cancelCycle(workspace.owner, { id: first?.id ?? "" });
    go();
    await first?.done;
    expect((await getCycle(workspace.owner, { id: first?.id ?? "" })).cycle).toMatchObject({ state: "cancelled", failure: null });
    expect((await memory(build())).quarantined).toBe(false);
  });

  it("one that lost its lease writes nothing more; whoever finds it abandoned says that nothing was changed", async () => {
    await bounds();
    vi.spyOn(console, "error").mockReturnValue();
    let go = (): void => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    const tools = proposing([quarantineOf(build())], { onStage: (stage, moment) => (stage === "apply" && moment === "begins" ? held : Promise.resolve()) });
    const first = await startCycle(workspace.owner, { trigger: "key", actor: workspace.owner.actor }, tools);
    await vi.waitFor(async () => expect((await getCycle(workspace.owner, { id: first?.id ?? "" })).cycle.stages.find((s) => s.stage === "apply")?.state).toBe("running"), PATIENTLY);
    await inWorkspace(workspace.workspaceId, (tx) => tx.$executeRaw`UPDATE "CycleLease" SET "expiresAt" = now() - interval '1 hour' WHERE "workspaceId" = current_setting('app.workspace')::uuid`);
    expect(await recoverCycles(workspace.owner)).toBe(1);
    go();
    await first?.done;
    const { cycle } = await getCycle(workspace.owner, { id: first?.id ?? "" });
    expect(cycle).toMatchObject({ state: "failed", failure: { stage: "apply" }, waiting: 0 });
    expect((await memory(build())).quarantined).toBe(false);
  });
});

describe("the list of cycles", () => {
  it("has the newest first, by state, with a page at a time", async () => {
    vi.spyOn(console, "error").mockReturnValue();
    await cycleOf(workspace.owner, proposing([]));
    await cycleOf(workspace.owner, proposing([mergeOf([tea(), morning()], 0.8)]));
    await cycleOf(workspace.owner, { proposers: [{ name: "x", propose: () => Promise.reject(new Error("y")) }] });
    const all = await listCycles(workspace.owner, {});
    expect(all.items.map((c) => [c.number, c.state])).toEqual([[3, "failed"], [2, "waiting"], [1, "applied"]]);
    expect((await listCycles(workspace.owner, { state: "waiting" })).items.map((c) => c.number)).toEqual([2]);
    const first = await listCycles(workspace.owner, { limit: 2 });
    expect((await listCycles(workspace.owner, { limit: 2, cursor: first.nextCursor ?? "" })).items.map((c) => c.number)).toEqual([1]);
    expect((await listProposals(workspace.owner, {})).items).toMatchObject([{ kind: "merge", cycleNumber: 2 }]);
  });
});
