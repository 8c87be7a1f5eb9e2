import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";

import { expect, test } from "@playwright/test";

import { E2E_ADMIN_KEY, E2E_PORT } from "../support/e2e-server";
import { temporaryFolder } from "../support/temporary-folder";

/**
 * If the launcher broke, people would be left with servers and databases that nobody stops, or with a terminal that
 * looks well over a server that is dead. These journeys need no browser: they start the product and end it.
 */
const port = E2E_PORT + 1;
const address = `http://127.0.0.1:${port}`;

test.describe.configure({ mode: "serial" });
test.skip(process.platform !== "linux", "Processes are found in /proc.");

let dataDir: string;
test.beforeAll(async () => {
  dataDir = await temporaryFolder("launcher");
});
test.afterAll(() => rm(dataDir, { recursive: true, force: true }));

test("the launcher prints a link that signs in once, and on SIGINT leaves nothing behind", async ({
  request,
}) => {
  const launcher = start();
  const said = await launcher.says(/works once: \S+token=(\S+)/);
  const token = /token=(\S+)/.exec(said)?.[1];
  const signIn = () => request.post(`${address}/api/session`, { data: { token } });
  expect((await signIn()).ok()).toBe(true);
  expect((await signIn()).ok()).toBe(false);
  expect(processesOf(dataDir).length).toBeGreaterThan(0);

  launcher.child.kill("SIGINT");
  expect(await once(launcher.child, "exit")).toEqual([0, null]);
  expect(processesOf(dataDir)).toEqual([]);
  await expect(fetch(address)).rejects.toThrow();
});

test("the launcher says that its web server died, stops the database and fails", async () => {
  const launcher = start();
  await launcher.says(/Palimpsest is ready at/);
  for (const pid of childrenOf(launcher.child.pid ?? 0).filter(isWebServer)) process.kill(pid, "SIGKILL");
  expect(await once(launcher.child, "exit")).toEqual([1, null]);
  expect(launcher.output()).toContain("The web server ended unexpectedly (SIGKILL)");
  expect(processesOf(dataDir)).toEqual([]);
});

test("the web server ends with a launcher that was killed, and the next launcher takes over its database", async () => {
  const killed = start();
  await killed.says(/Palimpsest is ready at/);
  killed.child.kill("SIGKILL");
  await expect
    .poll(() =>
      fetch(address).then(
        () => "up",
        () => "down",
      ),
    )
    .toBe("down");
  expect(processesOf(dataDir).length).toBeGreaterThan(0);

  const next = start();
  await next.says(/Palimpsest is ready at/);
  next.child.kill("SIGTERM");
  expect(await once(next.child, "exit")).toEqual([0, null]);
  expect(processesOf(dataDir)).toEqual([]);
});

function start() {
  const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", "scripts/serve.ts"], {
    cwd: path.resolve(import.meta.dirname, "../.."),
    env: { ...process.env, ...settings() },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  const says = async (what: RegExp) => {
    await expect
      .poll(() => what.test(printed) || `${printed}${child.exitCode ?? ""}`, { timeout: 30_000 })
      .toBe(true);
    return printed;
  };
  return { child, says, output: () => printed };
}

function settings() {
  return {
    PORT: String(port),
    HOST: "127.0.0.1",
    DATABASE_URL: "",
    PALIMPSEST_DATA_DIR: dataDir,
    PALIMPSEST_ADMIN_KEY: E2E_ADMIN_KEY,
    PALIMPSEST_NO_OPEN: "1",
    PALIMPSEST_CYCLE: "off",
  };
}

/** Running processes that name the folder among their arguments: the database and what belongs to it. */
function processesOf(folder: string): string[] {
  return processIds()
    .map((pid) => read(pid, "cmdline"))
    .filter((command) => command.includes(folder));
}

function childrenOf(parent: number): number[] {
  return processIds().filter((pid) => read(pid, "status").includes(`\nPPid:\t${parent}\n`));
}

function isWebServer(pid: number): boolean {
  return read(pid, "cmdline").includes("next");
}

function processIds(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** A process may end between being listed and being read. */
function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
