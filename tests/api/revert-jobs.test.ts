/** That a revert beside a request says how far it is, takes back what it was asked to, and finds it when a row is not what the ledger says. */
import { beforeEach, expect, it, vi } from "vitest";

import { inWorkspace } from "@/lib/store/prisma";
import { liveIndex } from "@/lib/search/live-index";
import { ledgerReader } from "@/lib/store/ledger-reader";
import { memoryId, seqOf } from "@/lib/domain/ids";
import { subscribe } from "@/lib/store/feed";
import { verifyTouched } from "@/lib/queries/verify-touched";
import { tenant, type Tenant } from "../support/tenant";

let t: Tenant;
beforeEach(async () => {
  t = await tenant();
});

const MEMORIES = 700;

const imported = async () => {
  const lines = Array.from({ length: MEMORIES }, (_, n) => JSON.stringify({ content: `note ${n}` }));
  return (await t.owner.call("POST", "/import", { body: `${lines.join("\n")}\n` })).as("import.create");
};

const ended = () =>
  vi.waitFor(
    async () => {
      const [job] = (await t.owner.get("/reverts/jobs")).as("reverts.list").items;
      if (job === undefined || job.state === "running") throw new Error("still running");
      return job;
    },
    { timeout: 20_000, interval: 50 },
  );

it("is answered at once, tells its stages, ends checked, and can be redone", async () => {
  const { groupId } = await imported();
  await liveIndex(t.workspace.workspaceId);
  const stages: unknown[] = [];
  const stop = subscribe(t.workspace.workspaceId, ({ type, data }) => {
    if (type === "progress" && data["job"] === "revert") stages.push(data["stage"]);
  });
  const { job } = (await t.owner.post("/reverts/jobs", { groupId, reason: "the wrong file" })).as(
    "reverts.start",
  );
  expect(job).toMatchObject({ state: "running", reason: "the wrong file", check: null });
  const done = await ended();
  stop();
  expect(done).toMatchObject({ id: job.id, state: "done", reverted: MEMORIES, error: null });
  expect(done.check).toEqual({
    ok: true,
    changes: MEMORIES,
    targets: MEMORIES,
    indexed: MEMORIES,
    mismatches: [],
  });
  expect([...new Set(stages)]).toEqual(["writing", "checking", "done"]);
  expect((await t.owner.get("/memories")).as("memories.list").total).toBe(0);
  await t.owner.post("/reverts/jobs", { groupId: done.groupId });
  expect((await ended()).check).toMatchObject({ ok: true, targets: MEMORIES });
  expect((await t.owner.get("/memories")).as("memories.list").total).toBe(MEMORIES);
  await t.head();
});

it("that cannot be done says why, and changes nothing", async () => {
  await t.remember("a fact");
  const { seq } = await t.head();
  await t.owner.post("/reverts/jobs", { groupId: t.workspace.workspaceId });
  expect(await ended()).toMatchObject({
    state: "failed",
    groupId: null,
    error: expect.stringContaining("group"),
  });
  expect((await t.head()).seq).toBe(seq);
});

it("finds a row, a register, a change still in force and a link that are not as they should be", async () => {
  const { id } = await t.remember("a fact");
  const { workspaceId } = t.workspace;
  const { seq } = await t.head();
  const [created] = await inWorkspace(workspaceId, (tx) =>
    ledgerReader(tx).changesOf([{ type: "memory", id: memoryId(id) }]),
  );
  const touched = {
    after: seqOf(seq - 1),
    upTo: seqOf(seq),
    targets: [{ type: "memory" as const, id: memoryId(id) }],
    memories: [memoryId(id)],
    takenOut: [],
  };
  const check = (more: object = {}) =>
    verifyTouched({ workspaceId }, { ...touched, ...more }, () => undefined);
  expect(await check()).toMatchObject({ ok: true, changes: 1, targets: 1 });
  expect((await check({ takenOut: [created?.id ?? ""] })).mismatches).toEqual([
    `change ${created?.id ?? ""} is still in force`,
  ]);
  expect((await check({ upTo: seqOf(seq + 1) })).mismatches).toEqual([`change #${seq + 1} is missing`]);
  await inWorkspace(
    workspaceId,
    (tx) => tx.$executeRaw`UPDATE "Memory" SET "content" = 'another' WHERE "id" = ${id}::uuid`,
  );
  expect((await check()).mismatches).toEqual([`memory ${id} is shown otherwise than its changes say`]);
  await inWorkspace(
    workspaceId,
    (tx) => tx.$executeRaw`UPDATE "Memory" SET "registers" = '{}' WHERE "id" = ${id}::uuid`,
  );
  expect((await check()).mismatches).toContain(`memory ${id} is not the fold of its changes`);
});
