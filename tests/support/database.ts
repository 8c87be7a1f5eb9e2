/**
 * One embedded PostgreSQL for the whole run, in a folder of its own, with every migration applied. Its address is
 * `DATABASE_URL` for the code under test and `inject("databaseUrl")` for tests. Tests keep apart by workspace.
 */
import { rm } from "node:fs/promises";

import type { TestProject } from "vitest/node";

import { ensureDatabase } from "@/lib/store/embedded-postgres";
import { migrate } from "@/lib/store/migrate";
import { disconnectEverybody } from "@/tests/support/superuser";
import { temporaryFolder } from "@/tests/support/temporary-folder";

declare module "vitest" {
  export interface ProvidedContext {
    databaseUrl: string;
    /** The data folder of the run, for tests that need the server's superuser. */
    dataDir: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await temporaryFolder("tests");
  const database = await ensureDatabase(dataDir);
  await migrate(database.url);
  process.env.DATABASE_URL = database.url;
  process.env.PALIMPSEST_DATA_DIR = dataDir;
  project.provide("databaseUrl", database.url);
  project.provide("dataDir", dataDir);
  return async () => {
    // Pools of the tests may still be open, and the server stops only when nobody is connected.
    await disconnectEverybody(dataDir);
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
