/** That a backup brings everything back into an empty store, digest by digest, and that a damaged one brings nothing. */
import { execFile } from "node:child_process";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gunzipSync, gzipSync } from "node:zlib";

import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";

import { backupTables } from "@/lib/store/backup-tables";
import { migrate } from "@/lib/store/migrate";
import { superuserAddress } from "../support/superuser";
import { temporaryFolder } from "../support/temporary-folder";

const SOURCE = `backup_source_${process.pid}`;
const TARGET = `backup_target_${process.pid}`;
const run = promisify(execFile);
let admin: Client;
let folder: string;
let file: string;

const addressOf = (database: string): string => {
  const address = new URL(inject("databaseUrl"));
  address.pathname = `/${database}`;
  return address.href;
};

beforeAll(async () => {
  folder = await temporaryFolder("backup");
  file = path.join(folder, "kept", "all.ndjson.gz");
  admin = new Client({ connectionString: await superuserAddress(inject("dataDir")) });
  await admin.connect();
  for (const database of [SOURCE, TARGET]) {
    await admin.query(`CREATE DATABASE ${database} OWNER ${new URL(inject("databaseUrl")).username}`);
    await migrate(addressOf(database));
  }
  expect(await program("tests/support/furnish.ts", SOURCE)).toMatchObject({ code: 0 });
}, 120_000);

afterAll(async () => {
  for (const database of [SOURCE, TARGET]) await admin.query(`DROP DATABASE ${database} WITH (FORCE)`);
  await admin.end();
});

async function program(script: string, database: string, ...options: readonly string[]) {
  const env = { ...process.env, DATABASE_URL: addressOf(database), PALIMPSEST_DATA_DIR: folder };
  return run(process.execPath, ["--import", "tsx", script, ...options], { env }).then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      output: error.stdout + error.stderr,
    }),
  );
}
const restore = (from: string, database = TARGET) => program("scripts/restore.ts", database, from);

/** Every row of the tables as text, in an order of its own. */
async function rowsOf(database: string, tables: readonly string[]): Promise<Record<string, string[]>> {
  const client = new Client({
    connectionString: Object.assign(new URL(await superuserAddress(inject("dataDir"))), {
      pathname: `/${database}`,
    }).href,
  });
  await client.connect();
  const found: Record<string, string[]> = {};
  for (const table of tables) {
    const { rows } = await client.query<{ row: string }>(
      `SELECT to_jsonb(t)::text AS "row" FROM "${table}" t ORDER BY 1`,
    );
    found[table] = rows.map(({ row }) => row);
  }
  await client.end();
  return found;
}

const LEDGER = ["Workspace", "Change", "ChangeText", "Epoch"];
const PROJECTION = ["Memory", "Relation", "ChangeStatus", "ChangeEffect", "WorkspaceState"];

describe("npm run backup and npm run restore", () => {
  it("write one file that only its owner may read, proven before it has its name", async () => {
    const made = await program("scripts/backup.ts", SOURCE, file);
    expect(made, made.output).toMatchObject({
      code: 0,
      output: expect.stringContaining("every chain in it is whole"),
    });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(path.dirname(file))).toEqual([path.basename(file)]);
    const checked = await program("scripts/restore.ts", "no_such_database", "--check", file);
    expect(checked, checked.output).toMatchObject({ code: 0, output: expect.stringContaining("is whole") });
  });

  it("hold keys as hashes only, and nothing of sessions", async () => {
    const text = gunzipSync(await readFile(file)).toString("utf8");
    const rows = text.split("\n").filter((line) => line.startsWith('{"type":"row"'));
    expect(rows.some((line) => line.includes('"table":"ApiKey"'))).toBe(true);
    expect(rows.some((line) => /"table":"(BrowserSession|LoginToken)"/u.test(line))).toBe(false);
    expect(text).not.toMatch(/pal_(key|session|login)_[\w-]{20}/u);
  });

  it("refuse a file that was cut off or altered, and leave the store empty", async () => {
    const whole = gunzipSync(await readFile(file)).toString("utf8");
    const lines = whole.trimEnd().split("\n");
    const damaged: [string, string, string][] = [
      ["cut", lines.slice(0, -1).join("\n"), "cut off"],
      ["without-a-row", lines.filter((line) => !line.includes('"table":"ApiKey"')).join("\n"), "altered"],
      [
        "other-words",
        whole.replace("white tea", "black tea"),
        "texts that are not the ones it was made with",
      ],
      ["longer", `${whole}${lines[1] ?? ""}\n`, "follows the end"],
    ];
    for (const [name, text, told] of damaged) {
      const bad = path.join(folder, `${name}.gz`);
      await writeFile(bad, gzipSync(text));
      const found = await restore(bad);
      expect(found.code, name).toBe(1);
      expect(found.output, name).toContain(told);
    }
    await writeFile(path.join(folder, "half.gz"), (await readFile(file)).subarray(0, 500));
    expect((await restore(path.join(folder, "half.gz"))).code).toBe(1);
    expect((await rowsOf(TARGET, LEDGER))["Workspace"]).toEqual([]);
  });

  it("bring back every workspace, change, key, recall and outcome, and the state that follows from them", async () => {
    const done = await restore(file);
    expect(done, done.output).toMatchObject({ code: 0, output: expect.stringContaining("digest by digest") });
    const others = (await backupTables()).map(({ name }) => name);
    expect(others).toEqual(expect.arrayContaining(["ApiKey", "Retrieval", "Signal"]));
    const tables = [...LEDGER, ...PROJECTION, ...others];
    const [before, after] = [await rowsOf(SOURCE, tables), await rowsOf(TARGET, tables)];
    for (const table of ["Workspace", "Change", "Memory", "ApiKey", "Retrieval", "Signal", "TestQuestion"])
      expect(before[table]?.length, table).toBeGreaterThan(0);
    for (const table of tables) expect(after[table], table).toEqual(before[table]);
    expect(before["Workspace"]).toHaveLength(4);
    // The password comes back as its hash, and who may do what with it.
    for (const table of ["Person", "PersonLogin", "Member", "Invitation", "AccessEvent"])
      expect(before[table], table).not.toEqual([]);
    const verified = await program("scripts/verify.ts", TARGET);
    expect(verified, verified.output).toMatchObject({ code: 0 });
  });

  it("restored again changes nothing, and into a store with changes of its own is refused", async () => {
    const tables = ["Workspace", "Change", "Memory", "ApiKey", "Retrieval"];
    const before = await rowsOf(TARGET, tables);
    expect(await restore(file)).toMatchObject({ code: 0 });
    expect(await rowsOf(TARGET, tables)).toEqual(before);
    expect(await program("tests/support/furnish.ts", TARGET)).toMatchObject({ code: 0 });
    const refused = await restore(file);
    expect(refused.code).toBe(1);
    expect(refused.output).toContain("changes of its own");
  });
}, 180_000);
