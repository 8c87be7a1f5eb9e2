/** One PostgreSQL cluster on disk: making it, starting and stopping its server, and reading what the server says of itself. */
import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { chmod, chown, mkdir, readFile, rename, rm, stat, truncate, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import type { EmbeddedHome } from "@/lib/store/embedded-home";
import { draftInstance } from "@/lib/store/embedded-home";
import type { Programs } from "@/lib/store/embedded-programs";
import { makePassable, NOBODY, runProgram, runsAsRoot } from "@/lib/store/embedded-programs";
import { hasCode, isRunning } from "@/lib/store/exclusive-lock";

export const SUPERUSER = "postgres";

/** Passwords of the two roles. The superuser's never leaves the modules named embedded-*. */
export interface Credentials {
  readonly superuserPassword: string;
  readonly password: string;
  /** The port last used; it is preferred, so that a server that comes back is found where it was. */
  readonly port: number | null;
}

/** What a server says of itself in postmaster.pid. */
export interface RunningServer {
  readonly pid: number;
  readonly port: number;
  readonly status: string;
}

const START_LIMIT_MS = 120_000;
const POLL_MS = 20;
const PORT_ATTEMPTS = 5;
/** Processes of a server that was killed notice it within milliseconds, when they have the processor. */
const ORPHANS_MS = 60_000;
const ORPHANS_POLL_MS = 100;
const LOG_LIMIT_BYTES = 5_000_000;
const LOG_TAIL_LINES = 8;

/** Chosen for one person's computer: durable at every commit, small in memory, no compiler and no helper processes. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "60",
  shared_buffers: "96MB",
  effective_cache_size: "1GB",
  work_mem: "16MB",
  maintenance_work_mem: "64MB",
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  wal_level: "minimal",
  max_wal_senders: "0",
  wal_compression: "on",
  min_wal_size: "80MB",
  max_wal_size: "512MB",
  checkpoint_timeout: "10min",
  jit: "off",
  io_method: "sync",
  max_parallel_workers_per_gather: "0",
  max_worker_processes: "2",
  max_logical_replication_workers: "0",
  random_page_cost: "1.1",
  password_encryption: "scram-sha-256",
  timezone: "UTC",
  log_timezone: "UTC",
  log_min_messages: "warning",
  log_line_prefix: "%m [%p] %u@%d ",
};

/** Makes the cluster and its credentials, complete or not at all: both appear in one rename. */
export async function initialiseCluster(
  files: EmbeddedHome,
  programs: Programs,
  credentials: Credentials,
): Promise<void> {
  const draft = draftInstance(files);
  await makePassable(draft.instance);
  await mkdir(draft.cluster, { mode: 0o700 });
  const passwordFile = path.join(draft.instance, "initial-password");
  await writeFile(passwordFile, credentials.superuserPassword, { mode: 0o600 });
  if (runsAsRoot) await Promise.all([draft.cluster, passwordFile].map((item) => chown(item, NOBODY, NOBODY)));
  const choices = [
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--auth=scram-sha-256",
  ];
  const args = ["-D", draft.cluster, "-U", SUPERUSER, `--pwfile=${passwordFile}`, ...choices];
  await runProgram(programs.initdb, args, programs.options);
  await rm(passwordFile);
  await writeCredentials(draft.credentials, credentials);
  await rename(draft.instance, files.instance);
}

/** The credentials of an existing instance. */
export async function readCredentials(files: EmbeddedHome): Promise<Credentials> {
  // Written by writeCredentials below and by nobody else.
  return JSON.parse(await readFile(files.credentials, "utf8")) as Credentials;
}

/** The server of this cluster that runs now, or null. A file left behind by a killed one is not believed. */
export function runningServer(cluster: string): RunningServer | null {
  const pidFile = path.join(cluster, "postmaster.pid");
  if (!existsSync(pidFile)) return null;
  const [pid, , , port, , , , status] = readFileSync(pidFile, "utf8").split("\n");
  const server = { pid: Number(pid), port: Number(port), status: status?.trim() ?? "" };
  return isServerOf(server.pid, cluster) ? server : null;
}

/** Starts a server on a free port and waits until it accepts connections. */
export async function startServer(files: EmbeddedHome, programs: Programs): Promise<RunningServer> {
  await refuseOtherVersion(files.cluster, programs);
  // PostgreSQL trusts the number in this file alone; after a reboot it may belong to any program.
  await rm(path.join(files.cluster, "postmaster.pid"), { force: true });
  await limitLog(files.log);
  const credentials = await readCredentials(files);
  const orphansDeadline = Date.now() + ORPHANS_MS;
  for (let taken = 0; taken < PORT_ATTEMPTS;) {
    const port = taken === 0 && (await isFree(credentials.port)) ? credentials.port : await freePort();
    try {
      const server = await launch(files, programs, port);
      if (port !== credentials.port) await writeCredentials(files.credentials, { ...credentials, port });
      return server;
    } catch (error) {
      const message = String(error);
      if (message.includes("could not bind")) taken += 1;
      // PostgreSQL sees processes of a killed server that still hold its memory, and waits for none of them.
      else if (message.includes("still in use") && Date.now() < orphansDeadline) await delay(ORPHANS_POLL_MS);
      else throw error;
    }
  }
  throw new Error(`PostgreSQL found ${PORT_ATTEMPTS} ports taken, one after the other.`);
}

/** Waits for a server that is starting; false when it ends instead. */
export async function becomesReady(cluster: string): Promise<boolean> {
  for (const deadline = Date.now() + START_LIMIT_MS; Date.now() < deadline; await delay(POLL_MS)) {
    const server = runningServer(cluster);
    if (server === null) return false;
    if (server.status === "ready") return true;
  }
  throw new Error(`PostgreSQL in ${cluster} did not become ready in ${START_LIMIT_MS / 1000} s.`);
}

/** Ends the server in an orderly way: open transactions are rolled back and everything is on disk. */
export async function stopServer(cluster: string, programs: Programs): Promise<void> {
  await runProgram(programs.pgCtl, ["stop", "-D", cluster, "-m", "fast", "-w", "-t", "60"], programs.options);
}

async function launch(files: EmbeddedHome, programs: Programs, port: number | null): Promise<RunningServer> {
  const settings = Object.entries(SETTINGS).flatMap(([name, setting]) => ["-c", `${name}=${setting}`]);
  const logStart = await stat(files.log).then(
    (found) => found.size,
    () => 0,
  );
  const log = openSync(files.log, "a", 0o600);
  // A session of its own: Ctrl-C in the terminal must reach the launcher, which stops the server when it is time.
  const child = spawn(programs.postgres, ["-D", files.cluster, "-p", String(port), ...settings], {
    ...programs.options,
    cwd: files.home,
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  child.unref();
  let failure: string | null = null;
  child.once("exit", (code, signal) => (failure ??= `it ended with ${signal ?? code}`));
  child.once("error", (error) => (failure ??= error.message));
  for (const deadline = Date.now() + START_LIMIT_MS; Date.now() < deadline; await delay(POLL_MS)) {
    const server = runningServer(files.cluster);
    if (server?.status === "ready" && server.pid === child.pid) return server;
    if (failure !== null)
      throw new Error(`PostgreSQL did not start: ${failure}.\n${await logTail(files.log, logStart)}`);
  }
  throw new Error(`PostgreSQL did not become ready in ${START_LIMIT_MS / 1000} s; see ${files.log}.`);
}

/**
 * Whether the process is the server of exactly this cluster. Linux tells a process's arguments, and ours name the
 * cluster; elsewhere a running process with that id has to do.
 */
function isServerOf(pid: number, cluster: string): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || !isRunning(pid)) return false;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(cluster);
  } catch (error) {
    return !hasCode(error, "ENOENT") || !existsSync("/proc/self/cmdline");
  }
}

async function refuseOtherVersion(cluster: string, programs: Programs): Promise<void> {
  const found = (await readFile(path.join(cluster, "PG_VERSION"), "utf8")).trim();
  if (found === programs.majorVersion) return;
  throw new Error(
    `The database in ${cluster} was made by PostgreSQL ${found} and this is ${programs.majorVersion}. ` +
      "Start the version of Palimpsest that made it, export the ledger there, and import it into a new data folder.",
  );
}

async function writeCredentials(file: string, credentials: Credentials): Promise<void> {
  const draft = `${file}.draft`;
  await writeFile(draft, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, file);
}

async function limitLog(log: string): Promise<void> {
  const size = await stat(log).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LOG_LIMIT_BYTES) await truncate(log);
}

async function logTail(log: string, from: number): Promise<string> {
  const printed = (await readFile(log)).subarray(from).toString("utf8").trimEnd();
  return printed.split("\n").slice(-LOG_TAIL_LINES).join("\n");
}

async function isFree(port: number | null): Promise<boolean> {
  return port !== null && (await listenOnce(port)) !== null;
}

async function freePort(): Promise<number> {
  const port = await listenOnce(0);
  if (port === null) throw new Error("No free port on 127.0.0.1 for the embedded database.");
  return port;
}

function listenOnce(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(null));
    probe.listen(port, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : null));
    });
  });
}
