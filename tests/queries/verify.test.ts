/** That verification finds nothing wrong with an honest store, and finds each way of falsifying one. */
import { Client } from "pg";
import { beforeEach, describe, expect, inject, it } from "vitest";

import { createMemory } from "@/lib/commands/create-memory";
import { purgeMemory } from "@/lib/commands/purge-memory";
import { fold } from "@/lib/domain/ledger/fold";
import { foldDigest, verify } from "@/lib/queries/verify";
import { changesWhere } from "@/lib/store/ledger-reader";
import { inWorkspace } from "@/lib/store/prisma";
import { sql } from "@/lib/store/sql";
import { getMemory } from "@/lib/queries/memory";
import { memoryId } from "@/lib/domain/ids";
import { merge } from "../support/acts";
import { answered } from "../support/answers";
import { busyWorkspace, type BusyWorkspace } from "../support/busy-workspace";
import { superuserAddress } from "../support/superuser";
import { freshWorkspace } from "../support/workspace";

let workspace: BusyWorkspace;
beforeEach(async () => {
  workspace = await busyWorkspace();
});

const check = async () => answered("verify", await verify(workspace.owner));

/** Does to the database what no role of the product can: rewrites history behind the triggers' back. */
async function falsify(statement: string): Promise<void> {
  const address = new URL(await superuserAddress(inject("dataDir")));
  address.pathname = new URL(inject("databaseUrl")).pathname;
  const client = new Client({ connectionString: address.href });
  await client.connect();
  try {
    await client.query("SET session_replication_role = replica");
    const { rowCount } = await client.query(statement.replaceAll("$w", `'${workspace.workspaceId}'`));
    expect(rowCount, "the falsification has to hit something").toBeGreaterThan(0);
  } finally {
    await client.end();
  }
}

describe("an honest store", () => {
  it("verifies in every part, and its fold's digest is that of the oracle", async () => {
    const found = await check();
    expect(found).toMatchObject({
      ok: true,
      chain: { ok: true, firstBad: null },
      fold: { ok: true },
      projection: { ok: true, mismatches: [] },
    });
    const changes = await inWorkspace(workspace.workspaceId, (tx) => changesWhere(tx, [1], sql`true`));
    expect(found.chain.checked).toBe(changes.length);
    expect(found.fold.digest).toBe(foldDigest(fold(changes)));
  });

  it("verifies while it is empty", async () => {
    const { owner } = await freshWorkspace();
    expect(await verify(owner)).toMatchObject({
      ok: true,
      head: { seq: 0 },
      chain: { ok: true, checked: 0 },
      fold: { targets: 0 },
    });
  });

  it("still verifies after an erasure, whose words are gone for good", async () => {
    await purgeMemory(workspace.owner, { id: workspace.memories.tea, confirm: workspace.memories.tea });
    expect(await check()).toMatchObject({ ok: true, projection: { mismatches: [] } });
  });

  it("still verifies after the erasure of a merged memory", async () => {
    await purgeMemory(workspace.owner, { id: workspace.memories.merged, confirm: workspace.memories.merged });
    await purgeMemory(workspace.owner, { id: workspace.memories.apart, confirm: workspace.memories.apart });
    expect(await check()).toMatchObject({ ok: true, projection: { mismatches: [] } });
  });

  it("still verifies after the erasure of a source whose words a merge and its edit were made of", async () => {
    const { owner } = workspace;
    const sources = [];
    for (const content of ["Ann is 40", "Ann lives in Ulm"])
      sources.push((await createMemory(owner, { content, tags: [content] })).memory.id);
    const madeFrom = sources.map(memoryId);
    const words = { madeFrom, tags: ["Ann is 40"], metadata: { said: "Ann is 40" } };
    const { result } = await merge(owner, sources, "Ann is 40 and lives in Ulm", words);
    await purgeMemory(owner, { id: sources[0] ?? "", confirm: sources[0] ?? "" });
    expect(await check()).toMatchObject({ ok: true, projection: { mismatches: [] } });
    const { memory } = await getMemory(owner, { id: result });
    expect(JSON.stringify(memory)).not.toContain("Ann is 40");
  });

  it("answers for its own workspace alone", async () => {
    const { owner } = await freshWorkspace();
    await createMemory(owner, { content: "elsewhere" });
    await falsify(`UPDATE "Change" SET "actor" = 'key:mallory' WHERE "workspaceId" = $w AND "seq" = 3`);
    expect((await verify(owner)).ok).toBe(true);
    expect((await check()).ok).toBe(false);
  });
});

describe("a falsified ledger", () => {
  it.each([
    ["who did it", `SET "actor" = 'key:mallory'`, 4],
    ["when it was done", `SET "at" = "at" - interval '1 second'`, 4],
    ["why it was done", `SET "cause" = '{"kind":"system"}'`, 4],
    ["what it was", `SET "payload" = "payload" || '{"extra":1}'`, 4],
    ["what it stood on", `SET "dependsOn" = '{}'`, 4],
    ["where it came from", `SET "origin" = 'elsewhere'`, 4],
    ["the digest itself", `SET "digest" = sha256('x')`, 4],
  ])("is found out by the first bad seq when somebody rewrites %s", async (_what, set, seq) => {
    await falsify(`UPDATE "Change" ${set} WHERE "workspaceId" = $w AND "seq" = ${seq}`);
    expect((await check()).chain).toMatchObject({ ok: false, firstBad: seq });
  });

  it("is found out when a change is missing in the middle or at the end", async () => {
    await falsify(
      `DELETE FROM "Change" WHERE "workspaceId" = $w AND "seq" = (SELECT max("seq") FROM "Change" WHERE "workspaceId" = $w)`,
    );
    const cut = await check();
    expect(cut.chain).toMatchObject({ ok: false, firstBad: cut.head.seq });
    await falsify(`DELETE FROM "Change" WHERE "workspaceId" = $w AND "seq" = 5`);
    expect((await check()).chain.firstBad).toBe(6);
  });

  it("is found out when a text is replaced, or removed without an erasure", async () => {
    await falsify(
      `UPDATE "ChangeText" SET "texts" = jsonb_set("texts", '{content}', '"coffee only"') WHERE "workspaceId" = $w AND "seq" = 1`,
    );
    expect((await check()).chain).toMatchObject({ ok: false, firstBad: 1 });
    await falsify(`DELETE FROM "ChangeText" WHERE "workspaceId" = $w AND "seq" = 1`);
    expect((await check()).chain).toMatchObject({ ok: false, firstBad: 1 });
  });

  it("is found out when its head is moved back", async () => {
    await falsify(`UPDATE "Workspace" SET "headSeq" = "headSeq" - 1 WHERE "id" = $w`);
    expect((await check()).chain.ok).toBe(false);
  });
});

describe("a projection that is not the fold", () => {
  const mismatches = async () => (await check()).projection.mismatches;

  it.each([
    ["content", `"content" = 'something else'`, "content"],
    ["tags", `"tags" = '{false}'`, "tags"],
    ["a flag", `"pinned" = NOT "pinned"`, "pinned"],
    ["its existence", `"exists" = NOT "exists"`, "exists"],
    ["evidence", `"evidence" = '{}'`, "evidence"],
    ["a register", `"registers" = "registers" - 'evidence'`, "registers.evidence"],
    ["validity", `"validAt" = "validAt" + interval '1 ms'`, "validAt"],
  ])("is found out when %s of a memory differs", async (_what, set, register) => {
    const { tea } = workspace.memories;
    await falsify(`UPDATE "Memory" SET ${set} WHERE "workspaceId" = $w AND "id" = '${tea}'`);
    expect(await mismatches()).toContainEqual({ target: `memory:${tea}`, register });
    expect((await check()).ok).toBe(false);
  });

  it("is found out when a memory is missing, or there without a change", async () => {
    const { tea } = workspace.memories;
    await falsify(
      `UPDATE "Memory" SET "id" = '01990000-0000-7000-8000-000000000001' WHERE "workspaceId" = $w AND "id" = '${tea}'`,
    );
    expect(await mismatches()).toEqual(
      expect.arrayContaining([
        { target: `memory:${tea}`, register: "existence" },
        { target: "memory:01990000-0000-7000-8000-000000000001", register: "existence" },
      ]),
    );
  });

  it.each([
    ["an entity", `UPDATE "GraphEdit" SET "exists" = false WHERE "workspaceId" = $w`, /^(?:entity|edge):/],
    ["a relation", `UPDATE "Relation" SET "exists" = false WHERE "workspaceId" = $w`, /^relation:/],
    [
      "a parameter",
      `UPDATE "WorkspaceState" SET "registers" = '{"parameters":{}}' WHERE "workspaceId" = $w`,
      /^workspace$/,
    ],
    ["a status", `DELETE FROM "ChangeStatus" WHERE "workspaceId" = $w AND "state" = 'suspended'`, /^change:/],
    [
      "a flag of support",
      `UPDATE "ChangeStatus" SET "unsupported" = false WHERE "workspaceId" = $w AND "unsupported"`,
      /^change:/,
    ],
  ])("is found out when %s differs", async (_what, statement, target) => {
    await falsify(statement);
    expect(await mismatches()).toContainEqual({
      target: expect.stringMatching(target),
      register: expect.any(String),
    });
  });
});
