/** The tools as the official client sees them, in both revisions of the protocol; nothing between it and the store is made up. */
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { beforeEach, describe, expect, it } from "vitest";

import { operations, type Operation } from "@/lib/contracts/operations";
import { TOOL_NAMES, tools, type Tool, type ToolName } from "@/lib/contracts/tools";
import { mcpResponse, protectedResourceMetadata } from "@/lib/transport/mcp";
import { HOST, type AnswerOf } from "../support/rest";
import { only, tenant, type Tenant } from "../support/tenant";

const REVISIONS = ["2025-11-25", "2026-07-28"] as const;
type Revision = (typeof REVISIONS)[number];

let t: Tenant;
beforeEach(async () => {
  t = await tenant();
});

async function connect(secret: string, revision: Revision = "2026-07-28"): Promise<Client> {
  const client = new Client(
    { name: "test", version: "1" },
    { versionNegotiation: { mode: revision === "2026-07-28" ? "auto" : "legacy" } },
  );
  const inProcess = (url: string | URL, init?: RequestInit) => {
    const headers = new Headers(init?.headers);
    headers.set("host", HOST);
    return mcpResponse(new Request(url, { ...init, headers }));
  };
  const transport = new StreamableHTTPClientTransport(new URL(`http://${HOST}/api/mcp`), {
    fetch: inProcess,
    requestInit: { headers: { authorization: `Bearer ${secret}` } },
  });
  await client.connect(transport);
  return client;
}

type AnswerOfTool<Name extends ToolName> = AnswerOf<(typeof tools)[Name]["operation"]>;

/** The structured answer of a tool that has to succeed, after proving that it is what the operation promises. */
async function use<Name extends ToolName>(
  client: Client,
  name: Name,
  args: object = {},
): Promise<AnswerOfTool<Name>> {
  const result = await client.callTool({ name, arguments: { ...args } });
  expect(result.isError ?? false, JSON.stringify(result.content)).toBe(false);
  return operations[tools[name].operation].output.parse(result.structuredContent) as AnswerOfTool<Name>; // parsed by the schema of this very tool
}

describe.each(REVISIONS)("in revision %s", (revision) => {
  it("the whole loop works: add, search, report, preview, take back", async () => {
    const client = await connect(t.workspace.secrets.owner, revision);
    const { memory } = await use(client, "add_memory", { content: "The gate code is 4711" });
    const confidence = async () => (await use(client, "get_memory", { id: memory.id })).memory.confidence;
    const { retrievalId, results } = await use(client, "search_memories", { query: "gate code" });
    expect(only(results).memory.id).toBe(memory.id);
    const { changes } = await use(client, "report_outcome", { retrievalId, outcome: 1, used: [memory.id] });
    const learned = await confidence();
    expect(learned).toBeGreaterThan(memory.confidence);
    const changeIds = changes.map((c) => c.id);
    expect(await use(client, "preview_revert", { changeIds })).toMatchObject({
      dryRun: true,
      reverted: changeIds,
    });
    expect(await confidence()).toBe(learned);
    await use(client, "revert_change", { changeIds, reason: "it was a guess" });
    expect(await confidence()).toBe(memory.confidence);
    const why = await use(client, "explain_result", { retrievalId, memoryId: memory.id });
    expect(why).toMatchObject({ rank: 1, shown: true, now: { found: true } });
    expect((await use(client, "list_changes", { op: "revert" })).items).toHaveLength(1);
    expect((await use(client, "memory_status")).counts.active).toBe(1);
    await client.close();
  });
});

it("the graph tells an agent what is around a name, and how two are connected", async () => {
  const client = await connect(t.workspace.secrets.owner);
  await use(client, "add_memory", { content: "Grace Hopper worked with Howard Aiken on a computer." });
  const { nodes, edges } = await use(client, "search_graph", { entity: "Grace Hopper" });
  expect(nodes.map((node) => node.name)).toEqual(["Grace Hopper", "Howard Aiken"]);
  expect(edges.map((edge) => edge.type)).toContain("worked with");
  expect(
    (await use(client, "search_graph", { entity: "Howard Aiken", to: "Grace Hopper" })).path,
  ).toHaveLength(2);
  await client.close();
});

describe("the list of tools", () => {
  it("is the table, with schemas, and says of each whether it reads or destroys", async () => {
    const client = await connect(t.workspace.secrets.owner);
    const { tools: listed } = await client.listTools();
    expect(listed.map((tool) => tool.name).sort()).toEqual([...TOOL_NAMES].sort());
    for (const tool of listed) {
      expect(tool.inputSchema.type, tool.name).toBe("object");
      expect(tool.outputSchema?.type, tool.name).toBe("object");
      expect(tool.description?.length, tool.name).toBeGreaterThan(20);
    }
    const hints = new Map(listed.map((tool) => [tool.name, tool.annotations]));
    expect(hints.get("preview_revert")).toMatchObject({ readOnlyHint: true, destructiveHint: false });
    expect(hints.get("revert_change")).toMatchObject({ readOnlyHint: false, destructiveHint: true });
    expect(hints.get("search_memories")).toMatchObject({ readOnlyHint: true });
    expect(listed.some((tool) => tool.name.includes("purge"))).toBe(false);
    expect((await client.getInstructions()) ?? "").toContain("report_outcome");
    await client.close();
  });

  it("holds exactly the operations that name this surface", () => {
    const offered = new Set(TOOL_NAMES.map((name) => (tools[name] as Tool).operation));
    const named = Object.entries(operations as Readonly<Record<string, Operation>>).filter(([, o]) =>
      o.surfaces.includes("mcp"),
    );
    expect([...offered].sort()).toEqual(named.map(([id]) => id).sort());
  });
});

describe("a refusal", () => {
  it("names the field and the remedy, and is the tool's answer", async () => {
    const client = await connect(t.workspace.secrets.owner);
    const unknown = await client.callTool({ name: "get_memory", arguments: { id: "no such memory" } });
    expect(unknown).toMatchObject({ isError: true });
    expect(JSON.stringify(unknown.content)).toContain("not_found");
    const scale = await client
      .callTool({ name: "report_outcome", arguments: { memories: [{ memoryId: "x", verdict: "splendid" }] } })
      .catch((error: Error) => ({ isError: true, content: error.message }));
    expect(JSON.stringify(scale.content)).toContain("verdict");
    await client.close();
  });

  it("of a key that lacks the tool's scope names the scope", async () => {
    const made = (await t.owner.post("/keys", { name: "reader", scopes: ["read"], trust: "ordinary" })).as(
      "keys.create",
    );
    const client = await connect(made.secret);
    const refused = await client.callTool({ name: "add_memory", arguments: { content: "x" } });
    expect(refused.isError).toBe(true);
    expect(JSON.stringify(refused.content)).toContain("needs the scope");
    await client.close();
  });

  it("without a key is a 401 that says where to learn more", async () => {
    const response = await mcpResponse(
      new Request(`http://${HOST}/api/mcp`, {
        method: "POST",
        headers: { host: HOST, "content-type": "application/json" },
        body: "{}",
      }),
    );
    expect(response.status).toBe(401);
    const where =
      /resource_metadata="([^"]+)"/u.exec(response.headers.get("www-authenticate") ?? "")?.[1] ?? "";
    const metadata = protectedResourceMetadata(new Request(where, { headers: { host: HOST } }));
    expect(await metadata.json()).toMatchObject({
      resource: `http://${HOST}/api/mcp`,
      bearer_methods_supported: ["header"],
    });
  });

  it("for a host that is not ours comes before anything else", async () => {
    const response = await mcpResponse(
      new Request("http://evil.example/api/mcp", {
        method: "POST",
        headers: { host: "evil.example" },
        body: "{}",
      }),
    );
    expect(response.status).toBe(421);
  });
});
