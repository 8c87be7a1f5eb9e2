/** POST /import and GET /export: files in as one group or not at all, and the whole ledger out and in again. */
import { beforeEach, describe, expect, it } from "vitest";

import { only, tenant, type Tenant } from "../support/tenant";

let t: Tenant;
beforeEach(async () => {
  t = await tenant();
});

const send = (file: string, query = "") => t.owner.post(`/import${query}`, file);
const load = async (file: string, query = "") => (await send(file, query)).as("import.create");
const memories = async () =>
  (await t.owner.get("/memories?sort=oldest&lifecycle=all&limit=200")).as("memories.list").items;

const LINES = [
  '{"content":"Ann likes tea","kind":"preference","tags":["drink"]}',
  '{"text":"Bo likes coffee","speaker":"Bo","session":"s1","id":"m2","mood":"sunny"}',
  "",
  '{"memory":"Cy likes water","user_id":"cy","timestamp":"2026-01-02T03:04:05Z"}',
];
const NDJSON = `${LINES.join("\n")}\n`;

describe("NDJSON", () => {
  it("comes in as one group that one revert takes back", async () => {
    const done = await load(NDJSON, "?name=notes");
    expect(done).toMatchObject({
      dryRun: false,
      format: "ndjson",
      lines: 4,
      created: 3,
      duplicates: 0,
      skipped: 1,
      error: null,
      unknownFields: ["mood"],
    });
    const [ann, bo, cy] = await memories();
    expect(ann).toMatchObject({
      content: "Ann likes tea",
      kind: "preference",
      tags: ["drink"],
      source: { channel: "import" },
    });
    expect(bo).toMatchObject({
      content: "Bo likes coffee",
      scope: { sessionId: "s1" },
      source: { speaker: "Bo", ref: "m2" },
      metadata: { mood: "sunny" },
    });
    expect(cy).toMatchObject({
      content: "Cy likes water",
      scope: { userId: "cy" },
      validAt: "2026-01-02T03:04:05.000Z",
    });
    const changes = (await t.owner.get("/changes")).as("changes.list").items;
    expect(changes.every((c) => c.cause.kind === "import" && c.groupId === done.groupId)).toBe(true);
    expect((await t.revert({ select: { source: "notes" }, dryRun: true })).reverted).toHaveLength(3);
    await t.revert({ groupId: done.groupId });
    expect(await memories()).toEqual([]);
    expect((await t.head()).seq).toBe(6);
  });

  it("a second time changes nothing, and from a file of another name it is support", async () => {
    const first = await load(NDJSON);
    expect(await load(NDJSON)).toMatchObject({ created: 0, duplicates: 3, groupId: null, head: first.head });
    const other = await load(NDJSON, "?name=another");
    expect(other).toMatchObject({ created: 0, duplicates: 3, head: { seq: 6 } });
    expect((await memories()).map((m) => m.evidence.alpha > 0)).toEqual([true, true, true]);
  });

  it("run dry counts and changes nothing", async () => {
    expect(await load(NDJSON, "?dryRun=true")).toMatchObject({
      dryRun: true,
      created: 3,
      groupId: null,
      head: { seq: 0 },
    });
    expect(await memories()).toEqual([]);
  });

  it.each([
    ["is cut off", `${LINES[0] ?? ""}\n{"content":"half a li`, 2],
    ["is no object", `${LINES[0] ?? ""}\n[1,2]\n`, 2],
    ["is not in order", `${LINES[0] ?? ""}\n{"content":""}\n${LINES[1] ?? ""}`, 2],
    ["holds what no database keeps", `${LINES[0] ?? ""}\n{"content":"x","tags":["\\u0000"]}\n`, 2],
  ])("with a line that %s keeps nothing, or on request what came before it", async (_what, file, line) => {
    const refused = (await send(file, "?format=ndjson")).problem("invalid_input");
    expect(refused).toMatchObject({ line, readable: 1 });
    expect(only(refused.errors).path).toBe(`line ${line}`);
    expect(await memories()).toEqual([]);
    const kept = await load(file, "?format=ndjson&onError=keep");
    expect(kept).toMatchObject({ created: 1, error: { line } });
    expect(only(await memories()).content).toBe("Ann likes tea");
    await t.revert({ groupId: kept.groupId });
    expect(await memories()).toEqual([]);
  });

  it("of many lines is one transaction", async () => {
    const file = Array.from({ length: 2500 }, (_, i) =>
      JSON.stringify({ content: `line number ${i}`, constructor: "kept" }),
    ).join("\n");
    const done = await load(file);
    expect(done).toMatchObject({ created: 2500, unknownFields: ["constructor"] });
    expect(await t.head()).toEqual(done.head);
  });

  it("that is no text is refused, and nothing is kept", async () => {
    const bytes = new Uint8Array([...new TextEncoder().encode('{"content":"a"}\n'), 0xff, 0xfe, 0x00]);
    (await t.owner.post("/import?format=ndjson", bytes)).problem("invalid_input");
    expect((await t.head()).seq).toBe(0);
  });
});

describe("a conversation", () => {
  const conversation = {
    speaker_a: "Ann",
    session_2: [{ speaker: "Bo", text: "I moved to Bonn", dia_id: "D2:1" }],
    session_2_date_time: "10:00 am on 9 May, 2023",
    session_1: [
      { speaker: "Ann", text: "How are you?", dia_id: "D1:1" },
      { speaker: "Bo", text: "Look at this", dia_id: "D1:2", blip_caption: "a red boat" },
      { speaker: "Ann", text: "  ", dia_id: "D1:3" },
    ],
    session_1_date_time: "1:56 pm on 8 May, 2023",
  };

  it.each([
    ["as it is", conversation],
    ["wrapped", { sample_id: "c1", conversation }],
    ["in a list", [{ conversation }]],
  ])("%s becomes one memory per turn, with session, speaker, time and order", async (_how, document) => {
    const done = await load(JSON.stringify(document), "?name=talk");
    expect(done).toMatchObject({ format: "conversation", created: 3, skipped: 1 });
    const found = await memories();
    expect(
      found.map((m) => [m.content, m.source.speaker, m.source.ref, m.scope.sessionId, m.validAt]),
    ).toEqual([
      ["How are you?", "Ann", "D1:1", "talk:session_1", "2023-05-08T13:56:00.000Z"],
      [
        "Look at this [shares a picture: a red boat]",
        "Bo",
        "D1:2",
        "talk:session_1",
        "2023-05-08T13:56:00.001Z",
      ],
      ["I moved to Bonn", "Bo", "D2:1", "talk:session_2", "2023-05-09T10:00:00.000Z"],
    ]);
    expect(found.every((m) => m.kind === "episode")).toBe(true);
    await t.revert({ groupId: done.groupId });
    expect(await memories()).toEqual([]);
  });

  it.each([
    ["no JSON", "{"],
    ["no turns in it", '{"a":1}'],
    ["an empty list", "[]"],
    ["null", "null"],
  ])("with %s is refused", async (_what, file) => {
    (await send(file, "?format=conversation")).problem("invalid_input");
    expect((await t.head()).seq).toBe(0);
  });
});

describe("options of an import", () => {
  it.each([
    ["format", "zip"],
    ["mode", "replace"],
    ["onError", "guess"],
  ])("refuse %s=%s by its name", async (name, value) => {
    const found = (await send(NDJSON, `?${name}=${value}`)).problem("invalid_input");
    expect(only(found.errors).path).toBe(name);
  });
});

describe("an export", () => {
  it("restored into an empty workspace is the same ledger, and again changes nothing", async () => {
    await load(NDJSON);
    const [ann, bo] = await memories();
    await t.owner.patch(`/memories/${ann?.id ?? ""}`, { content: "Ann likes green tea", pinned: true });
    await t.owner.post("/signals", { memories: [{ memoryId: ann?.id, verdict: "helpful" }] });
    const merged = (await t.owner.post("/merges", { sources: [ann?.id, bo?.id] })).as("merges.create");
    await t.revert({ changeIds: [merged.changes[2]?.id] });
    const head = await t.head();
    const exported = await t.owner.get("/export");
    expect(exported.headers.get("content-type")).toBe("application/x-ndjson");
    const other = await tenant();
    const restored = (await other.owner.post("/import?mode=restore", exported.text)).as("import.create");
    expect(restored.head).toEqual(head);
    expect(await other.head()).toEqual(head);
    expect((await other.read(merged.merge.resultId)).content).toBe(
      (await t.read(merged.merge.resultId)).content,
    );
    const again = (await other.owner.post("/import?mode=restore", exported.text)).as("import.create");
    expect(again.head).toEqual(head);
    expect(await other.head()).toEqual(head);
    const cut = exported.text.slice(0, -200);
    const third = await tenant();
    (await third.owner.post("/import?mode=restore", cut)).problem("invalid_input");
    expect((await third.head()).seq).toBe(0);
    (await other.owner.post("/memories", { content: "one more" })).as("memories.create");
    (await other.owner.post("/import?mode=restore", exported.text)).problem("conflict");
  });
});

describe("a point of the past", () => {
  it("is read by seq or by time, as the ledger had it then", async () => {
    const memory = await t.remember("first words");
    const second = (await t.owner.patch(`/memories/${memory.id}`, { content: "second words" })).as(
      "memories.update",
    );
    await t.owner.post("/signals", { memories: [{ memoryId: memory.id, verdict: "helpful" }] });
    const gone = await t.revert({ select: { fromSeq: 1 } });
    const asOf = async (point: string | number) =>
      (await t.owner.get(`/memories/${memory.id}?asOf=${encodeURIComponent(point)}`)).as("memories.get")
        .memory;
    expect((await asOf(1)).content).toBe("first words");
    expect(await asOf(2)).toMatchObject({ content: "second words", evidence: { alpha: 0 } });
    expect(await asOf(3)).toMatchObject({ content: "second words", evidence: { alpha: 1 } });
    expect((await asOf(second.changes[0]?.at ?? "")).content).toBe("second words");
    (await t.owner.get(`/memories/${memory.id}`)).problem("not_found");
    await t.revert({ groupId: gone.groupId });
    expect((await asOf(1)).content).toBe("first words");
  });

  it.each([["yesterday"], ["-1"], ["999999"], ["99999999999999999999"], ["2026-13-45"], ["1e3"]])(
    "that is none, such as %s, is refused by its name",
    async (point) => {
      const memory = await t.remember("as of never");
      const found = (await t.owner.get(`/memories/${memory.id}?asOf=${point}`)).problem("invalid_input");
      expect(only(found.errors).path).toBe("asOf");
    },
  );
});
