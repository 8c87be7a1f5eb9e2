/**
 * Applies prisma/migrations at start-up. It keeps Prisma's own book of them (table, checksums and lock), so that
 * `prisma migrate deploy` agrees wherever Prisma's schema engine can be had; here it often cannot.
 */
import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { Client } from "pg";

/** The key of the advisory lock that Prisma's schema engine takes, so that we and it wait for each other. */
const PRISMA_LOCK = 72_707_369;

const BOOK = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

interface BookEntry {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
  readonly logs: string | null;
}

/** Where the migrations of this checkout are. */
export const MIGRATIONS = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));

/** Brings the database at `databaseUrl` up to date and returns the names of the migrations it applied, in order. */
export async function migrate(databaseUrl: string, folder: string = MIGRATIONS): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const database = new Client({ connectionString: databaseUrl, application_name: "palimpsest-migrate" });
  await database.connect();
  try {
    await database.query("SELECT pg_advisory_lock($1)", [PRISMA_LOCK]);
    await database.query(BOOK);
    const pending = await pendingMigrations(database, migrations);
    for (const migration of pending) await apply(database, migration);
    return pending.map((migration) => migration.name);
  } finally {
    // Ending the session also gives back the lock.
    await database.end();
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder))
    .filter((name) => existsSync(path.join(folder, name, "migration.sql")))
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(path.join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

async function pendingMigrations(database: Client, migrations: readonly Migration[]): Promise<Migration[]> {
  const { rows } = await database.query<BookEntry>(
    "SELECT migration_name, checksum, finished_at, logs FROM _prisma_migrations WHERE rolled_back_at IS NULL",
  );
  const unfinished = rows.find((row) => row.finished_at === null);
  if (unfinished !== undefined) {
    throw new Error(
      `The migration ${unfinished.migration_name} failed earlier and left the database half-way: ${unfinished.logs ?? "no message"}. ` +
        "Repair the tables it names, then set rolled_back_at of its row in _prisma_migrations.",
    );
  }
  const applied = new Map(rows.map((row) => [row.migration_name, row.checksum]));
  const known = new Set(migrations.map((migration) => migration.name));
  const foreign = [...applied.keys()].find((name) => !known.has(name));
  if (foreign !== undefined) {
    throw new Error(
      `The database has the migration ${foreign}, which this version does not know. It was used by a newer version: start that one.`,
    );
  }
  for (const migration of migrations) refuseAltered(migration, applied.get(migration.name));
  return migrations.filter((migration) => !applied.has(migration.name));
}

function refuseAltered(migration: Migration, appliedChecksum: string | undefined): void {
  if (appliedChecksum === undefined || appliedChecksum === migration.checksum) return;
  throw new Error(
    `The migration ${migration.name} was altered after this database applied it. ` +
      "Restore its file and put the alteration into a new migration (npm run migration:new).",
  );
}

/** A migration and its entry in the book are one transaction, so a failed or interrupted one can simply be tried again. */
async function apply(database: Client, migration: Migration): Promise<void> {
  try {
    await database.query("BEGIN");
    await database.query(migration.sql);
    await database.query(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), 1)",
      [randomUUID(), migration.checksum, migration.name],
    );
    await database.query("COMMIT");
  } catch (error) {
    await database.query("ROLLBACK");
    throw new Error(`The migration ${migration.name} failed and changed nothing: ${String(error)}`, {
      cause: error,
    });
  }
}
