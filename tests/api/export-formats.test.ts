/** GET /export in every format, read back with libraries that we did not write, and imported again. */
import { gunzipSync } from "node:zlib";
import { parse as parseCsv } from "csv-parse/sync";
import { unzipSync } from "fflate";
import { beforeEach, describe, expect, it } from "vitest";
import { extract } from "tar-stream";
import { parse as parseYaml } from "yaml";

import { only, tenant, type Tenant } from "../support/tenant";
import { HOST } from "../support/rest";
import { routeFor } from "../support/routes";

let t: Tenant;
beforeEach(async () => {
  t = await tenant();
});

/** The bytes of an export; `rest` reads texts. */
async function download(format: string, from: Tenant = t) {
  const { route, params } = await routeFor("/export");
  const request = new Request(`http://${HOST}/api/v1/export?format=${format}`, {
    headers: { host: HOST, authorization: `Bearer ${from.workspace.secrets.owner}` },
  });
  const response = await route.handlers.get("GET")?.(request, { params: Promise.resolve(params) });
  if (response === undefined) throw new Error("GET /export is not there");
  expect(response.status).toBe(200);
  return { headers: response.headers, bytes: new Uint8Array(await response.arrayBuffer()) };
}
const textOf = (bytes: Uint8Array) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);
const jsonLines = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** A workspace with a merge, a supersession, a session, an archived, a deleted and an erased memory. */
async function furnished() {
  const tea = await t.remember("Ann likes tea", {
    kind: "preference",
    tags: ["drink"],
    scope: { userId: "ann", sessionId: "s/1" },
    metadata: { sure: true },
  });
  const cup = await t.remember("Ann drinks tea", { scope: { userId: "ann", sessionId: "s/1" } });
  const oslo = await t.remember("Ann lives in Oslo");
  const bergen = await t.remember('Ann lives in Bergen: "yes", #really [[no]]');
  const sum = await t.remember("=SUM(A1:A9)", { source: { speaker: "@eve" } });
  const gone = await t.remember("Ann had a cat");
  const erased = await t.remember("Ann's secret");
  const merged = (await t.owner.post("/merges", { sources: [tea.id, cup.id] })).as("merges.create");
  await t.owner.patch(`/memories/${oslo.id}`, { supersededBy: bergen.id });
  await t.owner.patch(`/memories/${sum.id}`, { lifecycle: "archived" });
  await t.owner.delete(`/memories/${gone.id}`);
  await t.owner.post(`/memories/${erased.id}/purge`, { confirm: erased.id });
  return { tea, cup, oslo, bergen, sum, resultId: merged.merge.resultId };
}
const THERE = [
  "=SUM(A1:A9)",
  "Ann drinks tea",
  "Ann likes tea",
  'Ann lives in Bergen: "yes", #really [[no]]',
  "Ann lives in Oslo",
];

describe("CSV", () => {
  it("holds every memory that is there, and no cell that a spreadsheet would reckon with", async () => {
    await furnished();
    const { bytes, headers } = await download("csv");
    expect(headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(headers.get("content-disposition")).toMatch(/filename="palimpsest-\d{4}-\d\d-\d\d\.csv"/u);
    const rows: Record<string, string>[] = parseCsv(Buffer.from(bytes), { bom: true, columns: true });
    const texts = rows.map((row) => row["content"]?.replace(/^'/u, ""));
    expect(texts).toEqual(expect.arrayContaining(THERE));
    expect(textOf(bytes)).not.toContain("secret");
    expect(textOf(bytes)).not.toContain("cat");
    const cells = rows.flatMap((row) => Object.values(row));
    expect(cells.filter((cell) => /^[=+\-@\t\r]/u.test(cell))).toEqual([]);
    expect(only(rows.filter((row) => row["content"] === "Ann likes tea"))).toMatchObject({
      kind: "preference",
      tags: "drink",
      userId: "ann",
      metadata: '{"sure":true}',
    });
    const other = await tenant();
    const back = (await other.owner.post("/import", bytes)).as("import.create");
    expect(back).toMatchObject({ format: "csv", error: null, unknownFields: [] });
    // A merge may say what one of its sources says, word for word.
    expect(back.created + back.duplicates).toBe(rows.length);
    const listed = (await other.owner.get("/memories?lifecycle=all&limit=200")).as("memories.list").items;
    expect(listed.map((m) => m.content)).toContain("=SUM(A1:A9)");
    expect(listed.find((m) => m.content === "Ann likes tea")).toMatchObject({
      metadata: { sure: true },
      scope: { userId: "ann" },
    });
  });
});

describe("Markdown", () => {
  it("is a vault: a note per memory whose properties any YAML reader reads, and links that lead somewhere", async () => {
    const { tea, oslo, bergen, resultId } = await furnished();
    const { bytes } = await download("markdown");
    const files = new Map(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, textOf(part)]));
    const notes = [...files]
      .filter(([name]) => name.startsWith("memories/"))
      .map(([name, text]) => {
        const [, head = "", body = ""] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/u.exec(text) ?? [];
        return { name, body: body.trimEnd(), head: parseYaml(head) as Record<string, unknown> };
      });
    expect(notes.map((note) => note.body)).toEqual(expect.arrayContaining(THERE));
    for (const { name } of notes) expect(name).not.toMatch(/[[\]#^|\\:*"<>?]/u);
    const targets = [...files.keys()].map((name) => name.split("/").at(-1)?.replace(/\.md$/u, ""));
    const links = notes
      .flatMap(({ head }) =>
        ["in_session", "merged_into", "merged_from", "superseded_by"].flatMap((key) => head[key] ?? []),
      )
      .map((link) => String(link).slice(2, -2));
    expect(links.length).toBeGreaterThanOrEqual(7);
    expect(links.filter((target) => !targets.includes(target))).toEqual([]);
    const headOf = (id: string) => only(notes.filter(({ head }) => head["palimpsest"] === id)).head;
    expect(headOf(tea.id)).toMatchObject({
      kind: "preference",
      tags: ["drink"],
      session: "s/1",
      metadata: { sure: true },
    });
    expect(String(headOf(tea.id)["merged_into"])).toContain(resultId.slice(-12));
    expect(String(headOf(oslo.id)["superseded_by"])).toContain(bergen.id.slice(-12));
    expect(only([...files.keys()].filter((name) => name.startsWith("sessions/")))).toBe(
      "sessions/session 1 s 1.md",
    );
    const other = await tenant();
    const back = (await other.owner.post("/import", bytes)).as("import.create");
    expect(back).toMatchObject({ format: "markdown", error: null, moved: 1, unknownFields: [] });
    expect(back.created + back.duplicates).toBe(notes.length);
  });
});

describe("COGX", () => {
  async function untarred(bytes: Uint8Array): Promise<Map<string, string>> {
    const entries = extract();
    entries.end(gunzipSync(bytes));
    const files = new Map<string, string>();
    for await (const entry of entries) {
      const parts: Uint8Array[] = [];
      for await (const part of entry as AsyncIterable<Uint8Array>) parts.push(part);
      files.set(entry.header.name, textOf(Buffer.concat(parts)));
    }
    return files;
  }

  it("holds a manifest with true counts, memory records, and the ledger, which restores to the same digest", async () => {
    await furnished();
    const head = await t.head();
    const files = await untarred((await download("cogx")).bytes);
    const records = jsonLines(files.get("memories.jsonl") ?? "");
    expect(JSON.parse(files.get("manifest.json") ?? "")).toMatchObject({
      cogx_version: "0.1",
      source_system: "palimpsest",
      counts: { memory: records.length },
    });
    expect(
      records.every((record) => record["kind"] === "memory" && typeof record["external_id"] === "string"),
    ).toBe(true);
    expect(records.map((record) => record["content"])).toEqual(expect.arrayContaining(THERE));
    const other = await tenant();
    const restored = (await other.owner.post("/import?mode=restore", files.get("changes.jsonl") ?? "")).as(
      "import.create",
    );
    expect(restored.head).toEqual(head);
    expect(await other.head()).toEqual(head);
  });

  it("imported elsewhere brings the memories", async () => {
    await furnished();
    const other = await tenant();
    const back = (await other.owner.post("/import", (await download("cogx")).bytes)).as("import.create");
    expect(back).toMatchObject({ format: "cogx", unknownFields: [], error: null });
    expect(back.created).toBeGreaterThanOrEqual(THERE.length);
    expect(back.notes.join()).toContain("mode=restore");
  });
});

describe("judged pairs", () => {
  async function judge(query: string, verdicts: Readonly<Record<string, "helpful" | "harmful">>) {
    const { retrievalId } = await t.recall(query);
    const memories = Object.entries(verdicts).map(([memoryId, verdict]) => ({ memoryId, verdict }));
    return (await t.owner.post("/signals", { retrievalId, memories })).as("signals.create");
  }
  const pairs = async () => {
    const [head, ...lines] = jsonLines(textOf((await download("pairs")).bytes));
    return {
      counts: head?.["counts"] as { train: Record<string, number>; test: Record<string, number> },
      lines,
    };
  };

  it("hold what helped and what did not, per question, as pairs, triplets and preferences, and count them", async () => {
    const tea = await t.remember("Ann drinks green tea in the morning");
    const bus = await t.remember("The bus leaves at nine in the morning");
    const cat = await t.remember("The cat sleeps all morning");
    await judge("what does Ann drink in the morning?", {
      [tea.id]: "helpful",
      [bus.id]: "harmful",
      [cat.id]: "harmful",
    });
    const { counts, lines } = await pairs();
    expect(counts).toEqual({
      train: { questions: 1, helpful: 1, unhelpful: 2, triplets: 2, preferences: 2 },
      test: { questions: 0, helpful: 0, unhelpful: 0, triplets: 0, preferences: 0 },
    });
    const anchor = "what does Ann drink in the morning?";
    expect(
      lines
        .filter((l) => l["type"] === "triplet")
        .map((l) => [l["anchor"], l["positive"], l["negative"]])
        .sort(),
    ).toEqual(
      [
        [anchor, tea.content, bus.content],
        [anchor, tea.content, cat.content],
      ].sort(),
    );
    expect(
      lines
        .filter((l) => l["type"] === "preference")
        .every((l) => l["prompt"] === anchor && l["chosen"] === tea.content),
    ).toBe(true);
    expect(lines.filter((l) => l["type"] === "pair").map((l) => [l["memoryId"], l["label"]])).toEqual(
      expect.arrayContaining([
        [tea.id, 1],
        [bus.id, 0],
        [cat.id, 0],
      ]),
    );
  });

  it("know nothing of evidence that was taken back, nor of memories that were erased, deleted or held back", async () => {
    const kept = await t.remember("Bo plays chess on Fridays");
    const others = [];
    for (const what of ["erased", "deleted", "held back", "reverted"])
      others.push(await t.remember(`Bo plays ${what} games on Fridays`));
    const [erased, deleted, held, reverted] = others.map((m) => m.id);
    await judge("what does Bo play on Fridays?", {
      [kept.id]: "helpful",
      [erased ?? ""]: "harmful",
      [deleted ?? ""]: "harmful",
      [held ?? ""]: "harmful",
    });
    const taken = await judge("what does Bo play on Fridays?", { [reverted ?? ""]: "harmful" });
    expect((await pairs()).counts.train).toMatchObject({ helpful: 1, unhelpful: 4 });
    await t.revert({ groupId: taken.changes[0]?.groupId });
    await t.owner.post(`/memories/${erased ?? ""}/purge`, { confirm: erased });
    await t.owner.delete(`/memories/${deleted ?? ""}`);
    await t.owner.patch(`/memories/${held ?? ""}`, { quarantined: true });
    const { counts, lines } = await pairs();
    expect(counts.train).toMatchObject({ helpful: 1, unhelpful: 0, triplets: 0 });
    expect(lines.map((l) => l["memoryId"])).toEqual([kept.id]);
  });

  it("keep all wordings of a question on one side, and hold some questions out", async () => {
    const topics = [
      "tea",
      "chess",
      "Oslo",
      "the violin",
      "bread",
      "sailing",
      "tax forms",
      "the printer",
      "roses",
      "the marathon",
    ];
    for (const topic of topics) {
      const fact = await t.remember(`Ann knows much about ${topic}`);
      await judge(`What does Ann know about ${topic}?`, { [fact.id]: "helpful" });
      await judge(`what does Ann know about ${topic}`, { [fact.id]: "helpful" });
      await judge(`About ${topic} what does Ann know?`, { [fact.id]: "helpful" });
    }
    const { counts, lines } = await pairs();
    const sides = new Map<unknown, Set<unknown>>();
    for (const l of lines) sides.set(l["text"], (sides.get(l["text"]) ?? new Set()).add(l["split"]));
    expect([...sides.values()].map((side) => side.size)).toEqual(topics.map(() => 1));
    expect(counts.train["questions"]).toBeGreaterThan(counts.test["questions"] ?? 0);
  });
});

describe("options of an export", () => {
  it("refuse a format that there is not by its name", async () => {
    expect(only((await t.owner.get("/export?format=pdf")).problem("invalid_input").errors).path).toBe(
      "format",
    );
  });
});
