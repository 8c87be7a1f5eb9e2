/** The Inspector's command line, unmodified, drives the whole loop over a real socket: one process for each call, as in a shell. */
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

import { afterAll, beforeAll, expect, it } from "vitest";

import * as route from "@/app/api/mcp/route";
import { serveHttp, type HttpServer } from "../support/http-server";
import { tenant, type Tenant } from "../support/tenant";

const INSPECTOR = path.resolve("node_modules/@modelcontextprotocol/inspector-cli/build/index.js");
const handlers: Readonly<Record<string, (request: Request) => Promise<Response>>> = route;

let t: Tenant;
let server: HttpServer;
beforeAll(async () => {
  t = await tenant();
  server = await serveHttp(async (request) => {
    const handler = handlers[request.method];
    return handler === undefined ? new Response(null, { status: 405 }) : handler(request);
  });
});
afterAll(() => server.close());

type Loose = ReturnType<typeof JSON.parse>;

async function inspect(method: string, ...more: readonly string[]): Promise<Loose> {
  const to = [`${server.address}/api/mcp`, "--transport", "http"];
  const header = ["--header", `Authorization: Bearer ${t.workspace.secrets.owner}`];
  // It finds its own package.json only from a folder that has one above it.
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [INSPECTOR, ...to, ...header, "--method", method, ...more],
    { cwd: path.resolve("lib") },
  );
  return JSON.parse(stdout);
}

async function use(tool: string, args: Readonly<Record<string, unknown>>): Promise<Loose> {
  const pairs = Object.entries(args).map(
    ([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  const result = await inspect("tools/call", "--tool-name", tool, "--tool-arg", ...pairs);
  expect(result.isError ?? false, JSON.stringify(result)).toBe(false);
  return result.structuredContent;
}

it("adds, searches, reports an outcome, previews and takes back", { timeout: 60_000 }, async () => {
  const { tools } = await inspect("tools/list");
  expect(tools.map((tool: Loose) => tool.name)).toContain("report_outcome");
  const { memory } = await use("add_memory", { content: "The gate code is 4711", tags: ["home"] });
  const { retrievalId, results } = await use("search_memories", { query: "What is the gate code?" });
  expect(results[0].memory.id).toBe(memory.id);
  const { changes } = await use("report_outcome", { retrievalId, outcome: 1, used: [memory.id] });
  const learned = (await t.read(memory.id)).confidence;
  expect(learned).toBeGreaterThan(memory.confidence);
  const changeIds = changes.map((change: Loose) => change.id);
  expect(await use("preview_revert", { changeIds })).toMatchObject({ dryRun: true, reverted: changeIds });
  expect((await t.read(memory.id)).confidence).toBe(learned);
  await use("revert_change", { changeIds, reason: "it was a guess" });
  expect((await t.read(memory.id)).confidence).toBe(memory.confidence);
});
