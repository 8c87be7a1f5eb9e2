import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";

import { migrate } from "@/lib/store/migrate";
import { superuserAddress } from "@/tests/support/superuser";
import { temporaryFolder } from "@/tests/support/temporary-folder";

const DATABASE = "migrate_trial";

let admin: Client;
let url: string;
let folder: string;

beforeEach(async () => {
  const address = await superuserAddress(inject("dataDir"));
  admin = new Client({ connectionString: address });
  await admin.connect();
  await admin.query(`DROP DATABASE IF EXISTS ${DATABASE}`);
  await admin.query(`CREATE DATABASE ${DATABASE}`);
  url = Object.assign(new URL(address), { pathname: `/${DATABASE}` }).href;
  folder = await temporaryFolder("migrations");
});

afterEach(async () => {
  await admin.query(`DROP DATABASE ${DATABASE}`);
  await admin.end();
  await rm(folder, { recursive: true, force: true });
});

describe("the migration runner", () => {
  it("applies each migration once and in the order of names", async () => {
    await write("2_more", "ALTER TABLE kept ADD COLUMN more int");
    await write("1_first", "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)");
    expect(await migrate(url, folder)).toEqual(["1_first", "2_more"]);
    expect(await migrate(url, folder)).toEqual([]);
    await write("3_last", "UPDATE kept SET more = n");
    expect(await migrate(url, folder)).toEqual(["3_last"]);
    expect(await rows("SELECT n, more FROM kept")).toEqual([{ n: 7, more: 7 }]);
  });

  it("lets one of several processes do the work", async () => {
    await write("1_first", "CREATE TABLE kept (n int); SELECT pg_sleep(0.2)");
    const applied = await Promise.all([migrate(url, folder), migrate(url, folder), migrate(url, folder)]);
    expect(applied.flat()).toEqual(["1_first"]);
  });

  it("leaves nothing of a migration that fails, and can try again", async () => {
    await write("1_first", "CREATE TABLE kept (n int); SELECT 1 / 0");
    await expect(migrate(url, folder)).rejects.toThrow(
      /1_first failed and changed nothing.*division by zero/,
    );
    expect(await rows("SELECT to_regclass('kept') AS kept")).toEqual([{ kept: null }]);
    await write("1_first", "CREATE TABLE kept (n int)");
    expect(await migrate(url, folder)).toEqual(["1_first"]);
  });

  it("refuses a migration that was altered after it was applied", async () => {
    await write("1_first", "CREATE TABLE kept (n int)");
    await migrate(url, folder);
    await write("1_first", "CREATE TABLE kept (n bigint)");
    await expect(migrate(url, folder)).rejects.toThrow(/1_first was altered/);
  });

  it("refuses a database that a newer version has used", async () => {
    await write("2_newer", "CREATE TABLE newer (n int)");
    await migrate(url, folder);
    await rm(path.join(folder, "2_newer"), { recursive: true });
    await expect(migrate(url, folder)).rejects.toThrow(/2_newer, which this version does not know/);
  });

  it("keeps the book that Prisma keeps", async () => {
    await write("1_first", "CREATE TABLE kept (n int)");
    await migrate(url, folder);
    // sha-256 of the file, as `sha256sum` gives it.
    const checksum = "8f54c2c9177b80d564626cf1763576e8b2a4058d3b2ad059a54b6c45725441c5";
    expect(
      await rows(
        "SELECT migration_name, checksum, applied_steps_count, finished_at IS NOT NULL AS done FROM _prisma_migrations",
      ),
    ).toEqual([{ migration_name: "1_first", checksum, applied_steps_count: 1, done: true }]);
  });
});

async function write(name: string, sql: string): Promise<void> {
  await mkdir(path.join(folder, name), { recursive: true });
  await writeFile(path.join(folder, name, "migration.sql"), sql);
}

async function rows(sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
