import { disconnect } from "@/lib/store/prisma";
import { ensureDatabase } from "@/lib/store/embedded-postgres";
import { env } from "@/lib/env";
import { migrate } from "@/lib/store/migrate";

/** Runs a program's work on the configured or the embedded database, migrated, and lets go of it whatever happens. */
export async function withDatabase(work: () => Promise<void>): Promise<void> {
  const database = env.databaseUrl === null ? await ensureDatabase(env.dataDir) : null;
  try {
    if (database !== null) process.env["DATABASE_URL"] = database.url;
    await migrate(env.databaseUrl ?? "");
    await work();
  } finally {
    // The embedded server stops only when nobody is connected, so our own connections go first.
    await disconnect();
    await database?.stop();
  }
}
