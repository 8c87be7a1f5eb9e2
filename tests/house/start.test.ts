import { spawn } from "node:child_process";
import { once } from "node:events";
import type { RequestListener } from "node:http";
import { createServer } from "node:http";
import path from "node:path";
import { text } from "node:stream/consumers";

import { describe, expect, it } from "vitest";

/** The launcher is the first thing a person meets; what it says when it cannot start must tell them what to do. */
describe("npm start", () => {
  it("says that Palimpsest already runs on its port, where, and how to start another", async () => {
    const said = await startBeside((_request, response) =>
      response.setHeader("X-Palimpsest", "9.8.7").end("{}"),
    );
    expect(said.code).toBe(1);
    expect(said.errors).toContain(`Palimpsest 9.8.7 is already running at http://127.0.0.1:${said.port}`);
    expect(said.errors).toMatch(/PORT=\d+ npm start/);
  });

  it("says that another program has its port", async () => {
    const said = await startBeside((_request, response) => response.end("hello"));
    expect(said.code).toBe(1);
    expect(said.errors).toContain(`Port ${said.port} is used by another program.`);
    expect(said.errors).not.toContain("already running");
    const offered = Number(/PORT=(\d+) npm start/.exec(said.errors)?.[1]);
    expect(offered).toBeGreaterThan(said.port);
  });

  it("names the variable that it cannot understand, without a stack", async () => {
    const said = await start({ PORT: "eighty" });
    expect(said.code).toBe(1);
    expect(said.errors.trim()).toBe('PORT is "eighty". Use a whole number from 1 to 65535.');
  });
});

async function startBeside(answer: RequestListener) {
  const other = createServer(answer);
  other.listen(0, "127.0.0.1");
  await once(other, "listening");
  const address = other.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  try {
    return { port, ...(await start({ PORT: String(port) })) };
  } finally {
    other.close();
  }
}

async function start(settings: Record<string, string>) {
  const root = path.resolve(import.meta.dirname, "../..");
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    cwd: root,
    env: { ...process.env, HOST: "127.0.0.1", ...settings },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [errors, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
  return { code, errors };
}
