/** That an export, restored elsewhere, is the same ledger and the same state, and that nothing else can be restored. */
import { beforeAll, describe, expect, it } from "vitest";

import { createMemory } from "@/lib/commands/create-memory";
import { purgeMemory } from "@/lib/commands/purge-memory";
import { updateMemory } from "@/lib/commands/update-memory";
import { memoryId } from "@/lib/domain/ids";
import { exportLedger } from "@/lib/queries/export-ledger";
import { getMemory } from "@/lib/queries/memory";
import { listChanges } from "@/lib/queries/timeline";
import { verify } from "@/lib/queries/verify";
import { inWorkspace } from "@/lib/store/prisma";
import type { ExportLine } from "@/lib/store/read-export";
import { restoreLedger } from "@/lib/store/restore";
import { constantSql } from "@/lib/store/sql";
import { merge } from "../support/acts";
import { refusal } from "../support/answers";
import { busyWorkspace, type BusyWorkspace } from "../support/busy-workspace";
import { freshWorkspace, type TestWorkspace } from "../support/workspace";

let source: BusyWorkspace;
let exported: string[];

beforeAll(async () => {
  source = await busyWorkspace();
  const { owner } = source;
  const sources = [];
  for (const content of ["Ann is 40", "Ann lives in Ulm"])
    sources.push((await createMemory(owner, { content, tags: [content] })).memory.id);
  await merge(owner, sources, "Ann is 40, in Ulm", { madeFrom: sources.map(memoryId), tags: ["Ann is 40"] });
  await purgeMemory(owner, { id: sources[0] ?? "", confirm: sources[0] ?? "" });
  await epoch(source, "e1", { words: "straße 😀 ".repeat(60_000) });
  exported = await linesOf(source);
});

async function linesOf(workspace: TestWorkspace): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of exportLedger(workspace.owner)) lines.push(line);
  expect(lines.every((line) => line.indexOf("\n") === line.length - 1)).toBe(true);
  return lines.map((line) => line.trimEnd());
}

async function* numbered(lines: readonly string[]): AsyncGenerator<ExportLine> {
  for (const [i, text] of lines.entries()) yield { line: i + 1, text };
}
const restore = (workspace: TestWorkspace, lines: readonly string[] = exported) =>
  restoreLedger(workspace.owner, numbered(lines));

async function epoch({ owner }: TestWorkspace, id: string, statistics: object): Promise<void> {
  await inWorkspace(owner.workspaceId, async (tx) => {
    await tx.$executeRaw`
      INSERT INTO "Epoch" ("workspaceId", "id", "seq", "createdAt", "statistics")
      VALUES (${owner.workspaceId}::uuid, ${id}, 3, ${new Date(owner.now())}, ${JSON.stringify(statistics)}::jsonb)`;
  });
}

const TABLES = [
  "Change",
  "ChangeText",
  "ChangeStatus",
  "ChangeEffect",
  "Memory",
  "Relation",
  "GraphEdit",
  "WorkspaceState",
  "Epoch",
];

/** Every row of the ledger and the projection as text, without the workspace it is in. */
async function rowsOf({ workspaceId }: TestWorkspace): Promise<Record<string, string[]>> {
  return inWorkspace(workspaceId, async (tx) => {
    const tables: Record<string, string[]> = {};
    for (const table of TABLES) {
      const rows = await tx.$queryRaw<{ row: string }[]>`
        SELECT (to_jsonb(t) - 'workspaceId')::text AS "row" FROM ${constantSql(`"${table}"`)} t ORDER BY 1`;
      tables[table] = rows.map((r) => r.row);
    }
    return tables;
  });
}

/** An edit of one line of the export, which the test takes for granted to be there. */
function altered(at: number, edit: (line: Record<string, unknown>) => object): string[] {
  return exported.map((text, i) =>
    i === at ? JSON.stringify(edit(JSON.parse(text) as Record<string, unknown>)) : text,
  );
}

describe("a restored ledger", () => {
  it("is the same in every row of ledger and projection, and verifies with the same digests", async () => {
    const copy = await freshWorkspace();
    const { head, changes } = await restore(copy);
    const [before, after] = [await verify(source.owner), await verify(copy.owner)];
    expect(after).toEqual(before);
    expect(after.ok).toBe(true);
    expect(head).toEqual(before.head);
    expect(changes).toBe(before.chain.checked);
    const [expected, rows] = [await rowsOf(source), await rowsOf(copy)];
    for (const table of TABLES) {
      expect(expected[table]?.length, table).toBeGreaterThan(0);
      expect(rows[table], table).toEqual(expected[table]);
    }
  });

  it("answers alike, goes on from where it was, and exports as it was", async () => {
    const copy = await freshWorkspace({ start: source.clock.now() });
    await restore(copy);
    const { tea } = source.memories;
    expect(await getMemory(copy.owner, { id: tea })).toEqual(await getMemory(source.owner, { id: tea }));
    const timeline = async (workspace: TestWorkspace) =>
      (await listChanges(workspace.owner, { limit: 200 })).items.map(({ actor: _actor, ...c }) => c);
    expect(await timeline(copy)).toEqual(await timeline(source));
    expect((await linesOf(copy)).slice(1)).toEqual(exported.slice(1));
    await updateMemory(copy.owner, { id: tea, content: "white tea" });
    expect(await verify(copy.owner)).toMatchObject({ ok: true });
  });

  it("restored again is left as it is", async () => {
    const copy = await freshWorkspace();
    const first = await restore(copy);
    const rows = await rowsOf(copy);
    expect(await restore(copy)).toEqual({ ...first, changes: 0 });
    expect(await rowsOf(copy)).toEqual(rows);
  });

  it("may be empty", async () => {
    const lines = await linesOf(await freshWorkspace());
    expect(await restore(await freshWorkspace(), lines)).toMatchObject({ changes: 0, head: { seq: 0 } });
  });

  it("does not hold what was erased", () => {
    expect(exported.join("\n")).not.toContain("Ann is 40");
    expect(exported.join("\n")).toContain("Ann lives in Ulm");
  });
});

describe("a workspace that holds another ledger", () => {
  it("refuses a restore and stays as it is", async () => {
    const other = await freshWorkspace();
    await createMemory(other.owner, { content: "mine" });
    const rows = await rowsOf(other);
    expect((await refusal(restore(other))).code).toBe("conflict");
    expect(await rowsOf(other)).toEqual(rows);
  });

  it("refuses also when it is an earlier part of the same ledger, or a later one", async () => {
    const copy = await freshWorkspace();
    await restore(copy);
    await createMemory(copy.owner, { content: "one more" });
    expect((await refusal(restore(copy))).code).toBe("conflict");
  });
});

describe("a file that was altered or cut off", () => {
  const lastChange = () => exported.findLastIndex((line) => line.includes('"type":"change"'));
  const cases: [string, () => string[], number | (() => number)][] = [
    ["another text", () => altered(1, (c) => ({ ...c, texts: { content: "coffee" } })), 2],
    ["another actor", () => altered(4, (c) => ({ ...c, actor: "key:mallory" })), 5],
    ["another time", () => altered(4, (c) => ({ ...c, at: "2026-12-24T00:00:00.000Z" })), 5],
    ["another digest", () => altered(4, (c) => ({ ...c, digest: "00".repeat(32) })), 5],
    ["texts taken out", () => altered(1, (c) => ({ ...c, texts: null, salt: null })), 2],
    [
      "texts added",
      () => altered(lastChange(), (c) => ({ ...c, texts: { reason: "x" }, salt: "00" })),
      () => lastChange() + 1,
    ],
    ["a line left out", () => exported.filter((_, i) => i !== 6), 7],
    ["a line twice", () => [...exported.slice(0, 7), ...exported.slice(6)], 8],
    [
      "two lines swapped",
      () => exported.map((line, i) => (i === 6 ? exported[7] : i === 7 ? exported[6] : line) ?? ""),
      7,
    ],
    ["its end missing", () => exported.slice(0, lastChange()), lastChange],
    [
      "its last line cut",
      () => [...exported.slice(0, lastChange()), (exported[lastChange()] ?? "").slice(0, 80)],
      () => lastChange() + 1,
    ],
    ["no head", () => exported.slice(1), 1],
    ["two heads", () => [...exported, exported[0] ?? ""], () => exported.length + 1],
    ["a head of a later version", () => altered(0, (h) => ({ ...h, version: 2 })), 1],
    ["a payload of another form", () => altered(1, (c) => ({ ...c, payload: {} })), 2],
    ["an op that does not exist", () => altered(1, (c) => ({ ...c, op: "forget" })), 2],
    ["a column missing", () => altered(1, ({ groupId: _groupId, ...c }) => c), 2],
    [
      "something else in it",
      () => [...exported.slice(0, 3), '{"content":"a memory"}', ...exported.slice(3)],
      4,
    ],
    ["no JSON in it", () => [...exported.slice(0, 3), "tea", ...exported.slice(3)], 4],
  ];
  it.each(cases)("with %s is refused by its line and changes nothing", async (_what, lines, line) => {
    const copy = await freshWorkspace();
    const found = await refusal(restore(copy, lines()));
    expect(found.code).toBe("invalid_input");
    expect(found.extra).toEqual({ line: typeof line === "number" ? line : line() });
    expect(Object.values(await rowsOf(copy)).flat()).toEqual([]);
    expect(await verify(copy.owner)).toMatchObject({ ok: true, head: { seq: 0 } });
  });

  it("that is empty is refused", async () => {
    expect((await refusal(restore(await freshWorkspace(), []))).code).toBe("invalid_input");
  });

  it("with its word statistics cut is refused", async () => {
    const parts = exported.filter((line) => line.includes('"type":"epoch"'));
    expect(parts.length).toBeGreaterThan(1);
    expect((await refusal(restore(await freshWorkspace(), exported.slice(0, -1)))).code).toBe(
      "invalid_input",
    );
  });
});
