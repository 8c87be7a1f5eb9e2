/** Cycles as clients see them: run, list, read, decide, cancel, over REST and as a tool for agents. */
import { beforeEach, describe, expect, it } from "vitest";

import { callTool } from "@/lib/transport/tool-call";
import { subscribe, type FeedEvent } from "@/lib/store/feed";
import { only, tenant, type Tenant } from "../support/tenant";

let t: Tenant;
beforeEach(async () => {
  t = await tenant();
});

/** A memory that did harm, so that a cycle has something to propose; what one source says alone is not sure enough to go by itself. */
async function harmful(): Promise<string> {
  const { id } = await t.remember("The gate code is 1111");
  await t.remember("The gate opens at eight");
  for (let i = 0; i < 14; i += 1)
    (await t.owner.post("/signals", { memories: [{ memoryId: id, verdict: "harmful" }] })).as(
      "signals.create",
    );
  return id;
}

const high = async (): Promise<void> =>
  void (await t.owner.patch("/parameters/cycle.auto.quarantine", { value: 1.01 })).as("parameters.set");

describe("cycles over REST", () => {
  it("run, wait for a person, apply what is approved in one group, and are taken back by it", async () => {
    const id = await harmful();
    await high();
    const { cycle } = (await t.owner.post("/cycles", { reason: "spring cleaning" })).as("cycles.run");
    expect(cycle).toMatchObject({
      state: "waiting",
      trigger: "key",
      number: 1,
      reason: "spring cleaning",
      waiting: 1,
    });
    const proposal = only(cycle.proposals);
    expect(proposal).toMatchObject({
      kind: "quarantine",
      state: "waiting",
      risk: "high",
      targets: [{ id, label: "The gate code is 1111" }],
    });
    expect(only((await t.owner.get("/proposals")).as("proposals.list").items)).toMatchObject({
      id: proposal.id,
      cycleNumber: 1,
    });
    const body = { approve: [proposal.id], reason: "it locks us out" };
    const preview = await t.owner.post(`/cycles/${cycle.id}/proposals`, { ...body, dryRun: true });
    expect(preview.as("proposals.decide")).toMatchObject({
      dryRun: true,
      approved: [proposal.id],
      effects: [{ targetId: id, register: "quarantined", before: false, after: true }],
    });
    const done = (await t.owner.post(`/cycles/${cycle.id}/proposals`, body)).as("proposals.decide");
    expect(done.effects).toEqual(preview.as("proposals.decide").effects);
    expect(done.cycle).toMatchObject({ state: "applied", waiting: 0 });
    expect((await t.read(id)).quarantined).toBe(true);
    expect(only(done.changes)).toMatchObject({
      op: "quarantine",
      cycleId: cycle.id,
      cause: { kind: "cycle", reason: "it locks us out" },
    });
    await t.revert({ cycleId: cycle.id });
    expect((await t.read(id)).quarantined).toBe(false);
    expect((await t.owner.get(`/cycles/${cycle.id}`)).as("cycles.get").cycle.state).toBe("reverted");
    await t.head();
  });

  it("do the same command once: a repeated decision with its key answers the same and writes nothing", async () => {
    await harmful();
    await high();
    const { cycle } = (await t.owner.post("/cycles", {})).as("cycles.run");
    const decide = () =>
      t.owner.post(
        `/cycles/${cycle.id}/proposals`,
        { approve: cycle.proposals.map((p) => p.id) },
        { "idempotency-key": "once" },
      );
    const [first, second] = [await decide(), await decide()];
    expect(second.as("proposals.decide")).toEqual(first.as("proposals.decide"));
    expect((await t.owner.get(`/changes?cycle=${cycle.id}`)).as("changes.list").total ?? 1).toBe(1);
  });

  it("are listed with the timer, and refuse what makes no sense", async () => {
    const { cycle } = (await t.owner.post("/cycles", { dryRun: true })).as("cycles.run");
    const listed = (await t.owner.get("/cycles")).as("cycles.list");
    expect(listed).toMatchObject({ total: 1, timer: { intervalMinutes: 15 } });
    expect(only(listed.items).state).toBe("cancelled");
    expect((await t.owner.post(`/cycles/${cycle.id}/proposals`, {})).problem("invalid_input").status).toBe(
      400,
    );
    expect(
      (await t.owner.post(`/cycles/${cycle.id}/proposals`, { approve: [cycle.id] })).problem("conflict")
        .detail,
    ).toContain("dry run");
    expect((await t.owner.post(`/cycles/${cycle.id}/cancel`, {})).as("cycles.cancel")).toMatchObject({
      changed: false,
    });
    (await t.owner.get("/cycles?cursor=nonsense")).problem("invalid_input");
  });

  it("tell open pages how they go on", async () => {
    const heard: FeedEvent[] = [];
    const stop = subscribe(t.workspace.workspaceId, (event) => heard.push(event));
    (await t.owner.post("/cycles", {})).as("cycles.run");
    stop();
    const stages = heard.flatMap((e) =>
      e.type === "cycle" && e.data.stageState === "running" ? [e.data.stage] : [],
    );
    expect(stages).toEqual(["collect", "attribute", "propose", "gate", "apply"]);
    expect(heard.at(-1)).toMatchObject({ type: "cycle", data: { ended: true } });
  });
});

describe("the tool run_cycle", () => {
  it("runs one and answers with what it found", async () => {
    const id = await harmful();
    const { cycle } = (await callTool("run_cycle", t.workspace.owner, { dryRun: true })) as {
      cycle: { proposals: { targets: { id: string }[] }[] };
    }; // the operation's answer
    expect(cycle.proposals[0]?.targets[0]?.id).toBe(id);
    expect((await t.read(id)).quarantined).toBe(false);
  });
});
