/** mem0's published client, unmodified and over a real socket, against the drop-in; and what older clients call, by hand. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { MemoryClient as Mem0 } from "mem0ai";

import * as route from "@/app/api/compat/mem0/[...path]/route";
import { SCOPES } from "@/lib/domain/access";
import { serveHttp, type HttpServer } from "../support/http-server";
import { only, tenant, type Tenant } from "../support/tenant";

// The client reports its use to its maker unless it is told not to, before it is loaded.
vi.stubEnv("MEM0_TELEMETRY", "false");
const { MemoryClient, MemoryNotFoundError, AuthenticationError, ValidationError, Feedback } =
  await import("mem0ai");

const BASE = "/api/compat/mem0";
const handlers: Readonly<Record<string, (request: Request) => Promise<Response>>> = route;

let server: HttpServer;
beforeAll(async () => {
  server = await serveHttp(async (request) => {
    const handler = handlers[request.method];
    return handler === undefined ? new Response(null, { status: 405 }) : handler(request);
  });
});
afterAll(() => server.close());

let t: Tenant;
let client: Mem0;
const as = (secret: string): Mem0 => new MemoryClient({ apiKey: secret, host: server.address + BASE });
beforeEach(async () => {
  t = await tenant();
  client = as(t.workspace.secrets.owner);
});

/** What the published types leave out, among it what we add to their shapes. */
type Loose = ReturnType<typeof JSON.parse>;

const userSays = (content: string) => [{ role: "user" as const, content }];
const ann = { userId: "ann" };
const ofAnn = { user_id: "ann" };

async function add(content: string, more: object = {}): Promise<string> {
  const answer: Loose = await client.add(userSays(content), { ...ann, infer: false, ...more });
  return String(answer.results[0].id);
}
const found = async (filters: object): Promise<string[]> =>
  (await client.getAll({ filters })).results.map((memory) => memory.memory ?? "").sort();

describe("the published client", () => {
  it("pings and learns whose key it has", async () => {
    await expect(client.ping()).resolves.toBeUndefined();
    expect(await client.getProject({ fields: [] })).toMatchObject({ customInstructions: null });
  });

  it("adds at once, with its owners, metadata and dates, and gets back what it added", async () => {
    const id = await add("Ann drinks oolong", {
      agentId: "waiter",
      appId: "tearoom",
      runId: "visit 1",
      metadata: { table: 4, seatNear: "window" },
      timestamp: Date.UTC(2026, 0, 2) / 1000,
      expirationDate: "2099-05-01",
    });
    expect(await client.get(id)).toMatchObject({
      id,
      memory: "Ann drinks oolong",
      userId: "ann",
      agentId: "waiter",
      appId: "tearoom",
      runId: "visit 1",
      metadata: { table: 4, seatNear: "window" },
      createdAt: "2026-01-02T00:00:00.000Z",
      expirationDate: "2099-05-01",
      categories: [],
    });
    expect((await client.get(id)).metadata).toEqual({ table: 4, seatNear: "window" });
    expect(await t.read(id)).toMatchObject({ source: { channel: "mem0" }, scope: { userId: "ann" } });
  });

  it("with infer on adds what the messages say, as one group, and says that it is done", async () => {
    const messages = [
      { role: "system" as "user", content: "You are a waiter" },
      { role: "user" as const, content: "I am allergic to nuts" },
      { role: "assistant" as const, content: "I will remember the allergy" },
    ];
    const answer: Loose = await client.add(messages, ann);
    expect(answer).toMatchObject({ status: "SUCCEEDED", results: [{ event: "ADD" }, { event: "ADD" }] });
    expect(await found(ofAnn)).toEqual(["I am allergic to nuts", "I will remember the allergy"]);
    const again: Loose = await client.add(messages.slice(1), ann);
    expect(again.results.map((r: Loose) => r.event)).toEqual(["NOOP", "NOOP"]);
    await t.revert({ groupId: answer.groupId });
    expect(await found(ofAnn)).toEqual([]);
  });

  it("searches by meaning within its filters, with scores in 0…1 and a threshold", async () => {
    await add("Ann's favourite tea is oolong");
    await add("The car is parked in the garage");
    await add("Bob's favourite tea is sencha", { userId: "bob" });
    const { results }: Loose = await client.search("Which tea does she like?", { filters: ofAnn, topK: 1 });
    expect(only(results)).toMatchObject({ memory: "Ann's favourite tea is oolong", userId: "ann" });
    const all: Loose = await client.search("tea", { filters: { OR: [ofAnn, { user_id: "bob" }] } });
    const scores: number[] = all.results.map((result: Loose) => result.score);
    expect(scores).toHaveLength(3);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
    const strict: Loose = await client.search("tea", {
      filters: { user_id: "*" },
      threshold: ((scores[1] ?? 0) + (scores[2] ?? 0)) / 2,
    });
    expect(strict.results).toHaveLength(2);
    const logged = (await t.owner.get(`/retrievals/${strict.retrievalId}`)).as("retrievals.get");
    expect([logged.retrieval.query, logged.retrieval.scope]).toEqual(["tea", {}]);
    const few: Loose = await client.search("tea", { filters: ofAnn, fields: ["id", "memory"] });
    expect(Object.keys(few.results[0])).toEqual(["id", "memory"]);
    const scoped = (await t.owner.get(`/retrievals/${few.retrievalId}`)).as("retrievals.get");
    expect(scoped.retrieval.scope).toEqual({ userId: "ann" });
  });

  it("pages through everything", async () => {
    for (const n of [1, 2, 3]) await add(`note ${n}`);
    const first: Loose = await client.getAll({ filters: ofAnn, page: 1, pageSize: 2 });
    expect(first).toMatchObject({ count: 3, previous: null, results: [{}, {}] });
    expect(first.next).toBe(`${server.address}${BASE}/v3/memories/?page=2&page_size=2`);
    const second = await client.getAll({ filters: ofAnn, page: 2, pageSize: 2 });
    expect(second).toMatchObject({ count: 3, next: null, results: [{ memory: "note 1" }] });
    expect((await client.getAll({ filters: ofAnn, page: 3, pageSize: 2 })).results).toEqual([]);
  });

  it("updates the text, the metadata and the dates, and keeps what it does not see", async () => {
    const id = await add("Ann drinks oolong", { appId: "tearoom", metadata: { a: 1 } });
    await client.update(id, { text: "Ann drinks sencha", metadata: { b: 2 }, expirationDate: "2099-01-01" });
    const changed = await client.get(id);
    expect(changed).toMatchObject({
      memory: "Ann drinks sencha",
      appId: "tearoom",
      expirationDate: "2099-01-01",
    });
    expect(changed.metadata).toEqual({ b: 2 });
    await client.update(id, { expirationDate: null });
    expect((await client.get(id)).expirationDate).toBeNull();
  });

  it("hides what has expired unless it asks for it", async () => {
    await add("a ticket that ran out", {
      timestamp: Date.UTC(2020, 0, 1) / 1000,
      expirationDate: "2020-02-01",
    });
    expect((await client.getAll({ filters: ofAnn })).count).toBe(0);
    expect((await client.getAll({ filters: ofAnn, showExpired: true })).count).toBe(1);
    expect((await client.search("ticket", { filters: ofAnn })).results).toEqual([]);
    expect((await client.search("ticket", { filters: ofAnn, showExpired: true })).results).toHaveLength(1);
  });

  it("deletes one, some and all, and each of these is one revert", async () => {
    const [a, b] = [await add("one"), await add("two")];
    await add("three");
    await add("four", { userId: "bob" });
    const one: Loose = await client.delete(a);
    expect(one.message).toBe("Memory deleted successfully!");
    await expect(client.get(a)).rejects.toBeInstanceOf(MemoryNotFoundError);
    await expect(client.delete(a)).rejects.toBeInstanceOf(MemoryNotFoundError);
    const some: Loose = await client.batchDelete([b]);
    expect(some.message).toBe("Successfully deleted 1 memories");
    const all: Loose = await client.deleteAll(ann);
    expect(await found({ user_id: "*" })).toEqual(["four"]);
    for (const { groupId } of [all, some, one]) await t.revert({ groupId });
    expect(await found(ofAnn)).toEqual(["one", "three", "two"]);
  });

  it("updates many as one group", async () => {
    const [a, b] = [await add("one"), await add("two")];
    const answer: Loose = await client.batchUpdate([
      { memoryId: a, text: "eins" },
      { memoryId: b, text: "zwei" },
    ]);
    expect(answer.message).toBe("Successfully updated 2 memories");
    expect(await found(ofAnn)).toEqual(["eins", "zwei"]);
    await t.revert({ groupId: answer.groupId });
    expect(await found(ofAnn)).toEqual(["one", "two"]);
  });

  it("reads its history from the ledger, with what was taken back", async () => {
    const id = await add("first");
    await client.update(id, { text: "second" });
    await client.feedback({ memoryId: id, feedback: Feedback.POSITIVE });
    const { groupId }: Loose = await client.delete(id);
    await t.revert({ groupId });
    const history: Loose = await client.history(id);
    expect(history.map((h: Loose) => [h.event, h.oldMemory, h.newMemory])).toEqual([
      ["ADD", null, "first"],
      ["UPDATE", "first", "second"],
      ["DELETE", "second", null],
      ["ADD", null, "second"],
    ]);
    expect(history.map((h: Loose) => h.metadata.status)).toEqual(["live", "live", "reverted", "live"]);
    expect(history[0]).toMatchObject({ memoryId: id, userId: "ann" });
  });

  it("gives feedback that moves confidence, near the question when it says which, and takes it back", async () => {
    const id = await add("The gate code is 4711");
    const before = (await t.read(id)).confidence;
    const { retrievalId }: Loose = await client.search("gate code", { filters: ofAnn });
    const data = { memoryId: id, feedback: Feedback.POSITIVE, feedbackReason: "it opened", retrievalId };
    expect(await client.feedback(data)).toMatchObject({ feedback: "POSITIVE", feedbackReason: "it opened" });
    expect((await t.read(id)).confidence).toBeGreaterThan(before);
    const { items } = (await t.owner.get(`/signals?memory=${id}`)).as("signals.list");
    expect(only(items)).toMatchObject({ source: "mem0", retrievalId, query: "gate code" });
    const learned = (await t.read(id)).confidence;
    await as(t.workspace.secrets.verified).feedback({ memoryId: id, feedback: null });
    expect((await t.read(id)).confidence, "nobody takes back what another key said").toBe(learned);
    await client.feedback({ memoryId: id, feedback: null });
    expect((await t.read(id)).confidence).toBe(before);
    await client.feedback({ memoryId: id, feedback: Feedback.VERY_NEGATIVE });
    expect((await t.read(id)).confidence).toBeLessThan(before);
  });

  it("lists whose memories there are and clears them away", async () => {
    await add("one", { appId: "tearoom", runId: "r1" });
    await add("two", { userId: "bob" });
    const users: Loose = await client.users();
    expect(users).toMatchObject({ count: 4, totalUsers: 2, totalApps: 1, totalRuns: 1, totalAgents: 0 });
    const seen = users.results.map(({ type, name, totalMemories }: Loose) => [type, name, totalMemories]);
    expect(seen).toContainEqual(["user", "ann", 1]);
    expect(seen).toContainEqual(["app", "tearoom", 1]);
    await client.deleteUsers({ userId: "bob" });
    expect((await client.users()).results.map((entity) => entity.name)).not.toContain("bob");
    await client.deleteUsers({ appId: "tearoom" });
    expect((await client.users()).count).toBe(0);
  });

  it("exports what a filter asks for", async () => {
    await add("one");
    await add("two", { userId: "bob" });
    const { id } = await client.createMemoryExport({ schema: { type: "object" }, filters: { AND: [ofAnn] } });
    const byId: Loose = await client.getMemoryExport({ memoryExportId: id });
    expect(only(byId.memories)).toMatchObject({ memory: "one" });
    const byFilter: Loose = await client.getMemoryExport({ filters: { user_id: "*" } });
    expect(byFilter.count).toBe(2);
  });
});

describe("filters", () => {
  const OLD = Date.UTC(2024, 5, 1) / 1000;

  beforeEach(async () => {
    await add("old red", { metadata: { colour: "red", size: 1 }, timestamp: OLD });
    await add("new blue", { metadata: { colour: "blue", tags: ["x"] }, agentId: "bot" });
    await add("of bob", { userId: "bob", appId: "shop" });
  });

  it.each<[string, object, string[]]>([
    ["a bare condition", { user_id: "ann" }, ["new blue", "old red"]],
    ["camel case, as their reference writes it", { userId: "bob" }, ["of bob"]],
    ["AND", { AND: [ofAnn, { metadata: { colour: "red" } }] }, ["old red"]],
    ["OR", { OR: [{ user_id: "bob" }, { agent_id: "bot" }] }, ["new blue", "of bob"]],
    ["NOT of a list", { AND: [ofAnn, { NOT: [{ agent_id: "bot" }] }] }, ["old red"]],
    ["NOT of one condition", { AND: [{ user_id: "*" }, { NOT: ofAnn }] }, ["of bob"]],
    ["keys side by side", { user_id: "ann", metadata: { colour: "blue" } }, ["new blue"]],
    ["in", { user_id: { in: ["bob", "eve"] } }, ["of bob"]],
    ["ne, which holds where there is none", { user_id: "*", agent_id: { ne: "bot" } }, ["of bob", "old red"]],
    ["a wildcard", { AND: [{ app_id: "*" }] }, ["of bob"]],
    ["an app", { app_id: { eq: "shop" } }, ["of bob"]],
    [
      "times",
      { AND: [ofAnn, { created_at: { gte: "2024-01-01", lt: "2025-01-01T00:00:00Z" } }] },
      ["old red"],
    ],
    ["icontains", { AND: [ofAnn, { keywords: { icontains: "RED" } }] }, ["old red"]],
    ["numbers in metadata", { AND: [ofAnn, { metadata: { size: { gt: 0 } } }] }, ["old red"]],
    ["contains in metadata", { AND: [ofAnn, { metadata: { tags: { contains: "x" } } }] }, ["new blue"]],
    [
      "nested logic",
      { AND: [{ user_id: "*" }, { NOT: { OR: [{ app_id: "shop" }, { agent_id: "bot" }] } }] },
      ["old red"],
    ],
  ])("%s", async (_name, filters, expected) => {
    expect(await found(filters)).toEqual(expected);
    const { results } = await client.search("red blue bob", { filters });
    expect(results.map((result) => result.memory).sort()).toEqual(expected);
  });

  it("by ids and by categories, which are our tags", async () => {
    const [memory] = (await client.getAll({ filters: { user_id: "bob" } })).results;
    const id = memory?.id ?? "";
    expect(await found({ AND: [{ user_id: "*" }, { memory_ids: [id] }] })).toEqual(["of bob"]);
    (await t.owner.patch(`/memories/${id}`, { tags: ["finance"] })).as("memories.update");
    expect(await found({ AND: [{ user_id: "*" }, { categories: { in: ["finance", "x"] } }] })).toEqual([
      "of bob",
    ]);
  });

  it.each<[string, object]>([
    ["nobody's memories", { metadata: { colour: "red" } }],
    ["only whose they are not", { NOT: [ofAnn] }],
    ["an unknown key", { user_id: "ann", colour: "red" }],
    ["an unknown operator", { user_id: { like: "a" } }],
  ])("that name %s are refused", async (_name, filters) => {
    await expect(client.getAll({ filters })).rejects.toBeInstanceOf(ValidationError);
    await expect(client.search("x", { filters })).rejects.toBeInstanceOf(ValidationError);
  });
});

describe("refusals", () => {
  it("come as the client's own errors", async () => {
    await expect(client.get("not a uuid")).rejects.toThrow("memory_id should be a valid UUID");
    const nowhere = "01990000-0000-7000-8000-0000000000ff";
    await expect(client.get(nowhere)).rejects.toBeInstanceOf(MemoryNotFoundError);
    await expect(client.batchUpdate([{ memoryId: nowhere, text: "x" }])).rejects.toThrow("Memory not found!");
    await expect(client.add(userSays("x"))).rejects.toThrow("is required!");
    await expect(client.add(userSays("x".repeat(9000)), ann)).rejects.toBeInstanceOf(ValidationError);
    await expect(client.deleteAll({})).rejects.toBeInstanceOf(ValidationError);
    await expect(client.getWebhooks()).rejects.toThrow("not offered");
  });

  it("keep out who has no key, a lesser key, and another workspace", async () => {
    const quiet = vi.spyOn(console, "error").mockImplementation(() => undefined);
    await expect(as("pal_unknown").get("x")).rejects.toBeInstanceOf(AuthenticationError);
    const id = await add("mine");
    const made = await t.owner.post("/keys", { name: "reader", scopes: ["read"] });
    const reader = as(made.as("keys.create").secret);
    expect((await reader.get(id)).memory).toBe("mine");
    await expect(reader.add(userSays("x"), ann)).rejects.toBeInstanceOf(AuthenticationError);
    await expect(reader.deleteAll(ann)).rejects.toThrow('needs the scope \\"curate\\"');
    const other = as((await tenant()).workspace.secrets.owner);
    await expect(other.get(id)).rejects.toBeInstanceOf(MemoryNotFoundError);
    quiet.mockRestore();
  });

  it("never leave a delete to a key that lacks the scope, whatever else it has", async () => {
    const id = await add("mine");
    const made = await t.owner.post("/keys", {
      name: "no write",
      scopes: SCOPES.filter((s) => s !== "write"),
    });
    await expect(as(made.as("keys.create").secret).delete(id)).rejects.toBeInstanceOf(AuthenticationError);
    expect((await client.get(id)).memory).toBe("mine");
  });

  it("come before anything else for a host that is not ours", async () => {
    const response = await route.GET(
      new Request(`http://evil.example${BASE}/v1/ping/`, { headers: { host: "evil.example" } }),
    );
    expect(response.status).toBe(421);
  });
});

describe("older clients", () => {
  const call = async (method: string, path: string, body?: object): Promise<Loose> => {
    const response = await fetch(`${server.address}${BASE}${path}`, {
      method,
      headers: { authorization: `Token ${t.workspace.secrets.owner}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return response.json();
  };

  it("name owners beside the filters and get bare lists", async () => {
    const added = await call("POST", "/v1/memories/", {
      messages: userSays("tea"),
      user_id: "ann",
      infer: false,
    });
    expect(only(added)).toMatchObject({ event: "ADD", memory: "tea" });
    expect(only(await call("GET", "/v1/memories/?user_id=ann"))).toMatchObject({ memory: "tea" });
    expect(await call("GET", "/v1/memories/?user_id=ann&page=1&page_size=5")).toMatchObject({ count: 1 });
    expect(only(await call("POST", "/v1/memories/search/", { query: "tea", user_id: "ann" }))).toMatchObject({
      memory: "tea",
    });
    expect(only(await call("POST", "/v2/memories/", { filters: { AND: [ofAnn] } }))).toMatchObject({
      memory: "tea",
    });
    const v2 = { query: "tea", filters: { AND: [ofAnn] } };
    expect(only(await call("POST", "/v2/memories/search/", v2))).toMatchObject({ memory: "tea" });
    const named = await call("POST", "/v2/memories/search/", { ...v2, output_format: "v1.1" });
    expect(only(named.results)).toMatchObject({ memory: "tea" });
  });

  it("poll an addition that was done at once", async () => {
    const added = await call("POST", "/v3/memories/add", { messages: "tea", user_id: "ann" });
    const event = await call("GET", `/v1/event/${added.event_id}/`);
    expect(event).toMatchObject({
      status: "SUCCEEDED",
      results: [{ data: { memory: "tea" }, event: "ADD" }],
    });
    expect(await call("GET", "/v1/event/nothing/")).toMatchObject({ code: "not_found" });
  });
});
