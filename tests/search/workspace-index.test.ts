import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { DEFAULTS } from "@/lib/domain/parameters";
import { FIRST_EPOCH } from "@/lib/domain/recall/epoch";
import { memoryId, millis } from "@/lib/domain/ids";
import { rank, refusal, scoreOne, type Search } from "@/lib/search/rank";
import { createWorkspaceIndex, type WorkspaceIndex } from "@/lib/search/workspace-index";
import type { MemoryToIndex } from "@/lib/search/indexed-memory";

const NOW = millis(Date.UTC(2026, 3, 1));
const EAST = Float32Array.of(1, 0);
const NORTH = Float32Array.of(0, 1);

let index: WorkspaceIndex;
beforeEach(() => (index = createWorkspaceIndex(2)));
afterEach(() => {
  index.vectors.dispose();
  index.passages.dispose();
});

const memory = (id: string, more: Partial<MemoryToIndex> = {}): MemoryToIndex => ({
  id: memoryId(id),
  content: `about ${id}`,
  textHash: more.content ?? id,
  kind: "fact",
  tags: [],
  scope: {},
  speaker: null,
  validAt: NOW,
  invalidAt: null,
  createdAt: NOW,
  superseded: false,
  evidence: {},
  vector: EAST,
  ...more,
});

const search = (query: string, more: Partial<Search> = {}): Search => ({
  query,
  vector: EAST,
  scope: {},
  now: NOW,
  asOf: null,
  parameters: DEFAULTS,
  epoch: FIRST_EPOCH,
  ...more,
});

const found = async (query: string, more: Partial<Search> = {}) =>
  (await rank(index, search(query, more))).map((r) => r.id);

describe("the workspace index", () => {
  it("finds an edited memory by its new words and no longer by its old ones", async () => {
    await index.upsert(memory("a", { content: "coffee in the garden" }));
    await index.upsert(memory("a", { content: "tea at the river", textHash: "second" }));
    const keyword = async (query: string) =>
      (await scoreOne(index, memoryId("a"), search(query)))?.parts.keyword;
    expect(await keyword("coffee garden")).toBe(0);
    expect(await keyword("tea river")).toBeGreaterThan(0);
  });

  it("gives a freed key to the next memory without anything of the one before", async () => {
    await index.upsert(memory("a", { content: "coffee", vector: EAST }));
    const key = index.find(memoryId("a"))?.key;
    await index.remove(memoryId("a"));
    expect(await found("coffee")).toEqual([]);
    await index.upsert(memory("b", { content: "tea", vector: null }));
    expect(index.find(memoryId("b"))?.key).toBe(key);
    const [only] = await rank(index, search("coffee"));
    expect(only).toMatchObject({ id: "b", parts: { similarity: 0, keyword: 0 } });
  });

  it("drops the vector of a text that changed until the new one is there", async () => {
    await index.upsert(memory("a"));
    await index.upsert(memory("a", { content: "other", textHash: "other", vector: null }));
    expect((await scoreOne(index, memoryId("a"), search("x")))?.parts.similarity).toBe(0);
    await index.setVector(memoryId("a"), EAST);
    expect((await scoreOne(index, memoryId("a"), search("x")))?.parts.similarity).toBeGreaterThan(0);
  });

  it("finds a long text by one of its passages, until the text changes or goes", async () => {
    const similarity = async (id: string) =>
      (await scoreOne(index, memoryId(id), search("x", { vector: EAST })))?.parts.similarity ?? -1;
    await index.upsert(memory("a", { vector: NORTH }));
    await index.upsert(memory("b", { vector: NORTH, passages: Float32Array.of(0, 1, 1, 0) }));
    expect(await similarity("a")).toBe(0);
    expect(await similarity("b")).toBeCloseTo(DEFAULTS["recall.weight.passage"], 5);
    await index.upsert(memory("b", { content: "other", textHash: "other", vector: NORTH }));
    expect(await similarity("b")).toBe(0);
    await index.setVector(memoryId("b"), NORTH, Float32Array.of(1, 0, 0, -1));
    expect(await similarity("b")).toBeGreaterThan(0);
    await index.remove(memoryId("b"));
    await index.upsert(memory("c", { vector: NORTH }));
    expect(await similarity("c")).toBe(0);
  });

  it("keeps finding everything when it outgrows its first rows", async () => {
    for (let i = 0; i < 2500; i += 1)
      await index.upsert(memory(`m${i}`, { vector: NORTH, validAt: millis(NOW - i * 1000) }));
    await index.upsert(memory("needle", { content: "zither", vector: EAST, validAt: millis(NOW - 9e9) }));
    expect((await found("zither"))[0]).toBe("needle");
    expect(
      (await rank(index, search("zither"))).filter((r) => r.routes.includes("recency")).map((r) => r.id),
    ).toContain("m0");
  });
});

describe("what a search may show", () => {
  it.each([
    ["scope", memory("a", { scope: { userId: "bo" } }), { scope: { userId: "ann" } }],
    ["filter", memory("a", { tags: ["x"] }), { tags: ["x", "y"] }],
    ["filter", memory("a"), { kinds: ["preference"] }],
    ["superseded", memory("a", { superseded: true }), {}],
    ["validity", memory("a", { invalidAt: NOW }), {}],
    ["validity", memory("a"), { asOf: millis(NOW - 1) }],
  ] as const)("refuses by %s", async (why, given, more) => {
    await index.upsert(given);
    const indexed = index.find(given.id);
    expect(indexed && refusal(indexed, search("about", more))).toBe(why);
    expect(await found("about", more)).toEqual([]);
  });

  it("shows a superseded memory when asked as of its time", async () => {
    await index.upsert(memory("a", { superseded: true }));
    expect(await found("about", { asOf: NOW })).toEqual(["a"]);
  });

  it("does not let what another user said in the same session count", async () => {
    const own = memory("a", { content: "yes", scope: { userId: "ann", sessionId: "s" }, vector: null });
    await index.upsert(own);
    const alone = await scoreOne(index, own.id, search("zither", { scope: { userId: "ann" } }));
    await index.upsert(
      memory("b", {
        content: "zither?",
        scope: { userId: "bo", sessionId: "s" },
        createdAt: millis(NOW - 1),
        speaker: "Bo",
      }),
    );
    expect(await scoreOne(index, own.id, search("zither", { scope: { userId: "ann" } }))).toEqual(alone);
  });
});

describe("the ranking", () => {
  it("proposes the answer that stands after a question that matches", async () => {
    const scope = { sessionId: "s" };
    await index.upsert(
      memory("q", { content: "Where is the zither?", scope, speaker: "Bo", createdAt: millis(NOW - 2) }),
    );
    await index.upsert(
      memory("a", { content: "Upstairs", scope, speaker: "Ann", createdAt: millis(NOW - 1), vector: NORTH }),
    );
    expect(await found("zither")).toContain("a");
    expect((await scoreOne(index, memoryId("a"), search("zither")))?.parts.context).toBeGreaterThan(0.1);
  });

  it("puts a memory that helped before an equal one that did not", async () => {
    await index.upsert(
      memory("a", { content: "tea", evidence: { "owner:key/1": { "20500": [0, 3_000_000] } } }),
    );
    await index.upsert(
      memory("b", { content: "tea", evidence: { "owner:key/1": { "20500": [3_000_000, 0] } } }),
    );
    await index.upsert(memory("c", { content: "tea" }));
    expect(await found("tea")).toEqual(["b", "c", "a"]);
  });

  it("scores a memory alone exactly as in the list", async () => {
    for (const id of ["a", "b", "c"]) await index.upsert(memory(id, { scope: { sessionId: "s" } }));
    for (const { id, score, parts } of await rank(index, search("about b")))
      expect(await scoreOne(index, id, search("about b"))).toEqual({ score, parts });
  });
});
