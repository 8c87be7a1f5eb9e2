/**
 * The public conformance suite of MCP, unmodified and over a real socket, in both revisions of the protocol. Most of its
 * scenarios call the tools, prompts and resources of its own example server; a server with tools of its own cannot pass them, and why is
 * said below for each. Whatever is not listed must pass, and whatever is listed must still fail, so that the list stays true.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import * as route from "@/app/api/mcp/route";
import { serveHttp, type HttpServer } from "../support/http-server";
import { temporaryFolder } from "../support/temporary-folder";
import { tenant } from "../support/tenant";

const SUITE = "node_modules/@modelcontextprotocol/conformance/dist/index.js";

const FIXTURE = "calls a tool of the suite's example server";
const PROMPTS = "we offer no prompts";
const RESOURCES = "we offer no resources; memories are read with tools";
const LOGGING = "we send no log messages to clients";
const COMPLETION = "we complete no arguments: only prompts and resource templates have them";
const ASKS_BACK = "our tools never ask the client's model or its user anything";
const TASKS = "an extension that we do not offer: every tool answers at once";
const X_HEADERS = "no tool of ours takes arguments from headers, so there is nothing to test";

/** Scenarios that cannot pass as a whole, in either revision, and why. */
const CANNOT: Readonly<Record<string, string>> = {
  "tools-call-simple-text": FIXTURE,
  "tools-call-image": FIXTURE,
  "tools-call-audio": FIXTURE,
  "tools-call-embedded-resource": FIXTURE,
  "tools-call-mixed-content": FIXTURE,
  "tools-call-error": FIXTURE,
  "tools-call-with-progress": FIXTURE,
  "json-schema-2020-12": FIXTURE,
  "tools-call-with-logging": LOGGING,
  "logging-set-level": LOGGING,
  "completion-complete": COMPLETION,
  "tools-call-sampling": ASKS_BACK,
  "tools-call-elicitation": ASKS_BACK,
  "elicitation-sep1034-defaults": ASKS_BACK,
  "elicitation-sep1330-enums": ASKS_BACK,
  "resources-list": RESOURCES,
  "resources-read-text": RESOURCES,
  "resources-read-binary": RESOURCES,
  "resources-templates-read": RESOURCES,
  "resources-subscribe": RESOURCES,
  "resources-unsubscribe": RESOURCES,
  "prompts-list": PROMPTS,
  "prompts-get-simple": PROMPTS,
  "prompts-get-with-args": PROMPTS,
  "prompts-get-embedded-resource": PROMPTS,
  "prompts-get-with-image": PROMPTS,
  "input-required-result-basic-elicitation": ASKS_BACK,
  "input-required-result-basic-sampling": ASKS_BACK,
  "input-required-result-basic-list-roots": ASKS_BACK,
  "input-required-result-request-state": ASKS_BACK,
  "input-required-result-multiple-input-requests": ASKS_BACK,
  "input-required-result-multi-round": ASKS_BACK,
  "input-required-result-non-tool-request": ASKS_BACK,
  "input-required-result-result-type": ASKS_BACK,
  "input-required-result-tampered-state": ASKS_BACK,
  "input-required-result-capability-check": ASKS_BACK,
  "tasks-lifecycle": TASKS,
  "tasks-capability-negotiation": TASKS,
  "tasks-wire-fields": TASKS,
  "tasks-request-state-removal": TASKS,
  "tasks-mrtr-input": TASKS,
  "tasks-request-headers": TASKS,
  "tasks-dispatch-and-envelope": TASKS,
  "tasks-required-task-error": TASKS,
  "tasks-mrtr-composition": TASKS,
  "http-custom-header-server-validation": X_HEADERS,
};

/** Single checks that cannot pass in scenarios that otherwise do, and why. */
const CANNOT_CHECK: Readonly<Record<string, string>> = {
  "sep-2575-server-rejects-undeclared-capability": FIXTURE,
  "sep-2575-missing-capability-http-400": FIXTURE,
  "sep-2575-http-server-no-independent-requests-on-stream": FIXTURE,
  "sep-2575-server-no-log-without-loglevel": FIXTURE,
  "sep-2549-prompts-list-caching-hints": PROMPTS,
  "sep-2549-resources-list-caching-hints": RESOURCES,
  "sep-2549-resources-templates-list-caching-hints": RESOURCES,
};

const REVISIONS = [
  {
    revision: "2025-11-25",
    args: ["--suite", "all", "--spec-version", "2025-11-25"],
    passes: ["server-initialize", "ping", "tools-list", "dns-rebinding-protection"],
  },
  {
    revision: "2026-07-28",
    args: ["--requirements", "2026-07-28"],
    passes: [
      "server-stateless",
      "caching",
      "tools-list",
      "http-header-validation",
      "dns-rebinding-protection",
      "sep-2164-resource-not-found",
    ],
  },
] as const;

interface Check {
  readonly id: string;
  readonly status: "SUCCESS" | "FAILURE" | "WARNING" | "SKIPPED" | "INFO";
  readonly errorMessage?: string;
}

const handlers: Readonly<Record<string, (request: Request) => Promise<Response>>> = route;

let server: HttpServer;
let folder: string;
beforeAll(async () => {
  const { workspace } = await tenant();
  folder = await temporaryFolder("conformance");
  // The suite knows no credentials of servers; everything else reaches the route as the suite sent it.
  server = await serveHttp(async (request) => {
    const headers = new Headers(request.headers);
    headers.set("authorization", `Bearer ${workspace.secrets.owner}`);
    const handler = handlers[request.method];
    return handler === undefined
      ? new Response(null, { status: 405 })
      : handler(new Request(request, { headers }));
  });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** The checks of every scenario that the suite ran, by the scenario's name. */
async function run(revision: string, args: readonly string[]): Promise<Map<string, readonly Check[]>> {
  const results = path.join(folder, revision);
  const shim = path.resolve("tests/support/glob-sync.mjs");
  const suite = [SUITE, "server", "--url", `${server.address}/api/mcp`, "--output-dir", results, ...args];
  const child = spawn(process.execPath, ["--import", shim, ...suite], { stdio: "ignore" });
  await once(child, "close");
  return new Map(
    readdirSync(results).map((name) => [
      name.replace(/^server-/u, "").replace(/-\d{4}-\d\d-\d\dT[\d-]+Z$/u, ""),
      JSON.parse(readFileSync(path.join(results, name, "checks.json"), "utf8")) as Check[], // written by the suite
    ]),
  );
}

const failing = (checks: readonly Check[]) => checks.filter(({ status }) => status === "FAILURE");

describe.each(REVISIONS)("in revision $revision", ({ revision, args, passes }) => {
  let found: Map<string, readonly Check[]>;
  beforeAll(async () => {
    found = await run(revision, args);
  }, 120_000);

  it("every scenario that can apply passes", () => {
    const unexpected = [...found].flatMap(([scenario, checks]) =>
      scenario in CANNOT
        ? []
        : failing(checks)
            .filter(({ id }) => !(id in CANNOT_CHECK))
            .map((check) => ({ scenario, ...check })),
    );
    expect(unexpected).toEqual([]);
  });

  it("what is listed as impossible fails, so that the list stays true", () => {
    const all = [...found.values()].flat();
    const stale = [
      ...[...found.keys()].filter(
        (scenario) => scenario in CANNOT && failing(found.get(scenario) ?? []).length === 0,
      ),
      ...all.filter(({ id, status }) => id in CANNOT_CHECK && status === "SUCCESS").map(({ id }) => id),
    ];
    expect(stale).toEqual([]);
  });

  it.each(passes)("%s ran and did pass", (scenario) => {
    const checks = (found.get(scenario) ?? found.get(scenario.replace(/^server-/u, "")) ?? []).filter(
      ({ id }) => !(id in CANNOT_CHECK),
    );
    expect(checks.filter(({ status }) => status === "SUCCESS")).not.toEqual([]);
    expect(failing(checks)).toEqual([]);
  });
});

describe("the list", () => {
  it("names no scenario that the suite does not have", async () => {
    const child = spawn(process.execPath, [
      "--import",
      path.resolve("tests/support/glob-sync.mjs"),
      SUITE,
      "list",
      "--server",
    ]);
    let listed = "";
    child.stdout.on("data", (data: Buffer) => (listed += data.toString()));
    await once(child, "close");
    const names = new Set([...listed.matchAll(/^\s+- (\S+)/gmu)].map((match) => match[1]));
    expect(names.size).toBeGreaterThan(0);
    expect(Object.keys(CANNOT).filter((name) => !names.has(name))).toEqual([]);
  });
});
