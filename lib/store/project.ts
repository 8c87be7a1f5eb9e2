import { objectOf, targetKey, type Change } from "@/lib/domain/ledger/change";
import { belief } from "@/lib/domain/memory/confidence";
import { effectOf } from "@/lib/domain/ledger/effect";
import { exists as relationExists } from "@/lib/domain/registers/relation-registers";
import { isEdited as isEditedEdge } from "@/lib/domain/registers/edge-registers";
import { isEdited as isEditedEntity } from "@/lib/domain/registers/entity-registers";
import { initial as emptyMemory, type MemoryRegisters } from "@/lib/domain/registers/memory-registers";
import { chunks } from "./chunks";
import { sha256 } from "./digest";
import type { Applied } from "@/lib/domain/ledger/apply";
import type { MemoryId, Millis, Seq, WorkspaceId } from "@/lib/domain/ids";
import type { MemoryView } from "@/lib/domain/memory/memory";
import type { Parameters } from "@/lib/domain/parameters";
import type { Tx } from "./prisma";

/** What every row of one append shares. */
export interface Stamp {
  readonly workspaceId: WorkspaceId;
  readonly seq: Seq;
  readonly at: Millis;
  readonly parameters: Parameters;
}

/** Writes what an append did to the projection: statuses, registers, views, effects. Only `append` and `rebuild` call it. */
export async function project(tx: Tx, applied: Applied, stamp: Stamp): Promise<void> {
  await Promise.all([
    projectMemories(tx, memoryRows(applied, stamp)),
    projectRelations(tx, applied, stamp),
    projectWorkspace(tx, applied, stamp),
    projectGraphEdits(tx, applied, stamp),
    projectStatuses(tx, applied, stamp),
    projectEffects(tx, applied, stamp),
  ]);
}

function memoryRows(applied: Applied, stamp: Stamp): object[] {
  const tied = new Set(applied.changes.flatMap((c) => (c.op === "member" ? [c.target.id, objectOf(c)] : [])));
  return [...applied.memories].map(([id, { after }]) => {
    const own = applied.targets.get(targetKey({ type: "memory", id }))?.after;
    return memoryRow(after, own?.type === "memory" ? own.of : null, { ...stamp, kin: tied.has(id) });
  });
}

/** Stands where a row's registers stay as they are: its view moved because a relative's did. */
const KEEP = "keep";

/** One row of "Memory". `registers: null` leaves the stored ones, for kin whose view alone moved. */
export function memoryRow(
  view: MemoryView,
  registers: MemoryRegisters | null,
  stamp: Stamp & { readonly kin: boolean },
): object {
  const { scope, source } = view;
  return {
    workspaceId: stamp.workspaceId,
    id: view.id,
    exists: view.exists,
    erased: view.erased,
    content: view.content,
    contentHash: Buffer.from(contentHash(view)).toString("hex"),
    kind: view.kind,
    tags: view.tags,
    metadata: view.metadata,
    userId: scope.userId ?? null,
    agentId: scope.agentId ?? null,
    runId: scope.runId ?? null,
    sessionId: scope.sessionId ?? null,
    channel: source.channel,
    sourceRef: source.ref ?? null,
    speaker: source.speaker ?? null,
    trust: view.trust,
    lifecycle: view.lifecycle,
    pinned: view.pinned,
    quarantined: view.quarantined,
    mergedInto: view.mergedInto,
    mergedFrom: view.mergedFrom,
    supersededBy: view.supersededBy,
    contestedWith: view.contestedWith,
    validAt: iso(view.validAt),
    invalidAt: view.invalidAt === null ? null : iso(view.invalidAt),
    createdAt: iso(view.createdAt),
    updatedAt: iso(stamp.at),
    createdBy: view.createdBy,
    evidence: view.evidence,
    confidence: belief(view.evidence, { kind: view.kind, now: null, parameters: stamp.parameters })
      .confidence,
    registers: registers === null ? KEEP : compact(registers),
    kin: stamp.kin,
    seq: stamp.seq,
  };
}

/** Hash under which an exact duplicate is found: the words and whose they are. */
export function contentHash(view: Pick<MemoryView, "content" | "scope">): Uint8Array<ArrayBuffer> {
  const { userId = "", agentId = "", runId = "", sessionId = "" } = view.scope;
  return sha256(JSON.stringify([view.content, userId, agentId, runId, sessionId]));
}

/** Registers without those that hold nothing; most memories have two or three of sixteen. */
export function compact(registers: MemoryRegisters): Partial<MemoryRegisters> {
  const isEmpty = (key: string, value: unknown) =>
    JSON.stringify(value) ===
    JSON.stringify((emptyMemory as Record<string, unknown> & typeof emptyMemory)[key]); // a record of the same object
  return Object.fromEntries(Object.entries(registers).filter(([key, value]) => !isEmpty(key, value)));
}

export async function projectMemories(tx: Tx, rows: readonly object[]): Promise<void> {
  for (const part of chunks(rows)) await upsertMemories(tx, part);
}

async function upsertMemories(tx: Tx, rows: readonly object[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Memory" AS m ("workspaceId", "id", "exists", "erased", "content", "contentHash", "kind", "tags", "metadata", "userId", "agentId", "runId",
      "sessionId", "channel", "sourceRef", "speaker", "trust", "lifecycle", "pinned", "quarantined", "mergedInto", "mergedFrom", "supersededBy",
      "contestedWith", "validAt", "invalidAt", "createdAt", "updatedAt", "createdBy", "evidence", "confidence", "registers", "kin", "seq")
    SELECT r."workspaceId", r."id", r."exists", r."erased", r."content", decode(r."contentHash", 'hex'), r."kind", r."tags", r."metadata", r."userId",
      r."agentId", r."runId", r."sessionId", r."channel", r."sourceRef", r."speaker", r."trust", r."lifecycle", r."pinned", r."quarantined",
      r."mergedInto", r."mergedFrom", r."supersededBy", r."contestedWith", r."validAt", r."invalidAt", r."createdAt", r."updatedAt", r."createdBy",
      r."evidence", r."confidence", r."registers", r."kin", r."seq"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("workspaceId" uuid, "id" uuid, "exists" boolean, "erased" boolean, "content" text,
      "contentHash" text, "kind" text, "tags" text[], "metadata" jsonb, "userId" text, "agentId" text, "runId" text, "sessionId" text, "channel" text,
      "sourceRef" text, "speaker" text, "trust" text, "lifecycle" text, "pinned" boolean, "quarantined" boolean, "mergedInto" uuid, "mergedFrom" uuid[],
      "supersededBy" uuid, "contestedWith" uuid[], "validAt" timestamptz, "invalidAt" timestamptz, "createdAt" timestamptz, "updatedAt" timestamptz,
      "createdBy" uuid, "evidence" jsonb, "confidence" float8, "registers" jsonb, "kin" boolean, "seq" bigint)
    ON CONFLICT ("workspaceId", "id") DO UPDATE SET
      "exists" = excluded."exists", "erased" = excluded."erased", "content" = excluded."content", "contentHash" = excluded."contentHash",
      "kind" = excluded."kind", "tags" = excluded."tags", "metadata" = excluded."metadata", "userId" = excluded."userId", "agentId" = excluded."agentId",
      "runId" = excluded."runId", "sessionId" = excluded."sessionId", "channel" = excluded."channel", "sourceRef" = excluded."sourceRef",
      "speaker" = excluded."speaker", "trust" = excluded."trust", "lifecycle" = excluded."lifecycle", "pinned" = excluded."pinned",
      "quarantined" = excluded."quarantined", "mergedInto" = excluded."mergedInto", "mergedFrom" = excluded."mergedFrom",
      "supersededBy" = excluded."supersededBy", "contestedWith" = excluded."contestedWith", "validAt" = excluded."validAt",
      "invalidAt" = excluded."invalidAt", "createdAt" = excluded."createdAt", "updatedAt" = excluded."updatedAt", "createdBy" = excluded."createdBy",
      "evidence" = excluded."evidence", "confidence" = excluded."confidence",
      "registers" = CASE WHEN excluded."registers" = '"keep"'::jsonb THEN m."registers" ELSE excluded."registers" END,
      "kin" = m."kin" OR excluded."kin", "seq" = excluded."seq"`;
}

async function projectRelations(tx: Tx, applied: Applied, stamp: Stamp): Promise<void> {
  const rows = [...applied.targets].flatMap(([key, { after }]) =>
    after.type !== "relation"
      ? []
      : [
          {
            workspaceId: stamp.workspaceId,
            id: key.slice("relation:".length),
            exists: relationExists(after.of),
            ends: after.of.ends,
            registers: after.of,
            seq: stamp.seq,
          },
        ],
  );
  if (rows.length === 0) return;
  // A relation whose link was reverted keeps its ends, so that redoing the link needs no other source.
  await tx.$executeRaw`
    INSERT INTO "Relation" AS x ("workspaceId", "id", "exists", "fromId", "toId", "relation", "registers", "seq")
    SELECT r."workspaceId", r."id", r."exists", coalesce((r."ends"->>'from')::uuid, r."id"), coalesce((r."ends"->>'to')::uuid, r."id"),
      coalesce(r."ends"->>'relation', ''), r."registers", r."seq"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("workspaceId" uuid, "id" uuid, "exists" boolean, "ends" jsonb, "registers" jsonb, "seq" bigint)
    ON CONFLICT ("workspaceId", "id") DO UPDATE SET "exists" = excluded."exists", "registers" = excluded."registers", "seq" = excluded."seq",
      "fromId" = CASE WHEN excluded."relation" = '' THEN x."fromId" ELSE excluded."fromId" END,
      "toId" = CASE WHEN excluded."relation" = '' THEN x."toId" ELSE excluded."toId" END,
      "relation" = CASE WHEN excluded."relation" = '' THEN x."relation" ELSE excluded."relation" END`;
}

async function projectGraphEdits(tx: Tx, applied: Applied, stamp: Stamp): Promise<void> {
  const rows = [...applied.targets].flatMap(([key, { after }]) =>
    after.type !== "entity" && after.type !== "edge"
      ? []
      : [
          {
            workspaceId: stamp.workspaceId,
            id: key.slice(after.type.length + 1),
            targetType: after.type,
            exists: after.type === "entity" ? isEditedEntity(after.of) : isEditedEdge(after.of),
            registers: after.of,
            seq: stamp.seq,
          },
        ],
  );
  for (const part of chunks(rows)) {
    await tx.$executeRaw`
      INSERT INTO "GraphEdit" ("workspaceId", "id", "targetType", "exists", "registers", "seq")
      SELECT r."workspaceId", r."id", r."targetType", r."exists", r."registers", r."seq"
      FROM jsonb_to_recordset(${JSON.stringify(part)}::jsonb) AS r("workspaceId" uuid, "id" uuid, "targetType" text, "exists" boolean, "registers" jsonb, "seq" bigint)
      ON CONFLICT ("workspaceId", "id") DO UPDATE SET "exists" = excluded."exists", "registers" = excluded."registers", "seq" = excluded."seq"`;
  }
}

async function projectWorkspace(tx: Tx, applied: Applied, stamp: Stamp): Promise<void> {
  for (const { after } of applied.targets.values()) {
    if (after.type !== "workspace") continue;
    await tx.$executeRaw`
      INSERT INTO "WorkspaceState" ("workspaceId", "registers", "seq") VALUES (${stamp.workspaceId}::uuid, ${JSON.stringify(after.of)}::jsonb, ${stamp.seq})
      ON CONFLICT ("workspaceId") DO UPDATE SET "registers" = excluded."registers", "seq" = excluded."seq"`;
  }
}

async function projectStatuses(tx: Tx, applied: Applied, stamp: Stamp): Promise<void> {
  const statuses = applied.statuses.map(({ change, after }) => ({
    workspaceId: stamp.workspaceId,
    changeId: change.id,
    state: after === "live" ? "live" : after.state,
    by: after === "live" ? null : after.by,
  }));
  for (const part of chunks(statuses)) {
    await tx.$executeRaw`
      INSERT INTO "ChangeStatus" ("workspaceId", "changeId", "state", "by")
      SELECT r."workspaceId", r."changeId", r."state", r."by"
      FROM jsonb_to_recordset(${JSON.stringify(part)}::jsonb) AS r("workspaceId" uuid, "changeId" uuid, "state" text, "by" uuid)
      ON CONFLICT ("workspaceId", "changeId") DO UPDATE SET "state" = excluded."state", "by" = excluded."by"`;
  }
  for (const { change, unsupported } of applied.support) {
    await tx.$executeRaw`
      INSERT INTO "ChangeStatus" ("workspaceId", "changeId", "state", "unsupported") VALUES (${stamp.workspaceId}::uuid, ${change.id}::uuid, 'live', ${unsupported})
      ON CONFLICT ("workspaceId", "changeId") DO UPDATE SET "unsupported" = excluded."unsupported"`;
  }
}

async function projectEffects(tx: Tx, applied: Applied, stamp: Stamp): Promise<void> {
  const rows = applied.changes.flatMap((change) => {
    const effect = effectIn(applied, change, stamp.parameters);
    return effect === null ? [] : [{ workspaceId: stamp.workspaceId, seq: change.seq, ...effect }];
  });
  for (const part of chunks(rows)) {
    await tx.$executeRaw`
      INSERT INTO "ChangeEffect" ("workspaceId", "seq", "before", "after")
      SELECT r."workspaceId", r."seq", r."before", r."after"
      FROM jsonb_to_recordset(${JSON.stringify(part)}::jsonb) AS r("workspaceId" uuid, "seq" bigint, "before" jsonb, "after" jsonb)`;
  }
}

function effectIn(applied: Applied, change: Change, parameters: Parameters) {
  // The target of a memory change is a memory's id.
  const moved =
    change.target.type === "memory" ? applied.memories.get(change.target.id as MemoryId) : undefined;
  return moved === undefined ? null : effectOf(change, moved, parameters);
}

const iso = (at: Millis): string => new Date(at).toISOString();
