/**
 * The database for people who have none: a real PostgreSQL, installed by npm, kept in the data folder and reachable
 * from this computer only. Several processes may use one data folder at once; the last one to leave stops the server.
 * The application gets a role that owns its database and nothing else, so that row-level security binds it.
 */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { Client } from "pg";

import type { Credentials, RunningServer } from "@/lib/store/embedded-cluster";
import {
  becomesReady,
  initialiseCluster,
  readCredentials,
  runningServer,
  startServer,
  stopServer,
  SUPERUSER,
} from "@/lib/store/embedded-cluster";
import type { EmbeddedHome } from "@/lib/store/embedded-home";
import { embeddedHome } from "@/lib/store/embedded-home";
import type { Programs } from "@/lib/store/embedded-programs";
import { findPrograms } from "@/lib/store/embedded-programs";
import { withExclusiveLock } from "@/lib/store/exclusive-lock";

export interface EmbeddedDatabase {
  /** Where to connect, as the role that owns the database. */
  readonly url: string;
  /** Whether the server was running already. */
  readonly adopted: boolean;
  /** Leaves the database, and stops its server unless somebody else is connected. */
  stop(): Promise<void>;
}

const APPLICATION = "palimpsest";

/** The name of the connection by which each process shows that it uses the server. */
export const PRESENCE = "palimpsest-presence";

const LOCK_WAIT_MS = 180_000;
const PASSWORD_BYTES = 24;
const LEAVING_MS = 2_000;
const POLL_MS = 50;
const RETRY_MS = 1000;
const LONGEST_RETRY_MS = 60_000;

/** Makes, starts or adopts the database of `dataDir`. Safe to call from several processes at the same moment. */
export async function ensureDatabase(dataDir: string): Promise<EmbeddedDatabase> {
  const files = await embeddedHome(dataDir);
  const programs = await findPrograms(files.home);
  const locked = <T>(work: () => Promise<T>) => withExclusiveLock(files.lock, LOCK_WAIT_MS, work);
  let stopping = false;

  // An open connection marks us as a user of the server: whoever wants to stop it sees that we are here.
  const enter = async () => {
    const { server, adopted } = await startedServer(files, programs);
    const credentials = await readCredentials(files);
    await provision(server, credentials);
    const url = addressOf(server, APPLICATION, credentials.password);
    const presence = await connect(url, PRESENCE);
    presence.once("end", () => void comeBack());
    return { url, adopted, presence };
  };
  // A full disk is cleared at some time, and then nobody should have to start us anew.
  const comeBack = async () => {
    for (let wait = RETRY_MS; !stopping; wait = Math.min(2 * wait, LONGEST_RETRY_MS)) {
      try {
        await locked(async () => {
          // Whoever left while this waited for its turn has seen the server stopped, and so it stays.
          if (!stopping) current = await enter();
        });
        return;
      } catch (error) {
        console.error(
          `The embedded database stopped and cannot be started again; next attempt in ${wait / 1000} s: ${String(error)}`,
        );
      }
      await delay(wait, undefined, { ref: false });
    }
  };
  let current = await locked(enter);

  return {
    url: current.url,
    adopted: current.adopted,
    stop: async () => {
      if (stopping) return;
      stopping = true;
      await locked(async () => {
        await current.presence.end().catch(() => undefined);
        const server = runningServer(files.cluster);
        if (server !== null && !(await isInUse(server, await readCredentials(files))))
          await stopServer(files.cluster, programs);
      });
    },
  };
}

async function startedServer(
  files: EmbeddedHome,
  programs: Programs,
): Promise<{ server: RunningServer; adopted: boolean }> {
  await removeDrafts(files);
  if (!existsSync(files.instance)) await initialiseCluster(files, programs, newCredentials());
  const found = runningServer(files.cluster);
  if (found !== null && found.status !== "stopping" && (await becomesReady(files.cluster)))
    return { server: found, adopted: true };
  while (runningServer(files.cluster) !== null) await delay(POLL_MS);
  return { server: await startServer(files, programs), adopted: false };
}

/** What an initialisation left behind that was killed half-way; we hold the lock, so nobody is at work on it. */
async function removeDrafts(files: EmbeddedHome): Promise<void> {
  const drafts = (await readdir(files.home)).filter((name) => name.startsWith("instance-draft-"));
  await Promise.all(drafts.map((name) => rm(path.join(files.home, name), { recursive: true, force: true })));
}

function newCredentials(): Credentials {
  const password = () => randomBytes(PASSWORD_BYTES).toString("hex");
  return { superuserPassword: password(), password: password(), port: null };
}

/** Makes role and database if they are missing, as after an initialisation that was killed before this point. */
async function provision(server: RunningServer, credentials: Credentials): Promise<void> {
  const admin = await connect(
    addressOf(server, SUPERUSER, credentials.superuserPassword),
    "palimpsest-provision",
  );
  try {
    const role = await admin.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [APPLICATION]);
    if (role.rowCount === 0) {
      // The password is hexadecimal, so it needs no quoting; CREATE ROLE takes no parameters.
      await admin.query(
        `CREATE ROLE ${APPLICATION} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD '${credentials.password}'`,
      );
    }
    const database = await admin.query("SELECT 1 FROM pg_database WHERE datname = $1", [APPLICATION]);
    if (database.rowCount === 0) await admin.query(`CREATE DATABASE ${APPLICATION} OWNER ${APPLICATION}`);
  } finally {
    await admin.end();
  }
}

/** Another user's presence decides at once; connections of a process that has just ended take a moment to disappear. */
async function isInUse(server: RunningServer, credentials: Credentials): Promise<boolean> {
  const admin = await connect(
    addressOf(server, SUPERUSER, credentials.superuserPassword),
    "palimpsest-leaving",
  );
  try {
    for (const deadline = Date.now() + LEAVING_MS; ; await delay(POLL_MS)) {
      const others = await admin.query<{ application_name: string }>(
        "SELECT application_name FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
      );
      if (others.rows.length === 0) return false;
      if (Date.now() > deadline || others.rows.some((row) => row.application_name === PRESENCE)) return true;
    }
  } finally {
    await admin.end();
  }
}

function addressOf(server: RunningServer, role: string, password: string): string {
  return `postgresql://${role}:${password}@127.0.0.1:${server.port}/${role}`;
}

async function connect(address: string, applicationName: string): Promise<Client> {
  const client = new Client({
    connectionString: address,
    application_name: applicationName,
    keepAlive: true,
  });
  // Without a listener a server that goes away would end this process; the connection's end tells us enough.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}
