import { existsSync, readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { WebServer } from "../web-server";

import { operations } from "@/lib/contracts/operations";
import { env } from "@/lib/env";
import { handle } from "@/lib/transport/handle";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** There when `npm run build` has finished. */
export const BUILD = path.join(ROOT, ".next/BUILD_ID");

type Posted = "recall" | "memories.create" | "memories.createMany" | "signals.create" | "reverts.create";

/** Calls operations the way a client does. */
export interface Rest {
  /** How the calls travel, for the report. */
  readonly how: string;
  readonly post: (operation: Posted, body: object) => Promise<unknown>;
  readonly get: (operation: "metrics.cost") => Promise<unknown>;
  /** Bytes of memory that the server's process holds, the model included; null: there is no such process, or no way to ask. */
  readonly memoryBytes: () => number | null;
  readonly stop: () => Promise<void>;
}

/** The built server over HTTP; without a build, the same handlers in this process. */
export async function openRest(secret: string, port: number): Promise<Rest> {
  if (!existsSync(BUILD)) return handlersInProcess(secret);
  const server = new WebServer({ dev: false, host: env.host, port });
  await server.ready();
  const agent = new Agent({ keepAlive: true });
  return {
    how: "REST over HTTP, built server",
    post: (operation, body) =>
      overHttp(agent, `${server.address}/api/v1${operations[operation].path}`, { secret, body }),
    get: (operation) =>
      overHttp(agent, `${server.address}/api/v1${operations[operation].path}`, { secret, body: null }),
    memoryBytes: () => residentBytes(server.pid),
    stop: async () => {
      agent.destroy();
      await server.stop();
    },
  };
}

/** Credential, contract and answer check included; only the socket and Next's routing are missing. */
function handlersInProcess(secret: string): Rest {
  return {
    how: "REST handlers in process, no socket (there is no build)",
    post: (operation, body) => inProcess(operation, { secret, body }),
    get: (operation) => inProcess(operation, { secret, body: null }),
    memoryBytes: () => null,
    stop: () => Promise.resolve(),
  };
}

async function inProcess(operation: Posted | "metrics.cost", { secret, body }: Sent): Promise<unknown> {
  const asked = new Request(`http://127.0.0.1/api/v1${operations[operation].path}`, {
    method: operations[operation].method,
    headers: headersOf(secret),
    ...(body === null ? {} : { body: JSON.stringify(body) }),
  });
  const response = await handle(operation)(asked, { params: Promise.resolve({}) });
  if (!response.ok) throw new Error(`${operation} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

const BYTES_PER_KB = 1024;

/** What the kernel of Linux says about a process. */
function residentBytes(pid: number | undefined): number | null {
  const file = `/proc/${pid ?? "none"}/status`;
  const found = existsSync(file) ? /^VmRSS:\s+(\d+) kB$/mu.exec(readFileSync(file, "utf8")) : null;
  return found === null ? null : Number(found[1]) * BYTES_PER_KB;
}

const headersOf = (secret: string) => ({
  authorization: `Bearer ${secret}`,
  "content-type": "application/json",
});

interface Sent {
  readonly secret: string;
  /** null: it is only read. */
  readonly body: object | null;
}

/** One kept connection, as a client library has it; `fetch` adds a millisecond of its own. */
function overHttp(agent: Agent, url: string, { secret, body }: Sent): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: body === null ? "GET" : "POST", agent, headers: headersOf(secret) },
      (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.once("error", reject);
        response.once("end", () => {
          const text = Buffer.concat(parts).toString("utf8");
          const ok = (response.statusCode ?? 0) < 300;
          if (ok) resolve(JSON.parse(text));
          else
            reject(new Error(`${url} answered ${response.statusCode ?? "nothing"}: ${text.slice(0, 500)}`));
        });
      },
    );
    sent.once("error", reject);
    sent.end(body === null ? undefined : JSON.stringify(body));
  });
}
