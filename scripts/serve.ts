/**
 * Serves a prepared checkout: database, migrations, web server, sign-in link; and ends all of them together.
 * `npm start` and `npm run dev` come here after scripts/checkout.mjs; the browser tests come here directly.
 */
import { openBrowser } from "./open-browser";
import { signInLink } from "./sign-in-link";
import { WebServer } from "./web-server";

import { env } from "@/lib/env";
import type { EmbeddedDatabase } from "@/lib/store/embedded-postgres";
import { ensureDatabase } from "@/lib/store/embedded-postgres";
import { migrate } from "@/lib/store/migrate";

const dev = process.argv.includes("--dev");
let database: EmbeddedDatabase | null = null;
let server: WebServer | null = null;
let ending: Promise<never> | null = null;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void end(0));

try {
  await serve();
} catch (error) {
  if (ending === null) {
    console.error(`\nPalimpsest could not start. ${error instanceof Error ? error.message : String(error)}`);
    await end(1);
  }
}

async function serve(): Promise<void> {
  const { host, port } = env;
  process.env["DATABASE_URL"] = await databaseAddress();
  const applied = await migrate(process.env["DATABASE_URL"]);
  if (applied.length > 0) console.log(`Brought the database up to date: ${applied.join(", ")}`);
  server = new WebServer({ dev, host, port });
  server.onUnexpectedEnd((how) => {
    console.error(
      `\nThe web server ended unexpectedly (${how}). Palimpsest stops; start it again with: npm start`,
    );
    void end(1);
  });
  await server.ready();
  await welcome(server.address);
}

async function databaseAddress(): Promise<string> {
  if (env.databaseUrl !== null) return env.databaseUrl;
  database = await ensureDatabase(env.dataDir);
  return database.url;
}

async function welcome(address: string): Promise<void> {
  const link = await signInLink(address);
  console.log(`\nPalimpsest is ready at ${address}`);
  console.log(`Sign in with this link, which works once: ${link}`);
  console.log(database === null ? "Database: DATABASE_URL" : `Data: ${env.dataDir}`);
  console.log("Ctrl-C stops it.\n");
  if (!dev && env.opensBrowser && process.stdout.isTTY) openBrowser(link);
}

/** Ends everything once, however many signals arrive: first who uses the database, then the database. */
function end(code: number): Promise<never> {
  ending ??= (async () => {
    await server?.stop();
    await database?.stop();
    process.exit(code);
  })().catch((error: unknown) => {
    console.error(`Palimpsest did not stop cleanly: ${String(error)}`);
    process.exit(1);
  });
  return ending;
}
