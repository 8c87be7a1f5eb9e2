/** The metrics as a scraper reads them, and the log as its reader does. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { GET } from "@/app/api/metrics/route";
import { callTool } from "@/lib/transport/tool-call";
import { HOST, rest } from "../support/rest";
import { tenant, type Tenant } from "../support/tenant";

let here: Tenant;
beforeEach(async () => {
  here = await tenant();
});
afterEach(() => {
  Reflect.deleteProperty(globalThis, "palimpsestMeter");
});

const ask = (secret: string | null) =>
  GET(
    new Request(`http://${HOST}/api/metrics`, {
      headers: { host: HOST, ...(secret === null ? {} : { authorization: `Bearer ${secret}` }) },
    }),
  );

/** Samples by name and labels, after proving that each line has the form that Prometheus reads. */
async function samples(): Promise<Map<string, number>> {
  const answer = await ask(here.workspace.secrets.ordinary);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toContain("text/plain; version=0.0.4");
  const lines = (await answer.text()).trimEnd().split("\n");
  const described = new Set<string>();
  const found = new Map<string, number>();
  for (const line of lines) {
    const type = /^# TYPE (\w+) (?:counter|gauge|histogram)$/u.exec(line)?.[1];
    if (type !== undefined) described.add(type);
    if (line.startsWith("#")) continue;
    const [, name = "", labels = "", value = ""] =
      /^([a-z_]+)(\{(?:\w+="[^"\\]*",?)+\})? ([0-9.e+-]+)$/u.exec(line) ?? [];
    expect(described, line).toContain(name.replace(/_(?:bucket|sum|count)$/u, ""));
    found.set(name + labels, Number(value));
  }
  return found;
}

describe("the metrics", () => {
  it("count requests by operation and status, whatever surface they came in on", async () => {
    await here.remember("Ann likes tea");
    (await here.owner.post("/memories", {})).problem("invalid_input");
    await rest(null).get("/verify");
    await callTool("memory_status", here.workspace.owner, {});
    const found = await samples();
    const rows: [string, string, number][] = [
      ["rest", "memories.create", 201],
      ["rest", "memories.create", 400],
      ["rest", "verify", 401],
      ["tool", "metrics.overview", 200],
    ];
    for (const [surface, operation, status] of rows) {
      const labels = `{surface="${surface}",operation="${operation}",status="${status}"}`;
      expect(found.get(`palimpsest_requests_total${labels}`), labels).toBe(1);
    }
  });

  it("put every recall into the buckets of a histogram that only rises", async () => {
    await here.remember("Ann likes tea");
    await here.recall("tea");
    await here.recall("coffee");
    const found = await samples();
    const buckets = [...found].filter(([name]) => name.startsWith("palimpsest_recall_seconds_bucket"));
    const counts = buckets.map(([, count]) => count);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(counts.at(-1)).toBe(2);
    expect(found.get("palimpsest_recall_seconds_count")).toBe(2);
    expect(found.get("palimpsest_recall_seconds_sum")).toBeGreaterThan(0);
  });

  it("tell how far the ledger is, what follows it, and nothing of another workspace", async () => {
    const before = await samples();
    expect(before.get("palimpsest_ledger_head")).toBe(0);
    const other = await tenant();
    await other.remember("theirs");
    await here.remember("Ann likes tea");
    await here.recall("tea");
    const { cycle } = (await here.owner.post("/cycles", { dryRun: true })).as("cycles.run");
    await vi.waitFor(async () => {
      const found = (await here.owner.get(`/cycles/${cycle.id}`)).as("cycles.get").cycle;
      expect(found.state).not.toBe("running");
    }, 20_000);
    const found = await samples();
    expect(found.get("palimpsest_ledger_head")).toBe(1);
    expect(found.get("palimpsest_index_lag")).toBe(0);
    expect(found.get("palimpsest_embeddings_waiting")).toBe(0);
    expect([...found].filter(([name]) => name.startsWith("palimpsest_cycles")).map(([, n]) => n)).toEqual([
      1,
    ]);
  });

  it("need a credential that may read", async () => {
    expect((await ask(null)).status).toBe(401);
    const made = await here.owner.post("/keys", { name: "writes", scopes: ["write"] });
    expect((await ask(made.as("keys.create").secret)).status).toBe(403);
  });
});

describe("the log of a request", () => {
  it("is one line of JSON with the id that the answer carries, and neither a secret nor a text", async () => {
    vi.stubEnv("NODE_ENV", "production");
    vi.stubEnv("HOST", "0.0.0.0");
    const written: unknown[] = [];
    vi.spyOn(console, "log").mockImplementation((line) => written.push(line));
    vi.spyOn(console, "warn").mockImplementation((line) => written.push(line));
    const well = await here.owner.post("/memories", { content: "the launch code is 0000" });
    const bad = await here.owner.post("/memories?token=abc", { content: 5 });
    expect(written).toHaveLength(2);
    const [first, second] = written.map((line) => JSON.parse(String(line)));
    expect(first).toMatchObject({
      level: "info",
      operation: "memories.create",
      status: 201,
      requestId: well.headers.get("x-request-id"),
    });
    expect(second).toMatchObject({
      level: "warn",
      status: 400,
      requestId: bad.problem("invalid_input").requestId,
    });
    for (const hidden of ["launch", "abc", here.workspace.secrets.owner])
      expect(String(written)).not.toContain(hidden);
  });

  it("is not written of what went well on a server for this machine alone", async () => {
    vi.stubEnv("NODE_ENV", "production");
    const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
    await here.remember("quietly");
    expect(log).not.toHaveBeenCalled();
  });
});
