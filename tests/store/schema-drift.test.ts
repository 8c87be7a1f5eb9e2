import { readFile } from "node:fs/promises";

import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";

import { migrate } from "@/lib/store/migrate";
import { SCHEMA, schemaSql } from "@/scripts/schema-sql";
import { superuserAddress } from "@/tests/support/superuser";

/**
 * The tables are made by SQL and described by schema.prisma. Both are applied to an empty database and PostgreSQL's own
 * catalogue is compared. Only the SQL may have what Prisma cannot express: triggers, policies, functions, and indexes
 * that are partial or of a kind other than the plain one.
 */
const MIGRATED = "drift_migrated";
const MODELLED = "drift_modelled";

const COLUMNS = `SELECT table_name || '.' || column_name AS name,
  concat_ws(' ', udt_name, character_maximum_length, numeric_precision, datetime_precision, is_nullable, column_default) AS is
  FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'`;
const CONSTRAINTS = `SELECT conrelid::regclass || '.' || conname AS name, pg_get_constraintdef(oid) AS is
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f') AND conrelid::regclass::text <> '_prisma_migrations'`;
const PLAIN_INDEXES = `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS is
  FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_am ON pg_am.oid = relam
  WHERE relnamespace = 'public'::regnamespace AND indpred IS NULL AND indexprs IS NULL AND amname = 'btree'
    AND indrelid::regclass::text <> '_prisma_migrations'`;
const ENUMS = `SELECT typname AS name, string_agg(enumlabel, ',' ORDER BY enumsortorder) AS is
  FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid GROUP BY typname`;

let admin: Client;
const clients = new Map<string, Client>();

beforeAll(async () => {
  const address = await superuserAddress(inject("dataDir"));
  admin = await open(address);
  for (const name of [MIGRATED, MODELLED]) {
    await admin.query(`DROP DATABASE IF EXISTS ${name}`);
    await admin.query(`CREATE DATABASE ${name}`);
    clients.set(name, await open(within(address, name)));
  }
  await migrate(within(address, MIGRATED));
  const models = await readFile(SCHEMA, "utf8");
  await clients.get(MODELLED)?.query(await schemaSql(inject("databaseUrl"), { from: null, to: models }));
});

afterAll(async () => {
  for (const [name, client] of clients) {
    await client.end();
    await admin.query(`DROP DATABASE ${name}`);
  }
  await admin.end();
});

describe("the migrations and schema.prisma", () => {
  it.each([
    ["columns", COLUMNS],
    ["keys", CONSTRAINTS],
    ["plain indexes", PLAIN_INDEXES],
    ["enums", ENUMS],
  ])("agree on all %s", async (_, catalogue) => {
    const modelled = await read(MODELLED, catalogue);
    expect(await read(MIGRATED, catalogue)).toEqual(modelled);
  });

  it("are compared over every model", async () => {
    const models = (await readFile(SCHEMA, "utf8")).match(/^model \w+/gm) ?? [];
    const keys = Object.keys(await read(MODELLED, CONSTRAINTS)).filter((name) => name.includes("_pkey"));
    expect(keys.length).toBe(models.length);
    expect(models.length).toBeGreaterThan(0);
  });
});

async function read(database: string, catalogue: string): Promise<Record<string, string>> {
  const result = await clients.get(database)?.query<{ name: string; is: string }>(catalogue);
  return Object.fromEntries((result?.rows ?? []).map((row) => [row.name, row.is]));
}

async function open(address: string): Promise<Client> {
  const client = new Client({ connectionString: address });
  await client.connect();
  return client;
}

function within(address: string, database: string): string {
  const url = new URL(address);
  url.pathname = `/${database}`;
  return url.href;
}
