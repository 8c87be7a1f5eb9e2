import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";

import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { readCredentials, runningServer } from "@/lib/store/embedded-cluster";
import type { EmbeddedHome } from "@/lib/store/embedded-home";
import { embeddedHome } from "@/lib/store/embedded-home";
import { ensureDatabase } from "@/lib/store/embedded-postgres";
import { runsAsRoot } from "@/lib/store/embedded-programs";
import { isRunning, withExclusiveLock } from "@/lib/store/exclusive-lock";
import { temporaryFolder } from "@/tests/support/temporary-folder";

/**
 * The supervisor is what stands between a person and a database that does not start. These tests use real servers and
 * real processes in a folder whose name has a space, as folders of people do.
 */
let dataDir: string;
let files: EmbeddedHome;

beforeAll(async () => {
  dataDir = await temporaryFolder("house");
  files = await embeddedHome(dataDir);
});

afterAll(async () => {
  const server = runningServer(files.cluster);
  if (server !== null) process.kill(server.pid, "SIGQUIT");
  await rm(dataDir, { recursive: true, force: true });
});

describe("the embedded database", () => {
  it("is made once when several processes start at the same moment, and outlives all but the last", async () => {
    const users = await Promise.all([useDatabase(), useDatabase(), useDatabase()]);
    expect(new Set(users.map((user) => user.url)).size).toBe(1);
    expect(users.filter((user) => !user.adopted)).toHaveLength(1);
    const pid = serverPid();
    for (const user of users.slice(1)) await leave(user);
    expect(isRunning(pid)).toBe(true);
    for (const user of users.slice(0, 1)) await leave(user);
    expect(isRunning(pid)).toBe(false);
    expect(runningServer(files.cluster)).toBeNull();
  });

  it("is adopted when its starter was killed, and stopped by who adopted it", async () => {
    const starter = await useDatabase();
    await kill(starter.process);
    const heir = await ensureDatabase(dataDir);
    const pid = serverPid();
    expect(heir).toMatchObject({ adopted: true, url: starter.url });
    await heir.stop();
    expect(isRunning(pid)).toBe(false);
  });

  it("loses nothing that was committed when server and starter are killed", async () => {
    const starter = await useDatabase();
    await run(starter.url, "CREATE TABLE kept (n int)");
    await run(starter.url, "INSERT INTO kept VALUES (42)");
    const pid = serverPid();
    await kill(starter.process);
    process.kill(pid, "SIGKILL");
    await until(() => !isRunning(pid));
    expect(await stat(path.join(files.cluster, "postmaster.pid"))).toBeDefined();
    const database = await ensureDatabase(dataDir);
    expect(database.adopted).toBe(false);
    expect(await run(database.url, "SELECT n FROM kept")).toEqual([{ n: 42 }]);
    await database.stop();
  });

  it("comes back at its old address when its server dies under a running process", async () => {
    const database = await ensureDatabase(dataDir);
    const pid = serverPid();
    process.kill(pid, "SIGKILL");
    await until(
      () =>
        (runningServer(files.cluster)?.pid ?? pid) !== pid &&
        runningServer(files.cluster)?.status === "ready",
    );
    expect(await run(database.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await database.stop();
    expect(runningServer(files.cluster)).toBeNull();
  });

  it("comes back when a process of the killed server still holds its memory for a while", async () => {
    const database = await ensureDatabase(dataDir);
    const pid = serverPid();
    const client = new Client({ connectionString: database.url });
    client.on("error", () => undefined);
    await client.connect();
    const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    const orphan = rows[0]?.pid ?? 0;
    process.kill(orphan, "SIGSTOP");
    process.kill(pid, "SIGKILL");
    // The one that holds the database brings it back, and who comes meanwhile waits for it instead of being refused.
    const newcomer = ensureDatabase(dataDir);
    const printed = () => readFile(files.log, "utf8");
    for (const before = refusals(await printed()); refusals(await printed()) < before + 2;) await delay(20);
    process.kill(orphan, "SIGCONT");
    expect((await newcomer).url).toBe(database.url);
    expect(await run(database.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await (await newcomer).stop();
    await database.stop();
  });

  it("stays stopped when it is left while it would have come back", async () => {
    const database = await ensureDatabase(dataDir);
    const pid = serverPid();
    // What comes back and who leaves both wait for the lock, and either may be the first to get it.
    const leaving = await withExclusiveLock(files.lock, 10_000, async () => {
      process.kill(pid, "SIGKILL");
      await until(() => !isRunning(pid));
      await delay(100);
      return { stopped: database.stop() };
    });
    await leaving.stopped;
    await delay(300);
    await withExclusiveLock(files.lock, 10_000, async () => {
      expect(runningServer(files.cluster)).toBeNull();
    });
  });

  it("starts although postmaster.pid names a process of somebody else", async () => {
    const foreign = `${process.pid}\n${files.cluster}\n1\n5432\n\n127.0.0.1\n\nready\n`;
    await writeFile(path.join(files.cluster, "postmaster.pid"), foreign);
    const database = await ensureDatabase(dataDir);
    expect(database.adopted).toBe(false);
    await database.stop();
  });

  it("starts although a killed process left its lock behind", async () => {
    const dead = { pid: 2 ** 22 + 1, startedAt: "1", token: "left-behind" };
    await writeFile(files.lock, JSON.stringify(dead));
    const [one, two] = await Promise.all([ensureDatabase(dataDir), ensureDatabase(dataDir)]);
    expect(one.url).toBe(two.url);
    await one.stop();
    await two.stop();
  });

  it("gives the application a role that row-level security binds", async () => {
    const database = await ensureDatabase(dataDir);
    const role =
      "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user";
    expect(await run(database.url, role)).toEqual([
      { rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false },
    ]);
    const settings =
      "SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit, current_setting('listen_addresses') AS listens";
    expect(await run(database.url, settings)).toEqual([{ fsync: "on", commit: "on", listens: "127.0.0.1" }]);
    await expect(run(database.url.replace(/:[0-9a-f]+@/, ":wrong@"), "SELECT 1")).rejects.toThrow(/password/);
    await database.stop();
  });

  it.runIf(runsAsRoot)("lives elsewhere when the server's user cannot reach the data folder", async () => {
    const closed = path.join(dataDir, "closed");
    await mkdir(closed, { mode: 0o700 });
    const database = await ensureDatabase(closed);
    const elsewhere = (await embeddedHome(closed)).home;
    expect(elsewhere).not.toContain(closed);
    expect(await run(database.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await database.stop();
    await rm(elsewhere, { recursive: true });
    await expect(ensureDatabase(closed)).rejects.toThrow(/points to a database folder that is gone/);
  });

  it("keeps its passwords where only its owner can read them", async () => {
    expect((await stat(files.credentials)).mode & 0o077).toBe(0);
    expect((await stat(files.cluster)).mode & 0o077).toBe(0);
    const { superuserPassword, password } = await readCredentials(files);
    expect(superuserPassword).not.toBe(password);
    expect(await readFile(files.log, "utf8")).not.toContain(password);
  });
});

/** How often PostgreSQL would not start because processes of an earlier server were still there. */
const refusals = (log: string): number => log.split("pre-existing shared memory block").length - 1;

interface DatabaseUser {
  readonly process: ChildProcess;
  readonly url: string;
  readonly adopted: boolean;
}

/** A process of its own that uses the database until it is told to leave. */
async function useDatabase(): Promise<DatabaseUser> {
  const program = path.join(import.meta.dirname, "../support/use-database.ts");
  const child = spawn(process.execPath, ["--import", "tsx", program, dataDir], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: child.stdout }))
    return { process: child, ...JSON.parse(line) };
  throw new Error("The process ended without using the database.");
}

async function leave(user: DatabaseUser): Promise<void> {
  const ended = once(user.process, "exit");
  user.process.stdin?.end();
  expect(await ended).toEqual([0, null]);
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

function serverPid(): number {
  const server = runningServer(files.cluster);
  if (server === null) throw new Error("No server runs.");
  return server.pid;
}

async function run(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 20_000; !condition(); await delay(20)) {
    if (Date.now() > deadline) throw new Error("It did not come about within 20 s.");
  }
}
