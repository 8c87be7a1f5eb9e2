/**
 * That looking changes nothing that is measured: after every read of the table, of the present and of an earlier state, and after
 * every preview, the ledger has the same digest, every table as many rows, and every memory as many uses as before.
 */
import { beforeAll, describe, expect, it } from "vitest";

import { OPERATION_IDS, operations, type Operation, type OperationId } from "@/lib/contracts/operations";
import { inWorkspace } from "@/lib/store/prisma";
import { allRead } from "@/lib/search/follow-graph";
import { allEmbedded, liveIndex } from "@/lib/search/live-index";
import { laidOut } from "@/lib/search/graph-layout";
import { tenant, type Tenant } from "../support/tenant";

let t: Tenant;
let ids: Readonly<Record<string, string>>;

/** An import, an export of everything and a stream have answers of their own kind; `openapi` needs no workspace. */
const reads = OPERATION_IDS.filter(
  (id) => operations[id].method === "GET" && !["events", "openapi"].includes(id),
);

/** Which id stands in a path, by the beginning of the operation's name. */
const inPath = (id: OperationId): string => {
  const [of = ""] = id.split(".");
  return ids[of] ?? ids["memories"] ?? "";
};

beforeAll(async () => {
  t = await tenant();
  const first = (
    await t.owner.post("/memories", { content: "Ada lives in Ulm with Bo", scope: { sessionId: "s" } })
  ).as("memories.create");
  await t.remember("Bo plays the piano in Ulm", { scope: { sessionId: "s" } });
  const { retrievalId } = await t.recall("Where does Ada live?");
  await t.owner.post("/signals", { retrievalId, outcome: 1 });
  await t.owner.patch(`/memories/${first.memory.id}`, { pinned: true });
  const cycle = (await t.owner.post("/cycles", { dryRun: true })).as("cycles.run").cycle.id;
  const entities = (await t.owner.get("/entities")).as("entities.list").items;
  const webhook = (await t.owner.post("/webhooks", { url: "http://127.0.0.1:9/" })).as("webhooks.create")
    .webhook.id;
  ids = {
    memories: first.memory.id,
    changes: first.changes[0]?.id ?? "",
    retrievals: retrievalId ?? "",
    cycles: cycle,
    entities: entities[0]?.id ?? "",
    webhooks: webhook,
  };
  // What follows a write beside it, such as vectors and the places of names, is no work of whoever looks later.
  await allEmbedded(t.workspace.workspaceId);
  const { index } = await liveIndex(t.workspace.workspaceId);
  await t.owner.get("/graph");
  await Promise.all([allRead(index), laidOut(index)]);
});

const measured = () =>
  inWorkspace(t.workspace.workspaceId, async (tx) => {
    const tables = await tx.$queryRaw<{ name: string }[]>`
      SELECT c.relname AS "name" FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = current_schema() AND c.relkind = 'r' ORDER BY 1`;
    const [counts] = await tx.$queryRaw<Record<string, unknown>[]>`
      SELECT (SELECT encode("headDigest", 'hex') FROM "Workspace" WHERE "id" = current_setting('app.workspace')::uuid) AS "digest",
        (SELECT jsonb_agg(jsonb_build_array("memoryId", "uses", "lastUsedAt") ORDER BY "memoryId") FROM "MemoryUse" WHERE "workspaceId" = current_setting('app.workspace')::uuid) AS "uses",
        (SELECT jsonb_agg(jsonb_build_array("id", "seq", "updatedAt", "evidence") ORDER BY "id") FROM "Memory" WHERE "workspaceId" = current_setting('app.workspace')::uuid) AS "memories",
        (SELECT jsonb_object_agg(s.relname, (xpath('/row/c/text()', query_to_xml(format('SELECT count(*) AS c FROM %I WHERE "workspaceId" = %L', s.relname, current_setting('app.workspace')), false, true, '')))[1]::text)
          FROM pg_class s JOIN pg_namespace n ON n.oid = s.relnamespace WHERE n.nspname = current_schema() AND s.relkind = 'r'
            AND s.relname NOT IN ('AccessEvent', '_prisma_migrations') AND EXISTS (
              SELECT 1 FROM pg_attribute a WHERE a.attrelid = s.oid AND a.attname = 'workspaceId' AND NOT a.attisdropped)) AS "rows"`;
    return { tables: tables.length, ...counts };
  });

function path(id: OperationId): string {
  const row: Operation = operations[id];
  const filled = row.path
    .replace("{id}", inPath(id))
    .replace("{name}", "recall.weight.utility")
    .replace("{role}", "extraction");
  return id === "retrievals.explain" ? `${filled}?memory=${ids["memories"] ?? ""}` : filled;
}

describe("looking", () => {
  it("at anything, of now or of then, leaves digest, uses and every table as they were", async () => {
    const before = await measured();
    for (const id of reads) {
      const answer = await t.owner.get(path(id));
      expect(answer.status, `${id}: ${answer.text.slice(0, 200)}`).toBe(200);
      const { past }: Operation = operations[id];
      if (past === undefined) continue;
      const earlier = await t.owner.get(`${path(id)}${path(id).includes("?") ? "&" : "?"}${past}=2`);
      // What came later is not there yet, and says so.
      expect([200, 404], `${id} at 2: ${earlier.text.slice(0, 200)}`).toContain(earlier.status);
    }
    expect(await measured()).toEqual(before);
  });

  it("at what a command would do leaves them as they were, too", async () => {
    const before = await measured();
    const asked = { query: "Where does Ada live?" };
    await t.owner.post("/recall", { ...asked, dryRun: true, explain: true });
    await t.owner.post("/recall", { ...asked, stateAt: "2" });
    await t.owner.post("/reverts", { changeIds: [ids["changes"]], dryRun: true });
    await t.owner.post("/memories/bulk", { ids: [ids["memories"]], action: "archive", dryRun: true });
    await t.owner.post("/import?dryRun=true", '{"content":"new"}\n');
    expect(await measured()).toEqual(before);
  });

  it("would be caught by this test if it wrote: a recall that counts is", async () => {
    const before = await measured();
    await t.recall("Where does Ada live?");
    expect(await measured()).not.toEqual(before);
  });
});
