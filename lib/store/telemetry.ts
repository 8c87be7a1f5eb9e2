import { chunks } from "./chunks";
import type { Tx } from "./prisma";
import { sql } from "./sql";
import { unpackedOne } from "@/lib/domain/packed-vectors";
import type { MemoryId, Millis, RetrievalId, Seq, SignalId } from "@/lib/domain/ids";
import type { OutcomeTally } from "@/lib/domain/learning/baseline";

/** What was looked at and what was reported. Never a change, never part of a score; linked to the ledger by ids alone. */
export interface RetrievalRecord {
  readonly id: RetrievalId;
  readonly at: Millis;
  readonly query: string;
  readonly queryKey: string;
  readonly vector: Float32Array | null;
  /** Whose vector it is. */
  readonly model: string | null;
  readonly scope: object;
  readonly asOf: Millis | null;
  readonly limit: number;
  readonly epoch: string;
  readonly seq: Seq;
  readonly seed: string | null;
  readonly tookMs: number;
  readonly shown: readonly MemoryId[];
  readonly candidates: readonly LoggedCandidate[];
  /** 0…1, whether the store seemed to hold an answer. */
  readonly answerability: number;
  readonly actor: string;
}

/** A candidate as logged: memory, score, and its parts in the order of `PARTS`. */
export interface LoggedCandidate {
  readonly m: MemoryId;
  readonly s: number;
  readonly p: readonly number[];
  /** Where the recall explored: the draw in its score, and how far such draws spread; what chance had to do with it follows. */
  readonly e?: readonly number[];
}

/** A logged retrieval as signals, previews and pages read it back. */
export interface LoggedRetrieval {
  readonly id: string;
  readonly at: Date;
  readonly query: string;
  readonly queryKey: string;
  readonly vector: Uint8Array | null;
  readonly shown: MemoryId[];
  readonly candidates: LoggedCandidate[];
  readonly scope: Record<string, string>;
  readonly limit: number;
}

/** Logs a recall in the transaction that read its memories, so that it costs no round trips of its own. */
export async function logRetrievalIn(tx: Tx, r: RetrievalRecord): Promise<void> {
  const shown = [...r.shown].sort();
  // A recall lost in a crash costs one late signal at most; it need not wait for the disk.
  await tx.$executeRaw`
    WITH "relaxed" AS (SELECT set_config('synchronous_commit', 'off', true)), "logged" AS (
      INSERT INTO "Retrieval" ("workspaceId", "id", "at", "query", "queryKey", "vector", "model", "scope", "asOf", "limit", "epoch", "seq", "seed", "tookMs", "shown", "candidates", "answerability", "actor")
      SELECT current_setting('app.workspace')::uuid, ${r.id}::uuid, ${new Date(r.at)}, ${r.query}, ${r.queryKey}, ${r.vector === null ? null : bytesOf(r.vector)}::bytea, ${r.model}, ${JSON.stringify(r.scope)}::jsonb,
        ${r.asOf === null ? null : new Date(r.asOf)}::timestamptz, ${r.limit}, ${r.epoch}, ${r.seq}, ${r.seed}, ${r.tookMs}, ${[...r.shown]}::uuid[], ${JSON.stringify(r.candidates)}::jsonb, ${r.answerability}, ${r.actor} FROM "relaxed")
    INSERT INTO "MemoryUse" AS u ("workspaceId", "memoryId", "uses", "lastUsedAt")
    SELECT current_setting('app.workspace')::uuid, id, 1, ${new Date(r.at)} FROM unnest(${shown}::uuid[]) AS id
    ON CONFLICT ("workspaceId", "memoryId") DO UPDATE SET "uses" = u."uses" + 1, "lastUsedAt" = greatest(u."lastUsedAt", excluded."lastUsedAt")`;
}

export async function findRetrieval(tx: Tx, id: RetrievalId): Promise<LoggedRetrieval | null> {
  const [row] = await tx.$queryRaw<LoggedRetrieval[]>`
    SELECT "id", "at", "query", "queryKey", "vector", "shown", "candidates", "scope", "limit" FROM "Retrieval"
    WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "id" = ${id}::uuid`;
  return row ?? null;
}

/** Which logged recalls to read: those that showed one of these memories, or had one of these among their candidates. */
export interface Concerned {
  readonly shown: readonly MemoryId[];
  readonly candidates: readonly MemoryId[];
}

/** The newest `count` logged recalls, or those among them that are concerned; newest first. */
export async function recentRetrievals(
  tx: Tx,
  count: number,
  concerned: Concerned | "all",
): Promise<{ readonly count: number; readonly retrievals: LoggedRetrieval[] }> {
  const recent = sql`
    SELECT * FROM "Retrieval" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "asOf" IS NULL ORDER BY "at" DESC, "id" DESC LIMIT ${count}`;
  const where =
    concerned === "all"
      ? sql`true`
      : sql`r."shown" && ${[...concerned.shown]}::uuid[] OR r."candidates" @> ANY(${concerned.candidates.map((m) => JSON.stringify([{ m }]))}::jsonb[])`;
  const [retrievals, [counted]] = await Promise.all([
    tx.$queryRaw<LoggedRetrieval[]>`
      SELECT "id", "at", "query", "queryKey", "vector", "shown", "candidates", "scope", "limit" FROM (${recent}) r WHERE ${where} ORDER BY "at" DESC, "id" DESC`,
    tx.$queryRaw<{ count: bigint }[]>`SELECT count(*) AS "count" FROM (${recent}) r`,
  ]);
  return { count: Number(counted?.count ?? 0), retrievals };
}

export interface SignalRecord {
  readonly id: SignalId;
  readonly at: Millis;
  readonly recordedAt: Millis;
  readonly retrievalId: RetrievalId | null;
  readonly queryKey: string | null;
  readonly outcome: number | null;
  readonly baseline: number | null;
  readonly raw: object;
  readonly actor: string;
  readonly source: string | null;
  readonly groupId: string | null;
  readonly ranksChanged: boolean;
}

export async function insertSignal(tx: Tx, s: SignalRecord): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Signal" ("workspaceId", "id", "at", "recordedAt", "retrievalId", "queryKey", "outcome", "baseline", "raw", "actor", "source", "groupId", "ranksChanged")
    VALUES (current_setting('app.workspace')::uuid, ${s.id}::uuid, ${new Date(s.at)}, ${new Date(s.recordedAt)}, ${s.retrievalId}::uuid, ${s.queryKey}, ${s.outcome}, ${s.baseline},
      ${JSON.stringify(s.raw)}::jsonb, ${s.actor}, ${s.source}, ${s.groupId}::uuid, ${s.ranksChanged})`;
}

/** Outcomes reported so far for this kind of query, and in the whole workspace. */
export async function outcomeTallies(
  tx: Tx,
  queryKey: string,
): Promise<{ readonly cluster: OutcomeTally; readonly workspace: OutcomeTally }> {
  const tally = async (where: ReturnType<typeof sql>): Promise<OutcomeTally> => {
    const [row] = await tx.$queryRaw<{ count: bigint; sum: number | null }[]>`
      SELECT count(*) AS "count", sum("outcome") AS "sum" FROM (
        SELECT "outcome" FROM "Signal" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "outcome" IS NOT NULL AND ${where}
        ORDER BY "recordedAt" DESC LIMIT ${BASELINE_WINDOW}) AS recent`;
    return { count: Number(row?.count ?? 0), sum: row?.sum ?? 0 };
  };
  return { cluster: await tally(sql`"queryKey" = ${queryKey}`), workspace: await tally(sql`true`) };
}

/** Newest outcomes that a baseline looks at, so that it follows a workspace that gets better, at a bounded cost. */
const BASELINE_WINDOW = 1000;

/** Embeddings by text hash, for similarities that no index is needed for. */
export async function storedVectors(
  tx: Tx,
  hashes: readonly Uint8Array[],
  model: string,
): Promise<Map<string, Float32Array>> {
  const found = new Map<string, Float32Array>();
  for (const part of chunks(hashes)) {
    const rows = await tx.$queryRaw<{ textHash: Uint8Array; vector: Uint8Array }[]>`
      SELECT "textHash", "vector" FROM "Embedding"
      WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "model" = ${model} AND "textHash" = ANY(${[...part]}::bytea[])`;
    for (const row of rows) found.set(Buffer.from(row.textHash).toString("hex"), unpackedOne(row.vector));
  }
  return found;
}

/** 32-bit floats, little endian, as every platform we run on has them in memory. */
export const bytesOf = (vector: Float32Array): Uint8Array<ArrayBuffer> =>
  new Uint8Array(vector.slice().buffer);

/** A copy, because a driver's buffer may start at an offset that is no multiple of four. */
export const vectorOf = (bytes: Uint8Array): Float32Array => new Float32Array(bytes.slice().buffer);
