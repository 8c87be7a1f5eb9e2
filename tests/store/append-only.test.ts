/** That the database itself refuses to rewrite the ledger, whoever connects. */
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";

import { createMemory } from "@/lib/commands/create-memory";
import { verify } from "@/lib/queries/verify";
import { superuserAddress } from "../support/superuser";
import { freshWorkspace, type TestWorkspace } from "../support/workspace";

let workspace: TestWorkspace;
const clients = new Map<string, Client>();

beforeAll(async () => {
  workspace = await freshWorkspace();
  await createMemory(workspace.owner, { content: "written down" });
  const own = inject("databaseUrl");
  const superuser = new URL(await superuserAddress(inject("dataDir")));
  superuser.pathname = new URL(own).pathname;
  for (const [role, address] of [
    ["the application", own],
    ["the superuser", superuser.href],
  ] as const) {
    const client = new Client({ connectionString: address });
    await client.connect();
    await client.query("SELECT set_config('app.workspace', $1, false)", [workspace.workspaceId]);
    clients.set(role, client);
  }
});
afterAll(async () => {
  for (const client of clients.values()) await client.end();
});

const RESTRICTED = "23001";
const STATEMENTS: [string, (id: string) => string][] = [
  ["UPDATE", (id) => `UPDATE "Change" SET "actor" = 'key:mallory' WHERE "workspaceId" = '${id}'`],
  ["DELETE", (id) => `DELETE FROM "Change" WHERE "workspaceId" = '${id}'`],
  ["TRUNCATE", () => `TRUNCATE "Change"`],
  ["TRUNCATE CASCADE", () => `TRUNCATE "Change", "ChangeText" CASCADE`],
];

describe.each(["the application", "the superuser"])("as %s", (role) => {
  it.each(STATEMENTS)("%s of the ledger is refused", async (_what, statement) => {
    const call = clients.get(role)?.query(statement(workspace.workspaceId));
    await expect(call).rejects.toMatchObject({
      code: RESTRICTED,
      message: expect.stringContaining("append-only"),
    });
  });

  it("an upsert that would overwrite a change is refused", async () => {
    const call = clients
      .get(role)
      ?.query(
        `INSERT INTO "Change" SELECT * FROM "Change" WHERE "workspaceId" = $1 ON CONFLICT ("workspaceId", "seq") DO UPDATE SET "actor" = 'x'`,
        [workspace.workspaceId],
      );
    await expect(call).rejects.toMatchObject({ code: RESTRICTED });
  });
});

it("afterwards everything still verifies", async () => {
  expect(await verify(workspace.owner)).toMatchObject({ ok: true, head: { seq: 1 } });
});
