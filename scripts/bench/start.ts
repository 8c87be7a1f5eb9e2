import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { addressOf } from "../port-in-use";

import { env } from "@/lib/env";

const SERVE = fileURLToPath(new URL("../serve.ts", import.meta.url));
const POLL_MS = 20;
const LIMIT_MS = 120_000;

/** Seconds since a start was asked for. */
export interface Started {
  readonly healthy: number;
  readonly recalled: number;
}

/** Starts the built product the way `npm start` does on a prepared checkout, and asks it one question. */
export async function measureStart(url: string, secret: string, port: number): Promise<Started> {
  const address = addressOf(env.host, port);
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const server = spawn(process.execPath, ["--import", "tsx", SERVE], {
    env: { ...process.env, DATABASE_URL: url, PORT: String(port) },
    stdio: ["ignore", "ignore", "inherit"],
  });
  try {
    await healthy(address);
    const health = seconds();
    const answer = await fetch(`${address}/api/v1/recall`, {
      method: "POST",
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
      body: JSON.stringify({ query: "what was said first", scope: { userId: "bench" } }),
    });
    if (!answer.ok) throw new Error(`The first recall answered ${answer.status}: ${await answer.text()}`);
    await answer.json();
    return { healthy: health, recalled: seconds() };
  } finally {
    const ended = once(server, "exit");
    server.kill("SIGTERM");
    await ended;
  }
}

async function healthy(address: string): Promise<void> {
  for (const limit = Date.now() + LIMIT_MS; Date.now() < limit; await delay(POLL_MS)) {
    const answer = await fetch(`${address}/api/health`).catch(() => null);
    if (answer?.ok) return;
  }
  throw new Error(`The server was not ready after ${LIMIT_MS / 1000} s.`);
}
