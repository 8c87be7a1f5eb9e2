import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { addressOf } from "./port-in-use";

interface WebServerOptions {
  readonly dev: boolean;
  readonly host: string;
  readonly port: number;
}

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/**
 * For glibc, whose heaps per thread and reluctance to give large blocks back cost a hundred megabytes with a model in the
 * process. The weights of the model are larger than the limit, what a recall allocates for each of 100,000 memories is not.
 */
const FRUGAL = {
  MALLOC_ARENA_MAX: "2",
  MALLOC_MMAP_THRESHOLD_: "524288",
  MALLOC_TRIM_THRESHOLD_: "131072",
};
const PRELOADED = ["end-with-parent.mjs", "frugal-heap.mjs", "seen-address.mjs"];
/** Longer than clients and proxies keep an idle connection, so that none sends a request on one that is being closed. */
const KEEP_ALIVE_MS = 75_000;
const READY_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 8_000;
const POLL_MS = 50;

/** The Next.js process. It inherits our environment, DATABASE_URL included. */
export class WebServer {
  readonly address: string;
  readonly #child: ChildProcess;
  #stopping = false;
  #ended: string | null = null;

  constructor({ dev, host, port }: WebServerOptions) {
    this.address = addressOf(host, port);
    const next = path.join(ROOT, "node_modules/next/dist/bin/next");
    const preloaded = dev
      ? []
      : PRELOADED.flatMap((file) => ["--import", new URL(file, import.meta.url).href]);
    const kept = dev ? [] : ["--keepAliveTimeout", String(KEEP_ALIVE_MS)];
    const args = [
      ...preloaded,
      next,
      dev ? "dev" : "start",
      ROOT,
      "--hostname",
      host,
      "--port",
      String(port),
      ...kept,
    ];
    this.#child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: {
        ...FRUGAL,
        ...process.env,
        NEXT_TELEMETRY_DISABLED: "1",
        NODE_ENV: dev ? "development" : "production",
      },
      stdio: ["pipe", "inherit", "inherit"],
    });
    this.#child.once("error", (error) => (this.#ended ??= error.message));
    this.#child.once("exit", (code, signal) => (this.#ended ??= signal ?? `exit code ${code}`));
  }

  /** The process that serves; undefined when it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Calls back once when the process ends and nobody asked it to. */
  onUnexpectedEnd(report: (how: string) => void): void {
    this.#child.once("close", () => {
      if (!this.#stopping) report(this.#ended ?? "no reason given");
    });
  }

  /** Waits until the health check answers; it opens the database, so the first page is served at once. */
  async ready(): Promise<void> {
    let answer = "nothing yet";
    for (const deadline = Date.now() + READY_LIMIT_MS; Date.now() < deadline; await delay(POLL_MS)) {
      if (this.#ended !== null) throw new Error(`The web server ended before it was ready (${this.#ended}).`);
      try {
        const response = await fetch(`${this.address}/api/health`);
        if (response.ok) return;
        answer = `${response.status} ${(await response.text()).slice(0, 500)}`;
      } catch (error) {
        answer = String(error);
      }
    }
    throw new Error(`The web server does not report that it is well. Its last answer: ${answer}`);
  }

  /** Lets open requests finish, up to a limit. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#ended !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGTERM");
    const patience = setTimeout(() => this.#child.kill("SIGKILL"), STOP_LIMIT_MS);
    await ended;
    clearTimeout(patience);
  }
}
