import { readCredentials, runningServer, SUPERUSER } from "@/lib/store/embedded-cluster";
import { embeddedHome } from "@/lib/store/embedded-home";

/** The address of the run's server with every right, for tests that prepare databases; the application never has it. */
export async function superuserAddress(dataDir: string): Promise<string> {
  const files = await embeddedHome(dataDir);
  const server = runningServer(files.cluster);
  if (server === null) throw new Error(`No database runs in ${dataDir}.`);
  const { superuserPassword } = await readCredentials(files);
  return `postgresql://${SUPERUSER}:${superuserPassword}@127.0.0.1:${server.port}/${SUPERUSER}`;
}
