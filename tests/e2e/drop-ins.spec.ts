/**
 * Clients that others wrote against the built server. What would break unseen without it: paths that end in a slash, bodies of
 * DELETE, and routes below routes, all of which Next decides about and the unit tests never meet.
 */
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { expect, test } from "@/tests/support/browser-test";

import { E2E_ADDRESS } from "../support/e2e-server";
import { openWorkspace } from "../support/e2e-workspace";

test("mem0's published client adds, searches, deletes a batch, and one revert brings it back", async () => {
  // The client reports its use to its maker unless it is told not to, before it is loaded.
  process.env["MEM0_TELEMETRY"] = "false";
  const { MemoryClient } = await import("mem0ai");
  const { secret, post } = await openWorkspace("mem0");
  const client = new MemoryClient({ apiKey: secret, host: `${E2E_ADDRESS}/api/compat/mem0` });
  const filters = { user_id: "ann/1" };
  await client.ping();
  await client.add([{ role: "user", content: "Ann drinks oolong" }], { userId: "ann/1", infer: false });
  const { results } = await client.search("Which tea?", { filters });
  expect(results.map((memory) => memory.memory)).toEqual(["Ann drinks oolong"]);
  await client.batchDelete(results.map((memory) => memory.id));
  expect((await client.getAll({ filters })).count).toBe(0);
  await post("/reverts", { select: { op: "delete" } });
  expect((await client.getAll({ filters })).count).toBe(1);
  await client.deleteUsers({ userId: "ann/1" });
  expect((await client.getAll({ filters })).count).toBe(0);
});

test("the knowledge graph and the tools of the product stand side by side", async () => {
  const { secret } = await openWorkspace("graph");
  const connect = async (path: string): Promise<Client> => {
    const client = new Client({ name: "test", version: "1" });
    const requestInit = { headers: { authorization: `Bearer ${secret}` } };
    await client.connect(new StreamableHTTPClientTransport(new URL(path, E2E_ADDRESS), { requestInit }));
    return client;
  };
  const [graph, own] = [await connect("/api/mcp/knowledge-graph"), await connect("/api/mcp")];
  const ann = { name: "Ann", entityType: "person", observations: ["drinks oolong"] };
  const { _meta } = await graph.callTool({ name: "create_entities", arguments: { entities: [ann] } });
  const found = await own.callTool({ name: "search_memories", arguments: { query: "Which tea?" } });
  expect(JSON.stringify(found.structuredContent)).toContain("Ann: drinks oolong");
  await own.callTool({ name: "revert_change", arguments: { groupId: _meta?.["palimpsest/groupId"] } });
  const read = await graph.callTool({ name: "read_graph", arguments: {} });
  expect(read.structuredContent).toEqual({ entities: [], relations: [] });
  await Promise.all([graph.close(), own.close()]);
});
