/** `npm run verify` as a person runs it: on a database of its own, honest and then falsified. */
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";

import { createMemory } from "@/lib/commands/create-memory";
import { exportLedger } from "@/lib/queries/export-ledger";
import { migrate } from "@/lib/store/migrate";
import { superuserAddress } from "../support/superuser";
import { temporaryFolder } from "../support/temporary-folder";
import { freshWorkspace } from "../support/workspace";

const DATABASE = `verify_${process.pid}`;
const run = promisify(execFile);
let address: string;
let admin: Client;

beforeAll(async () => {
  const own = new URL(inject("databaseUrl"));
  admin = new Client({ connectionString: await superuserAddress(inject("dataDir")) });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${DATABASE} OWNER ${own.username}`);
  own.pathname = `/${DATABASE}`;
  address = own.href;
  await migrate(address);
});

afterAll(async () => {
  await admin.query(`DROP DATABASE ${DATABASE} WITH (FORCE)`);
  await admin.end();
});

async function verify(...options: readonly string[]): Promise<{ code: number; output: string }> {
  const started = run(process.execPath, ["--import", "tsx", "scripts/verify.ts", ...options], {
    env: { ...process.env, DATABASE_URL: address },
  });
  return started.then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      output: error.stdout + error.stderr,
    }),
  );
}

async function change(statement: string): Promise<void> {
  const client = new Client({ connectionString: address });
  await client.connect();
  await client.query(statement);
  await client.end();
}

describe("npm run verify", () => {
  it("says that there is nothing to verify", async () => {
    expect(await verify()).toMatchObject({ code: 0, output: expect.stringContaining("no workspace yet") });
  });

  it("ends with 0 when every workspace agrees with its ledger, and with 1 when one does not", async () => {
    await change(`INSERT INTO "Workspace" ("id", "name", "headDigest") VALUES
      ('01990000-0000-7000-8000-000000000001', 'honest', sha256('palimpsest ledger 1'))`);
    expect(await verify()).toMatchObject({ code: 0, output: expect.stringContaining("Everything agrees") });
    await change(`INSERT INTO "Workspace" ("id", "name", "headSeq", "headDigest") VALUES
      ('01990000-0000-7000-8000-000000000002', 'cut off', 3, sha256('x'))`);
    const found = await verify();
    expect(found.code).toBe(1);
    expect(found.output).toMatch(/honest.*ok/);
    expect(found.output).toMatch(/cut off.*broken at seq 1/);
    expect(found.output).toContain("1 of 2 workspaces disagree");
  });
});

describe("npm run verify -- --file", () => {
  it("follows an export without a database, and names the line that was altered", async () => {
    const { owner } = await freshWorkspace();
    for (const content of ["the heron fishes", "the heron sleeps"]) await createMemory(owner, { content });
    const lines = [];
    for await (const line of exportLedger(owner)) lines.push(line);
    const folder = await temporaryFolder("export");
    const file = path.join(folder, "export.ndjson");
    await writeFile(file, lines.join(""));
    expect(await verify("--file", file)).toMatchObject({
      code: 0,
      output: expect.stringContaining("The file is whole"),
    });
    await writeFile(file, lines.join("").replace("the heron sleeps", "the heron wakes"));
    expect(await verify("--file", file)).toMatchObject({
      code: 1,
      output: expect.stringContaining("Line 3"),
    });
  });
});
