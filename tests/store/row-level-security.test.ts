/** That under one workspace nothing of another can be read or written, in any table, even by a query without a filter. */
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";

import { tuneParameter } from "@/lib/commands/tune-parameter";
import { inWorkspace } from "@/lib/store/prisma";
import { retrieval, revertAll, shown, signal } from "../support/acts";
import { busyWorkspace, type BusyWorkspace } from "../support/busy-workspace";
import { freshWorkspace, type TestWorkspace } from "../support/workspace";

/** Credentials are looked up before a workspace is known, by the hash of a secret alone; so is what says who may enter which. */
const BEFORE_A_WORKSPACE = [
  "ApiKey",
  "BrowserSession",
  "LoginToken",
  "PasswordReset",
  "Member",
  "Invitation",
  "AccessEvent",
];

let mine: TestWorkspace;
let theirs: BusyWorkspace;
let client: Client;

beforeAll(async () => {
  [mine, theirs] = [await freshWorkspace(), await busyWorkspace()];
  const { owner, workspaceId, memories } = theirs;
  await shown(owner, memories.tea, 1, owner.now());
  await signal(owner, { retrievalId: await retrieval(owner, { query: "tea", shown: [memories.tea] }) });
  const [, last] = [0, await tuneParameter(owner, { name: "learning.prior.alpha", value: 3 })];
  await revertAll(
    owner,
    last.changes.map((c) => c.id),
  );
  await inWorkspace(workspaceId, async (tx) => {
    await tx.$executeRaw`INSERT INTO "Embedding" ("workspaceId", "model", "textHash", "vector") VALUES (${workspaceId}::uuid, 'm', '\\x00', '\\x00')`;
    await tx.$executeRaw`INSERT INTO "Extraction" ("workspaceId", "extractor", "textHash", "reading") VALUES (${workspaceId}::uuid, 'x', '\\x00', '{}')`;
    await tx.$executeRaw`INSERT INTO "GraphEdit" ("workspaceId", "id", "targetType", "exists", "registers", "seq") VALUES (${workspaceId}::uuid, ${workspaceId}::uuid, 'entity', false, '{}', 1)`;
    await tx.$executeRaw`INSERT INTO "EntityPlace" ("workspaceId", "entityId", "x", "y", "community") VALUES (${workspaceId}::uuid, ${workspaceId}::uuid, 0, 0, 0)`;
    await tx.$executeRaw`INSERT INTO "Epoch" ("workspaceId", "id", "seq", "createdAt", "statistics") VALUES (${workspaceId}::uuid, 'e', 1, now(), '{}')`;
    await tx.$executeRaw`INSERT INTO "Cycle" ("workspaceId", "id", "number", "trigger", "actor", "state", "startedAt", "stages", "metrics", "cost", "fromSeq", "toSeq", "groupId", "watch")
      VALUES (${workspaceId}::uuid, ${workspaceId}::uuid, 1, 'person', 'person:owner', 'applied', now(), '[]', '{}', '{}', 0, 0, ${workspaceId}::uuid, '[]')`;
    await tx.$executeRaw`INSERT INTO "CycleLease" ("workspaceId", "owner", "cycleId", "expiresAt") VALUES (${workspaceId}::uuid, 'o', ${workspaceId}::uuid, now())`;
    await tx.$executeRaw`INSERT INTO "Proposal" ("workspaceId", "id", "cycleId", "kind", "state", "risk", "subject", "title", "why", "targets", "targetIds", "before", "after", "payload", "certainty", "uses", "gate", "predicted", "changeIds", "expiresAt", "createdAt")
      VALUES (${workspaceId}::uuid, ${workspaceId}::uuid, ${workspaceId}::uuid, 'merge', 'waiting', 'high', 's', 't', 'w', '[]', '{}', 'null', 'null', '{}', 1, 0, '{}', '{}', '{}', now(), now())`;
    await tx.$executeRaw`INSERT INTO "Decision" ("workspaceId", "id", "at", "kind", "subject", "verdict", "proposalId", "certainty", "actor")
      VALUES (${workspaceId}::uuid, ${workspaceId}::uuid, now(), 'merge', 's', 'never', ${workspaceId}::uuid, 1, 'person:owner')`;
    await tx.$executeRaw`INSERT INTO "Webhook" ("workspaceId", "id", "name", "url", "events", "secret", "enabled", "cursorSeq", "createdAt", "createdBy")
      VALUES (${workspaceId}::uuid, ${workspaceId}::uuid, 'n', 'u', '{*}', '\\x00', false, 0, now(), 'person:owner')`;
    await tx.$executeRaw`INSERT INTO "WebhookDelivery" ("workspaceId", "id", "webhookId", "seq", "event", "data", "state", "attempts", "at")
      VALUES (${workspaceId}::uuid, ${workspaceId}::uuid, ${workspaceId}::uuid, 0, 'webhook.test', '{}', 'waiting', '[]', now())`;
    await tx.$executeRaw`INSERT INTO "TestQuestion" ("workspaceId", "id", "key", "query", "conditions", "grades", "createdAt", "updatedAt", "createdBy")
      VALUES (${workspaceId}::uuid, ${workspaceId}::uuid, 'k', 'q', '{}', '[]', now(), now(), 'person:owner')`;
    await tx.$executeRaw`INSERT INTO "IdempotentAnswer" ("workspaceId", "key", "operation", "bodyHash", "status", "answer", "createdAt")
      VALUES (${workspaceId}::uuid, 'k', 'o', '\\x00', 200, '{}', now())`;
  });
  client = new Client({ connectionString: inject("databaseUrl") });
  await client.connect();
});
afterAll(() => client.end());

const standIn = (workspaceId: string) =>
  client.query("SELECT set_config('app.workspace', $1, false)", [workspaceId]);
const count = async (table: string) =>
  Number((await client.query<{ n: string }>(`SELECT count(*) AS n FROM "${table}"`)).rows[0]?.n);

async function tables(): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'workspaceId' ORDER BY 1`,
  );
  return rows.map((row) => row.name).filter((name) => !BEFORE_A_WORKSPACE.includes(name));
}

describe("every table that belongs to a workspace", () => {
  it("shows its rows under that workspace and none under another, or under none", async () => {
    const names = await tables();
    expect(names.length).toBeGreaterThanOrEqual(13);
    for (const name of names) {
      await standIn(theirs.workspaceId);
      expect(await count(name), `${name} has to hold something to hide`).toBeGreaterThan(0);
      await standIn(mine.workspaceId);
      expect(await count(name), name).toBe(0);
      await standIn("");
      expect(await count(name), name).toBe(0);
    }
  });

  it("takes no row of another workspace, and lets none be moved there", async () => {
    for (const name of await tables()) {
      await standIn(mine.workspaceId);
      const stolen = client.query(
        `INSERT INTO "${name}" SELECT (jsonb_populate_record(NULL::"${name}", $1::jsonb)).*`,
        [JSON.stringify(await rowOf(name))],
      );
      await expect(stolen, name).rejects.toMatchObject({ code: "42501" });
      const touched = await client.query(`UPDATE "${name}" SET "workspaceId" = $1 WHERE "workspaceId" = $2`, [
        mine.workspaceId,
        theirs.workspaceId,
      ]);
      expect(touched.rowCount, name).toBe(0);
      expect(
        (await client.query(`DELETE FROM "${name}" WHERE "workspaceId" = $1`, [theirs.workspaceId])).rowCount,
      ).toBe(0);
    }
  });
});

/** A row of theirs, as somebody who once saw it could send it again. */
async function rowOf(table: string): Promise<object> {
  await standIn(theirs.workspaceId);
  const { rows } = await client.query<{ row: object }>(`SELECT to_jsonb(t) AS row FROM "${table}" t LIMIT 1`);
  await standIn(mine.workspaceId);
  return rows[0]?.row ?? {};
}
