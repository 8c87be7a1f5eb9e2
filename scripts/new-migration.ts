/**
 * `npm run migration:new -- add_trust`: writes the SQL from the models as of the last committed migration to those of
 * prisma/schema.prisma now. What Prisma cannot express (triggers, policies, partial indexes) is added to it by hand.
 */
import { execFileSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { SCHEMA, schemaSql } from "./schema-sql";

import { ensureDatabase } from "@/lib/store/embedded-postgres";
import { MIGRATIONS } from "@/lib/store/migrate";

/** Root runs the database as `nobody`, who has to get in. */
const PASSABLE = 0o711;

const NAME = /^[a-z][a-z0-9_]*$/;

try {
  await newMigration(process.argv[2] ?? "");
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function newMigration(name: string): Promise<void> {
  if (!NAME.test(name))
    throw new Error("Name the migration in lower case, for example: npm run migration:new -- add_trust");
  const sql = await pendingSql();
  if (sql === "")
    throw new Error("prisma/schema.prisma says what the last committed migration left: nothing to write.");
  const time = new Date().toISOString().replace(/\D/g, "").slice(0, "YYYYMMDDhhmmss".length);
  const folder = path.join(MIGRATIONS, `${time}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "migration.sql"), `${sql}\n`);
  console.log(`${path.relative(process.cwd(), folder)}/migration.sql\n\n${sql}`);
}

async function pendingSql(): Promise<string> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "palimpsest-migration-"));
  await chmod(dataDir, PASSABLE);
  const database = await ensureDatabase(dataDir);
  try {
    return await schemaSql(database.url, { from: lastMigratedSchema(), to: await readFile(SCHEMA, "utf8") });
  } finally {
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** The models as they were committed with the newest migration, or null before the first one. */
function lastMigratedSchema(): string | null {
  const uncommitted = git("status", "--porcelain", "--", "prisma/migrations");
  if (uncommitted !== "") throw new Error(`Commit or remove the migration at work first:\n${uncommitted}`);
  const commit = git("log", "-1", "--format=%H", "--", "prisma/migrations");
  return commit === "" ? null : git("show", `${commit}:prisma/schema.prisma`);
}

function git(...args: string[]): string {
  return execFileSync("git", args, { encoding: "utf8" }).trim();
}
