/**
 * Imports of what other programs write. The fixtures follow the published shapes (docs/import-export.md says of which
 * release) and were written for these tests.
 */
import { readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { zipSync } from "fflate";
import { beforeEach, describe, expect, it } from "vitest";
import { pack } from "tar-stream";

import { only, tenant, type Tenant } from "../support/tenant";

const FIXTURES = path.join(import.meta.dirname, "../fixtures/import");
const fixture = (name: string) => new Uint8Array(readFileSync(path.join(FIXTURES, name)));

/** The files of a fixture folder, by their paths below it. */
function folder(name: string): Record<string, Uint8Array> {
  const root = path.join(FIXTURES, name);
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) =>
    statSync(path.join(root, file)).isFile(),
  );
  return Object.fromEntries(files.map((file) => [file, fixture(path.join(name, file))]));
}

async function tarGz(files: Record<string, Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const tar = pack();
  for (const [name, bytes] of Object.entries(files)) tar.entry({ name }, Buffer.from(bytes));
  tar.finalize();
  const parts: Uint8Array[] = [];
  for await (const part of tar as AsyncIterable<Uint8Array>) parts.push(part);
  return new Uint8Array(gzipSync(Buffer.concat(parts)));
}

const zip = (files: Record<string, Uint8Array>) => new Uint8Array(zipSync(files));
const utf8 = (text: string) => new TextEncoder().encode(text);

let t: Tenant;
beforeEach(async () => {
  t = await tenant();
});

const send = (file: Uint8Array<ArrayBuffer>, query = "") => t.owner.post(`/import${query}`, file);
const load = async (file: Uint8Array<ArrayBuffer>, query = "") =>
  (await send(file, query)).as("import.create");
const memories = async () =>
  (await t.owner.get("/memories?sort=oldest&lifecycle=all&limit=200")).as("memories.list").items;
const byText = async (start: string) => only((await memories()).filter((m) => m.content.startsWith(start)));

describe("a file of another program is recognised by what it holds", () => {
  it.each([
    ["mem0.json", "mem0", 2],
    ["openmemory/memories.json", "openmemory", 5],
    ["openmemory/memories.jsonl", "openmemory", 2],
    ["server-memory.jsonl", "server-memory", 4],
    ["letta.af", "letta", 2],
    ["letta-first-version.af", "letta", 2],
    ["letta-passages.json", "letta", 1],
    ["graphiti.json", "graphiti", 4],
    ["graphiti-neo4j.jsonl", "graphiti", 3],
    ["langgraph.json", "langgraph", 3],
    ["langgraph-rows.jsonl", "langgraph", 1],
    ["doobidoo.json", "doobidoo", 2],
    ["doobidoo-backup.json", "doobidoo", 1],
    ["claude-mem.json", "claude-mem", 3],
    ["notes.csv", "csv", 3],
  ])("%s as %s, with %i memories, all taken back by one revert", async (file, format, created) => {
    const done = await load(fixture(file));
    expect(done).toMatchObject({ format, created, duplicates: 0, error: null });
    expect(done.preview[0]?.content).toBe((await memories())[0]?.content.slice(0, 300));
    expect((await memories()).every((m) => m.source.channel === "import")).toBe(true);
    expect((await load(fixture(file), `?format=${format}&dryRun=true`)).duplicates).toBe(created);
    await t.revert({ groupId: done.groupId });
    expect(await memories()).toEqual([]);
  });

  it("and sent a second time, or after a cut, it changes nothing at all", async () => {
    for (const file of ["mem0.json", "openmemory/memories.json", "claude-mem.json", "notes.csv"]) {
      await load(fixture(file), `?name=${path.basename(file)}`);
      const before = await t.head();
      const again = await load(fixture(file), `?name=${path.basename(file)}`);
      expect(again).toMatchObject({ created: 0, groupId: null });
      expect(await t.head()).toEqual(before);
    }
    const lines = new TextDecoder().decode(fixture("server-memory.jsonl")).split("\n");
    await load(
      utf8(`${lines[0] ?? ""}\n{"type":"entity","na`),
      "?format=server-memory&onError=keep&name=graph",
    );
    expect(await load(fixture("server-memory.jsonl"), "?name=graph")).toMatchObject({
      created: 2,
      duplicates: 2,
    });
  });

  it("the same words under another name are support, as from any other source", async () => {
    await load(fixture("mem0.json"), "?name=one");
    await load(fixture("mem0.json"), "?name=two");
    expect((await byText("Dana is allergic")).evidence.alpha).toBeGreaterThan(0);
  });
});

describe("mem0", () => {
  it("keeps scope, times, categories and metadata, and reports what it has no place for", async () => {
    expect((await load(fixture("mem0.json"))).unknownFields).toEqual(["structured_attributes"]);
    expect(await byText("Dana is allergic")).toMatchObject({
      tags: ["health", "food"],
      scope: { userId: "dana", agentId: "chef" },
      source: { ref: "0f6e9a6e-4b9c-4e5e-9a55-1d1f6a3c0001" },
      metadata: { topic: "health", structured_attributes: { year: 2026 } },
      validAt: "2026-03-01T17:15:00.123Z",
    });
    expect(await byText("Dana's gym")).toMatchObject({
      scope: { runId: "run-7" },
      invalidAt: "2026-06-30T00:00:00.000Z",
    });
  });
});

describe("OpenMemory", () => {
  const whole = () =>
    zip({
      "memories.json": fixture("openmemory/memories.json"),
      "memories.jsonl.gz": new Uint8Array(gzipSync(fixture("openmemory/memories.jsonl"))),
    });

  it("brings its states into the ledger as changes, each with its time, each revertible alone", async () => {
    const done = await load(whole());
    expect(done).toMatchObject({ format: "openmemory", created: 5, moved: 5, unknownFields: ["vector"] });
    expect(done.notes.join()).toContain("1 access rules");
    const states = Object.fromEntries((await memories()).map((m) => [m.source.ref, m.lifecycle]));
    expect(states).toEqual({
      "m-1": "active",
      "m-2": "archived",
      "m-3": "archived",
      "m-4": "deleted",
      "m-5": "active",
    });
    expect(await byText("Prefers tabs")).toMatchObject({
      scope: { userId: "dana", agentId: "cursor" },
      tags: ["work"],
    });
    const resumed = await byText("Reviews on Mondays");
    const history = (await t.owner.get(`/memories/${resumed.id}/history`)).as("memories.history").items;
    expect(history.map((c) => [c.op, c.cause.reason])).toEqual([
      ["restore", "OpenMemory: paused to active at 2026-01-09T08:00:00.000Z"],
      ["archive", "OpenMemory: active to paused at 2026-01-08T08:00:00.000Z"],
      ["create", undefined],
    ]);
    await t.revert({ changeIds: [history[0]?.id] });
    expect((await t.read(resumed.id)).lifecycle).toBe("archived");
  });

  it("is read from the lines alone, without the tables", async () => {
    const blob = new Uint8Array(gzipSync(fixture("openmemory/memories.jsonl")));
    expect(await load(zip({ "export/memories.jsonl.gz": blob }))).toMatchObject({ created: 2, moved: 1 });
    expect(await load(blob, "?dryRun=true&name=lines")).toMatchObject({
      format: "openmemory",
      duplicates: 2,
    });
  });

  it("with a state that nobody knows is refused by its name", async () => {
    const text = new TextDecoder()
      .decode(fixture("openmemory/memories.json"))
      .replace('"paused", "created', '"frozen", "created');
    const refused = (await send(utf8(text))).problem("invalid_input");
    expect(refused.detail).toContain('"frozen"');
  });
});

describe("COGX", () => {
  it.each([
    ["as .cogx.tar.gz", () => tarGz(folder("cogx"))],
    ["zipped", () => Promise.resolve(zip(folder("cogx")))],
    [
      "zipped with a folder around it",
      () =>
        Promise.resolve(
          zip(
            Object.fromEntries(
              Object.entries(folder("cogx")).map(([name, bytes]) => [`dump/${name}`, bytes]),
            ),
          ),
        ),
    ],
  ])(
    "%s brings memories, blocks, turns, entities and facts with the names they refer to",
    async (_how, make) => {
      const done = await load(await make());
      expect(done).toMatchObject({ format: "cogx", created: 7, skipped: 1 });
      expect(done.notes.join()).toContain("nodes.jsonl");
      expect(done.unknownFields.sort()).toEqual(["confidence", "provenance"]);
      expect((await memories()).map((m) => m.content).sort()).toEqual([
        "Dana lives in Bergen",
        "Dana works at Acme",
        "Dana: an engineer in Bergen",
        "Her name is Dana.",
        "How is it there?",
        "I moved to Bergen",
        "Likes long walks",
      ]);
      expect(await byText("Dana works at")).toMatchObject({
        validAt: "2024-01-01T00:00:00.000Z",
        invalidAt: "2026-01-01T00:00:00.000Z",
        metadata: { confidence: 0.8 },
      });
      expect(await byText("How is it there?")).toMatchObject({
        source: { speaker: "assistant" },
        scope: { sessionId: "ep-1" },
        kind: "episode",
      });
    },
  );

  it("of a newer version is refused", async () => {
    const files = { ...folder("cogx"), "manifest.json": utf8('{"cogx_version":"1.0"}') };
    expect((await send(zip(files))).problem("invalid_input").detail).toContain("COGX 1.0");
  });
});

describe("other shapes", () => {
  it("a knowledge graph: one memory per observation, one per relation", async () => {
    await load(fixture("server-memory.jsonl"));
    expect((await memories()).map((m) => m.content)).toEqual([
      "Dana_Berg: Speaks fluent Norwegian",
      "Dana_Berg: Prefers morning meetings",
      "Acme (organization)",
      "Dana_Berg works_at Acme",
    ]);
    const graph = {
      entities: [{ name: "Bo", entityType: "person", observations: ["sings"] }],
      relations: [],
    };
    expect(await load(utf8(JSON.stringify(graph)), "?dryRun=true")).toMatchObject({
      format: "server-memory",
      created: 1,
    });
  });

  it("a Letta agent: its blocks and what was said, not its machinery, also when the JSON is written as a text", async () => {
    const done = await load(fixture("letta.af"));
    expect(done.notes).toEqual(["1 of `tools` were left out: they are an agent's machinery and no memories"]);
    expect(await byText("Name: Dana")).toMatchObject({
      tags: ["block", "human"],
      scope: { agentId: "helper" },
    });
    expect(await byText("Please book trains")).toMatchObject({
      source: { speaker: "user" },
      validAt: "2026-05-01T08:01:00.250Z",
    });
    const wrapped = utf8(JSON.stringify(new TextDecoder().decode(fixture("letta.af"))));
    expect(await load(wrapped, "?dryRun=true")).toMatchObject({ format: "letta", duplicates: 2 });
  });

  it("a Graphiti dump: facts with the time in which they held, apart by group, without vectors", async () => {
    const done = await load(fixture("graphiti.json"));
    expect(done.unknownFields).toEqual(["weight"]);
    expect(done.notes.join()).toContain("`communities`");
    expect(await byText("Dana STUDIED_WITH Acme")).toMatchObject({
      invalidAt: "2022-01-01T00:00:00.000Z",
      scope: {},
    });
    expect(await byText("Dana works at Acme")).toMatchObject({
      scope: { userId: "dana" },
      invalidAt: null,
      metadata: { relation: "WORKS_AT", from: "Dana", to: "Acme" },
    });
  });

  it("a LangGraph store: texts, LangMem's memories and plain fields", async () => {
    expect((await load(fixture("langgraph.json"))).unknownFields.sort()).toEqual([
      "importance",
      "kind",
      "languages",
    ]);
    expect((await memories()).map((m) => m.content)).toEqual([
      "Likes Thai food",
      "Plays the cello",
      "food_preference: vegetarian\nage: 36",
    ]);
  });

  it("mcp-memory-service: seconds since 1970, tags as list or text, its types as kinds where they are ours", async () => {
    expect((await load(fixture("doobidoo.json"))).unknownFields).toEqual(["export_source"]);
    expect(await byText("Run the linter")).toMatchObject({
      tags: ["commands", "lint", "note"],
      validAt: "2023-08-21T16:00:00.500Z",
      source: { ref: "h1" },
    });
    expect(await byText("Dana prefers rebase")).toMatchObject({
      kind: "preference",
      tags: ["git", "workflow"],
    });
  });

  it("claude-mem: observations, summaries and prompts with their sessions", async () => {
    const done = await load(fixture("claude-mem.json"));
    expect(done.unknownFields).toEqual(["files_read", "files_modified"]);
    expect(await byText("Cart lost")).toMatchObject({
      kind: "insight",
      tags: ["bugfix", "cookies", "cart"],
      scope: { sessionId: "s-1" },
      metadata: { project: "shop" },
    });
    expect((await byText("Asked: Fix")).content).toBe(
      "Asked: Fix the cart\nLearned: Cookies need a path\nDone: Set it",
    );
  });

  it("basic-memory notes: each observation a memory, the prose one more, other front matter kept", async () => {
    const done = await load(
      zip({ ...folder("basic-memory"), "picture.png": utf8("x"), ".obsidian/app.json": utf8("{}") }),
    );
    expect(done).toMatchObject({ format: "markdown", created: 4, unknownFields: ["status"] });
    expect(done.notes).toEqual(["1 files that are no Markdown were left out"]);
    expect(await byText("Coffee Brewing: Water")).toMatchObject({
      content: "Coffee Brewing: Water at 96 degrees extracts best #temperature",
      tags: ["coffee", "brewing", "temperature"],
      metadata: {
        category: "technique",
        context: "from the course",
        relations: ["relates_to [[Coffee Origins]]", "based on [[Course Notes]] (Oslo)"],
        status: "active",
      },
      validAt: "2026-01-15T08:00:00.000Z",
    });
    expect((await byText("# Coffee Brewing")).content).toContain("- [ ] buy filters");
  });

  it("CSV: columns by their usual names, line breaks inside quotes, apostrophes against formulas taken off", async () => {
    expect((await load(fixture("notes.csv"))).unknownFields).toEqual(["mood"]);
    expect((await memories()).map((m) => m.content)).toEqual([
      "Likes tea, not coffee",
      "Two\nlines",
      "=cheap trick",
    ]);
    expect(await byText("Likes tea")).toMatchObject({
      kind: "preference",
      tags: ["drink", "morning"],
      scope: { userId: "dana" },
      source: { ref: "r1" },
      metadata: { mood: "calm" },
    });
    expect((await send(utf8("a,b\n1,2\n"), "?format=csv")).problem("invalid_input").detail).toContain(
      '"a", "b"',
    );
  });

  it("a text longer than a memory may be becomes several, in order", async () => {
    const long = Array.from({ length: 300 }, (_, i) => `Paragraph ${i} says something of its own.`).join(
      "\n\n",
    );
    const done = await load(utf8(`# Long\n\n${long}`), "?name=long.md");
    expect(done.created).toBe(2);
    const found = await memories();
    expect(found.map((m) => m.source.ref)).toEqual(["long.md#1", "long.md#2"]);
    expect(found.map((m) => m.content).join("\n\n")).toBe(`# Long\n\n${long}`);
  });
});

describe("a file that is unclear or meant to harm is refused, and nothing of it is kept", () => {
  const bomb = () => zipSync({ "a.md": new Uint8Array(513 * 1024 * 1024) }, { level: 9 });
  it.each([
    ["an object of no known form", utf8('{"a":1,"b":2}'), "`a`, `b`"],
    ["a list of numbers", utf8("[1,2,3]"), "a list of 3"],
    ["plain words", utf8("hello there"), "hello there"],
    ["a zip of pictures", zip({ "a.png": utf8("x") }), "`a.png`"],
    ["a path that leads out", zip({ "../../etc/a.md": utf8("x") }), "../../etc/a.md"],
    ["an absolute path", zip({ "/etc/a.md": utf8("x") }), "/etc/a.md"],
    ["a cut zip", zip({ "a.md": utf8("x".repeat(500)) }).slice(0, 60), "zip cannot be read"],
    ["a cut gzip", new Uint8Array(gzipSync(utf8("hello ".repeat(100)))).slice(0, 20), "gzip"],
    ["front matter that is no YAML", utf8("---\na: [1\n---\ntext"), "YAML"],
    ["our own ledger", utf8('{"type":"palimpsest","version":1,"head":{}}\n'), "mode=restore"],
  ])("%s", async (_what, file, told) => {
    expect((await send(new Uint8Array(file))).problem("invalid_input").detail).toContain(told);
    expect((await t.head()).seq).toBe(0);
  });

  it("a zip that unpacks to more than it may", async () => {
    (await send(new Uint8Array(bomb()))).problem("too_large");
    (await send(new Uint8Array(gzipSync(Buffer.alloc(513 * 1024 * 1024))))).problem("too_large");
  }, 60_000);

  it("a format that the file is not", async () => {
    expect((await send(fixture("mem0.json"), "?format=csv")).problem("invalid_input").detail).toContain(
      "no csv",
    );
    expect(
      (await send(zip({ "a.md": utf8("x") }), "?format=mem0")).problem("invalid_input").detail,
    ).toContain("no mem0");
  });
});
