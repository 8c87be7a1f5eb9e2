/** What comes after a cycle: measured effect, rollback on harm, expiry, erasure, the timer, and what a person is told. */
import { beforeEach, describe, expect, it, vi } from "vitest";

import { archiveOf, cycleOf, mergeOf, proposing, quarantineOf } from "../support/cycles";
import { columnsHolding } from "../support/text-columns";
import { createMemories } from "@/lib/commands/create-memory";
import { expireProposals } from "@/lib/commands/cycle/expire-proposals";
import { getCycle, listCycles } from "@/lib/queries/cycles";
import { getMemory } from "@/lib/queries/memory";
import { inWorkspace } from "@/lib/store/prisma";
import { overview } from "@/lib/queries/overview";
import { purgeMemory } from "@/lib/commands/purge-memory";
import { recall } from "@/lib/queries/recall";
import { recordSignal } from "@/lib/commands/record-signal";
import { recoverCycles, startCycle } from "@/lib/commands/cycle/start-cycle";
import { tend } from "@/lib/commands/cycle/schedule-cycles";
import { tuneParameter } from "@/lib/commands/tune-parameter";
import { watchCycles } from "@/lib/commands/cycle/watch-cycles";
import { DAY, freshWorkspace, HOUR, type TestWorkspace } from "../support/workspace";

/** A busy machine may take seconds to come to a stage. */
const PATIENTLY = { timeout: 20_000, interval: 50 };

let workspace: TestWorkspace;
let ids: string[];

beforeEach(async () => {
  workspace = await freshWorkspace();
  const { items } = await createMemories(
    workspace.owner,
    ["Ann drinks green tea", "Bob lives in Rome", "The build takes ten minutes"].map((content) => ({
      content,
    })),
  );
  ids = items.map((item) => item.memory.id);
  await tuneParameter(workspace.owner, { name: "cycle.bound.status", value: 1 });
});

const [tea, rome, build] = [() => ids[0] ?? "", () => ids[1] ?? "", () => ids[2] ?? ""];
const cycleNow = async (id: string) => (await getCycle(workspace.owner, { id })).cycle;
const needs = async () => (await overview(workspace.owner, {})).needsYou.map((n) => [n.kind, n.count]);

/** A recall and what came of it. */
async function asked(query: string, outcome: number, helpful: readonly string[] = []): Promise<void> {
  const { retrievalId } = await recall(workspace.owner, { query, deterministic: true });
  workspace.clock.advance(HOUR);
  const memories = helpful.map((memoryId) => ({ memoryId, verdict: "helpful" as const }));
  await recordSignal(workspace.owner, {
    retrievalId: retrievalId ?? "",
    outcome,
    ...(memories.length > 0 ? { memories } : {}),
  });
}

describe("after a cycle", () => {
  it("its effect is measured beside what was predicted, on the first and on the seventh day", async () => {
    await asked("What does Ann drink?", 1, [tea()]);
    const cycle = await cycleOf(
      workspace.owner,
      proposing([quarantineOf(build()), mergeOf([tea(), rome()])]),
    );
    const result = (await getMemory(workspace.owner, { id: tea() })).memory.mergedInto ?? "";
    expect(await watchCycles(workspace.owner)).toEqual({ measured: 0, rolledBack: 0 });
    workspace.clock.advance(HOUR);
    await asked("What does Ann drink?", 1, [result]);
    workspace.clock.advance(DAY);
    expect(await watchCycles(workspace.owner)).toEqual({ measured: 1, rolledBack: 0 });
    expect(await watchCycles(workspace.owner)).toEqual({ measured: 0, rolledBack: 0 });
    workspace.clock.advance(6 * DAY);
    expect(await watchCycles(workspace.owner)).toEqual({ measured: 1, rolledBack: 0 });
    const { watch, metrics, stages, proposals } = await cycleNow(cycle.id);
    expect(proposals.map((p) => [p.kind, p.measured?.day, p.measured?.ndcgDelta]).sort()).toEqual([
      ["merge", 7, 0],
      ["quarantine", undefined, undefined],
    ]);
    expect(watch).toMatchObject([
      { day: 1, judged: 1, predicted: 0, measured: 0 },
      { day: 7, judged: 1 },
    ]);
    expect(metrics).toMatchObject({
      judged: 1,
      before: { ndcg: { mean: 1 } },
      after: { ndcg: { mean: 1 } },
      control: { ndcg: { count: 1 } },
    });
    expect(stages.at(-1)).toMatchObject({ stage: "watch", state: "done" });
  });

  it("it stands while answers come out worse that it had no hand in, or all alike", async () => {
    await asked("What does Ann drink?", 1);
    await cycleOf(workspace.owner, proposing([quarantineOf(tea())]));
    workspace.clock.advance(HOUR);
    for (let i = 0; i < 12; i += 1) await asked("How long does a build take?", -1);
    for (let i = 0; i < 12; i += 1) await asked("What does Ann drink?", -1);
    expect(await watchCycles(workspace.owner)).toMatchObject({ rolledBack: 0 });
  });

  it("it is rolled back by itself once answers it had a hand in come out worse", async () => {
    for (let i = 0; i < 8; i += 1) await asked("What does Ann drink?", 1);
    const cycle = await cycleOf(workspace.owner, proposing([quarantineOf(tea())]));
    workspace.clock.advance(HOUR);
    vi.spyOn(console, "error").mockReturnValue();
    for (let i = 0; i < 20; i += 1) await asked("What does Ann drink?", -1);
    expect((await getMemory(workspace.owner, { id: tea() })).memory.quarantined).toBe(true);
    const { rolledBack } = await watchCycles(workspace.owner);
    expect(rolledBack).toBe(1);
    expect((await getMemory(workspace.owner, { id: tea() })).memory.quarantined).toBe(false);
    const after = await cycleNow(cycle.id);
    expect(after).toMatchObject({
      state: "reverted",
      stages: expect.arrayContaining([
        expect.objectContaining({ stage: "watch", state: "failed" }),
      ]) as object[],
    });
    expect(after.watch.at(-1)?.harm).toBeGreaterThanOrEqual(10);
    expect(await watchCycles(workspace.owner)).toEqual({ measured: 0, rolledBack: 0 });
  });

  it("what nobody decides in time is withdrawn, and may be found again", async () => {
    const cycle = await cycleOf(workspace.owner, proposing([archiveOf(build(), 0.9)]));
    expect(await needs()).toContainEqual(["cycleWaiting", 1]);
    workspace.clock.advance(15 * DAY);
    expect(await needs()).not.toContainEqual(["cycleWaiting", 1]);
    expect(await expireProposals(workspace.owner)).toBe(1);
    expect(await cycleNow(cycle.id)).toMatchObject({
      state: "declined",
      waiting: 0,
      proposals: [{ state: "expired" }],
    });
    expect((await cycleOf(workspace.owner, proposing([archiveOf(build(), 0.9)]))).waiting).toBe(1);
  });

  it("a failure needs a person until a cycle comes through again", async () => {
    vi.spyOn(console, "error").mockReturnValue();
    const broken = { proposers: [{ name: "x", propose: () => Promise.reject(new Error("no")) }] };
    await cycleOf(workspace.owner, broken);
    await cycleOf(workspace.owner, broken);
    expect(await needs()).toContainEqual(["cycleFailed", 2]);
    await cycleOf(workspace.owner, proposing([]));
    expect((await needs()).map(([kind]) => kind)).not.toContain("cycleFailed");
  });

  it("an erasure takes the words out of its proposals, and withdraws them", async () => {
    const secret = "Ann drinks green tea";
    const cycle = await cycleOf(
      workspace.owner,
      proposing([
        mergeOf([tea(), rome()], 0.8, {
          title: `Merge ${secret}`,
          why: secret,
          before: [secret],
          after: secret,
          targets: [tea(), rome()].map((id) => ({ type: "memory", id, label: secret })),
          payload: { sources: [tea(), rome()], content: secret },
        }),
      ]),
    );
    expect(await columnsHolding(workspace.workspaceId, secret)).toEqual(
      expect.arrayContaining([
        "Proposal.title",
        "Proposal.why",
        "Proposal.before",
        "Proposal.after",
        "Proposal.payload",
        "Proposal.targets",
      ]),
    );
    await purgeMemory(workspace.owner, { id: tea(), confirm: tea() });
    expect(await columnsHolding(workspace.workspaceId, secret)).toEqual([]);
    expect((await cycleNow(cycle.id)).proposals).toMatchObject([{ state: "expired", kind: "merge" }]);
  });
});

describe("the timer", () => {
  it("runs a cycle an interval after the first signal, and again only after new ones", async () => {
    expect(await tend(workspace.owner)).toEqual({ ran: false });
    await asked("What does Ann drink?", 1);
    workspace.clock.advance(HOUR);
    const due = (await listCycles(workspace.owner, {})).timer;
    expect(Date.parse(due.nextAt ?? "")).toBeLessThanOrEqual(workspace.owner.now());
    expect(await tend(workspace.owner)).toEqual({ ran: true });
    workspace.clock.advance(HOUR);
    expect(await tend(workspace.owner)).toEqual({ ran: false });
    await asked("What does Ann drink?", 1);
    expect(await tend(workspace.owner)).toEqual({ ran: true });
    expect((await listCycles(workspace.owner, {})).items.map((c) => [c.trigger, c.state])).toEqual([
      ["timer", "applied"],
      ["timer", "applied"],
    ]);
  });

  it("stands still where the interval is 0", async () => {
    await tuneParameter(workspace.owner, { name: "cycle.intervalMinutes", value: 0 });
    await asked("What does Ann drink?", 1);
    workspace.clock.advance(DAY);
    expect(await tend(workspace.owner)).toEqual({ ran: false });
    expect((await listCycles(workspace.owner, {})).timer).toEqual({
      on: false,
      intervalMinutes: 0,
      nextAt: null,
    });
  });

  it("of two servers that look at once runs one cycle", async () => {
    await asked("What does Ann drink?", 1);
    workspace.clock.advance(HOUR);
    const looks = await Promise.all([tend(workspace.owner), tend(workspace.owner), tend(workspace.owner)]);
    expect(looks.filter((l) => l.ran)).toHaveLength(1);
    expect((await listCycles(workspace.owner, {})).items).toHaveLength(1);
  });
});

describe("verification", () => {
  it("takes a cycle back whose targets are not what the ledger says, and names one", async () => {
    vi.spyOn(console, "error").mockReturnValue();
    const tools = proposing([quarantineOf(build())], {
      onStage: async (stage, moment) => {
        if (stage !== "verify" || moment !== "begins") return;
        await inWorkspace(
          workspace.workspaceId,
          (tx) =>
            tx.$executeRaw`UPDATE "Memory" SET "registers" = jsonb_set("registers", '{pins}', '[{"seq": 1, "by": "x", "names": null}]') WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "id" = ${build()}::uuid`,
        );
      },
    });
    const cycle = await cycleOf(workspace.owner, tools);
    expect(cycle).toMatchObject({
      state: "failed",
      failure: { stage: "verify", message: expect.stringContaining(`memory ${build()}`) as string },
    });
    expect((await getMemory(workspace.owner, { id: build() })).memory.quarantined).toBe(false);
  });
});

describe("a cycle whose server died after it had applied", () => {
  it("is found, verified and taken to its end", async () => {
    let go = (): void => undefined;
    const forever = new Promise<void>((resolve) => (go = resolve));
    const tools = proposing([quarantineOf(build())], {
      onStage: (stage, moment) => (stage === "verify" && moment === "begins" ? forever : Promise.resolve()),
    });
    const started = await startCycle(
      workspace.owner,
      { trigger: "key", actor: workspace.owner.actor },
      tools,
    );
    await vi.waitFor(
      async () =>
        expect((await cycleNow(started?.id ?? "")).stages.find((s) => s.stage === "verify")?.state).toBe(
          "running",
        ),
      PATIENTLY,
    );
    await inWorkspace(
      workspace.workspaceId,
      (tx) =>
        tx.$executeRaw`UPDATE "CycleLease" SET "expiresAt" = now() - interval '1 hour' WHERE "workspaceId" = current_setting('app.workspace')::uuid`,
    );
    expect(await recoverCycles(workspace.owner)).toBe(1);
    expect(await cycleNow(started?.id ?? "")).toMatchObject({
      state: "applied",
      failure: null,
      proposals: [{ state: "applied" }],
    });
    expect((await getMemory(workspace.owner, { id: build() })).memory.quarantined).toBe(true);
    go();
    await started?.done;
    expect((await cycleNow(started?.id ?? "")).state).toBe("applied");
  });
});
