import { Client } from "pg";

import { readCredentials, runningServer, SUPERUSER } from "@/lib/store/embedded-cluster";
import { embeddedHome } from "@/lib/store/embedded-home";
import { PRESENCE } from "@/lib/store/embedded-postgres";

/** The address of the run's server with every right, for tests that prepare databases; the application never has it. */
export async function superuserAddress(dataDir: string): Promise<string> {
  const files = await embeddedHome(dataDir);
  const server = runningServer(files.cluster);
  if (server === null) throw new Error(`No database runs in ${dataDir}.`);
  const { superuserPassword } = await readCredentials(files);
  return `postgresql://${SUPERUSER}:${superuserPassword}@127.0.0.1:${server.port}/${SUPERUSER}`;
}

/** Ends every connection but those by which running processes hold the server. */
export async function disconnectEverybody(dataDir: string): Promise<void> {
  const admin = new Client({ connectionString: await superuserAddress(dataDir) });
  await admin.connect();
  await admin.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend' AND application_name <> $1",
    [PRESENCE],
  );
  await admin.end();
}
