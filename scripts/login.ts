/** `npm run login`: prints a fresh sign-in link for the server that runs on this computer. */
import { addressOf } from "./port-in-use";

import { env } from "@/lib/env";
import { ensureDatabase } from "@/lib/store/embedded-postgres";

const database = env.databaseUrl === null ? await ensureDatabase(env.dataDir) : null;
try {
  if (database !== null && !database.adopted)
    throw new Error(`No Palimpsest uses ${env.dataDir}. Start one with: npm start`);
  if (database !== null) process.env["DATABASE_URL"] = database.url;
  const { issueLoginToken } = await import("@/lib/commands/issue-login-token");
  console.log(`${addressOf(env.host, env.port)}/login?token=${await issueLoginToken()}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await database?.stop();
}
// The database pool that issued the token stays open; nothing is left to do for it.
process.exit();
