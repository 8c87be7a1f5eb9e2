/** `npm run login`: prints a fresh sign-in link for the server that runs on this computer. */
import { addressOf } from "./port-in-use";
import { signInLink } from "./sign-in-link";

import { env } from "@/lib/env";
import { ensureDatabase } from "@/lib/store/embedded-postgres";

const database = env.databaseUrl === null ? await ensureDatabase(env.dataDir) : null;
try {
  if (database !== null && !database.adopted)
    throw new Error(`No Palimpsest uses ${env.dataDir}. Start one with: npm start`);
  if (database !== null) process.env["DATABASE_URL"] = database.url;
  console.log(await signInLink(addressOf(env.host, env.port)));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await database?.stop();
}
