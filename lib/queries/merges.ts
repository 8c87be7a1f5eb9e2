import { noSql, sql, type Sql } from "@/lib/store/sql";
import { groupBy } from "@/lib/domain/group-by";
import { inWorkspace, type Tx } from "@/lib/store/prisma";
import { cycleRows, proposalRows } from "@/lib/store/cycles";
import { sureOf } from "./cycles";
import { iso } from "./memory-out";
import { memoryId, type Millis } from "@/lib/domain/ids";
import { memoryRowsById } from "./memory-rows";
import { MOST_DISTANT } from "@/lib/domain/cycle/proposal";
import { readCursor, writeCursor } from "./cursor";
import type { Asker, InputOf } from "./asker";
import type { listedMerge, listMerges as input, merge, MERGE_STATUSES } from "@/lib/contracts/merge";

export type MergeOut = InputOf<typeof merge>;
type Listed = InputOf<typeof listedMerge>;
type Status = (typeof MERGE_STATUSES)[number];

const DEFAULT_LIMIT = 50;

/** Merges that were ever made, newest first, each with what has become of it; or those that wait for a decision, the surest first. */
export async function listMerges(
  ctx: Asker,
  asked: InputOf<typeof input>,
): Promise<{ items: Listed[]; nextCursor: string | null; total: number }> {
  const { status, limit = DEFAULT_LIMIT } = asked;
  const place = readCursor(asked.cursor, ["number"]);
  if (status === "candidate")
    return inWorkspace(ctx.workspaceId, (tx) =>
      candidates(tx, { now: ctx.now(), limit, offset: place?.[0] ?? 0 }),
    );
  return inWorkspace(ctx.workspaceId, async (tx) => {
    const rows = await mergeRows(tx, {
      where: place === null ? noSql : sql`AND c."seq" < ${place[0]}::bigint`,
      status,
      limit: limit + 1,
    });
    const last = rows[limit - 1];
    return {
      items: (await present(tx, rows.slice(0, limit))).map((made) => ({ ...made, proposal: null })),
      nextCursor: rows.length > limit && last !== undefined ? writeCursor([Number(last.seq)]) : null,
      total: await count(tx, status),
    };
  });
}

/** Single merges by the id of the change that made them, newest first. */
export async function mergesOut(tx: Tx, ids: readonly string[]): Promise<MergeOut[]> {
  if (ids.length === 0) return [];
  const rows = await mergeRows(tx, {
    where: sql`AND c."id" = ANY(${[...ids]}::uuid[])`,
    status: undefined,
    limit: ids.length,
  });
  return present(tx, rows);
}

interface MergeRow {
  readonly seq: bigint;
  readonly id: string;
  readonly at: Date;
  readonly groupId: string;
  readonly resultId: string;
  readonly sources: string[];
  readonly similarity: number | null;
  readonly status: Status;
  readonly content: string | null;
  readonly mergedText: string | null;
}

/**
 * Merges are found by their memberships, which have an index of their own. A merge is in force while its result is there,
 * which takes a member in force besides the merge itself; it waits while what stands in the way is only suspended.
 */
const MERGES = sql`
  FROM (
    SELECT DISTINCT b."objectId" AS "resultId" FROM "Change" b
    WHERE b."workspaceId" = current_setting('app.workspace')::uuid AND b."objectId" IS NOT NULL AND b."op" = 'member'
  ) r
  JOIN "Change" c ON c."workspaceId" = current_setting('app.workspace')::uuid AND c."targetId" = r."resultId" AND c."op" = 'merge'
  LEFT JOIN "ChangeStatus" s ON s."workspaceId" = c."workspaceId" AND s."changeId" = c."id" AND s."state" <> 'live'
  LEFT JOIN "Memory" m ON m."workspaceId" = c."workspaceId" AND m."id" = r."resultId"
  CROSS JOIN LATERAL (SELECT CASE
    WHEN s."state" IS NOT NULL THEN s."state"
    WHEN m."exists" THEN 'inForce'
    WHEN EXISTS (
      SELECT 1 FROM "Change" b JOIN "ChangeStatus" bs ON bs."workspaceId" = b."workspaceId" AND bs."changeId" = b."id"
      WHERE b."workspaceId" = c."workspaceId" AND b."objectId" = r."resultId" AND b."op" = 'member' AND bs."state" = 'suspended'
    ) THEN 'suspended'
    ELSE 'reverted' END AS "status") became`;

const having = (status: Status | undefined): Sql =>
  status === undefined ? noSql : sql`AND became."status" = ${status}`;

interface Window {
  readonly where: Sql;
  readonly status: Status | undefined;
  readonly limit: number;
}

/** The text is the result's own where it is there, else what the merge wrote. */
async function mergeRows(tx: Tx, { where, status, limit }: Window): Promise<MergeRow[]> {
  return tx.$queryRaw<MergeRow[]>`
    SELECT c."seq", c."id", c."at", c."groupId", r."resultId", (c."payload"->>'similarity')::float8 AS "similarity", became."status",
      ARRAY(SELECT jsonb_array_elements_text(c."payload"->'sources')) AS "sources",
      CASE WHEN m."exists" THEN m."content" ELSE t."texts"->>'content' END AS "content", t."texts"->>'content' AS "mergedText"
    ${MERGES} LEFT JOIN "ChangeText" t ON t."workspaceId" = c."workspaceId" AND t."seq" = c."seq"
    WHERE true ${where} ${having(status)} ORDER BY c."seq" DESC LIMIT ${limit}`;
}

async function count(tx: Tx, status: Status | undefined): Promise<number> {
  const [row] = await tx.$queryRaw<
    { total: bigint }[]
  >`SELECT count(*) AS "total" ${MERGES} WHERE true ${having(status)}`;
  return Number(row?.total ?? 0);
}

interface PartRow {
  readonly resultId: string;
  readonly memoryId: string;
  readonly membershipId: string;
  readonly content: string | null;
  readonly member: boolean | null;
}

async function present(tx: Tx, rows: readonly MergeRow[]): Promise<MergeOut[]> {
  const parts = groupBy(await partRows(tx, rows), (part) => part.resultId);
  return rows.map(({ seq: _seq, resultId, ...row }) => ({
    ...row,
    resultId,
    at: iso(row.at.getTime()),
    content: row.content ?? "",
    mergedText: row.mergedText ?? "",
    parts: (parts.get(resultId) ?? [])
      .sort((a, b) => row.sources.indexOf(a.memoryId) - row.sources.indexOf(b.memoryId))
      .map(({ memoryId, membershipId, content, member }) => ({
        memoryId,
        content: content ?? "",
        member: member ?? false,
        membershipId,
      })),
  }));
}

/** Of a source that two merges claim, only the newer membership is in force, so the memory itself is asked. */
async function partRows(tx: Tx, rows: readonly MergeRow[]): Promise<PartRow[]> {
  if (rows.length === 0) return [];
  const results = rows.map((row) => row.resultId);
  return tx.$queryRaw<PartRow[]>`
    SELECT DISTINCT ON (b."objectId", b."targetId") b."objectId" AS "resultId", b."targetId" AS "memoryId", b."id" AS "membershipId", m."content",
      m."mergedInto" = b."objectId" AS "member"
    FROM "Change" b LEFT JOIN "Memory" m ON m."workspaceId" = b."workspaceId" AND m."id" = b."targetId"
    WHERE b."workspaceId" = current_setting('app.workspace')::uuid AND b."op" = 'member' AND b."objectId" = ANY(${results}::uuid[])
    ORDER BY b."objectId", b."targetId", b."seq" DESC`;
}

interface Waiting {
  readonly now: Millis;
  readonly limit: number;
  readonly offset: number;
}

/** What improvement cycles would merge and a person has to look at. */
async function candidates(
  tx: Tx,
  { now, limit, offset }: Waiting,
): Promise<{ items: Listed[]; nextCursor: string | null; total: number }> {
  const waiting = sql`p."kind" = 'merge' AND p."state" = 'waiting' AND p."expiresAt" > ${new Date(now)}
    AND EXISTS (SELECT 1 FROM "Cycle" y WHERE y."workspaceId" = current_setting('app.workspace')::uuid AND y."id" = p."cycleId" AND NOT y."dryRun")`;
  const all = await proposalRows(tx, waiting, sql`ORDER BY p."certainty" DESC, p."id"`);
  const shown = all.slice(offset, offset + limit);
  const groups = new Map(
    (await cycleRows(tx, sql`y."id" = ANY(${shown.map((p) => p.cycleId)}::uuid[])`)).map((y) => [
      y.id,
      y.groupId,
    ]),
  );
  const memories = await memoryRowsById(
    tx,
    shown.flatMap((p) => p.targets.map((t) => t.id)),
  );
  const items = shown.map((p): Listed => ({
    id: p.id,
    resultId: null,
    sources: p.targets.map((t) => t.id),
    status: "candidate",
    groupId: groups.get(p.cycleId) ?? p.cycleId,
    at: iso(p.createdAt.getTime()),
    similarity: p.gate.figures.find((figure) => figure.name === MOST_DISTANT)?.value ?? null,
    content: typeof p.after === "string" ? p.after : "",
    mergedText: typeof p.after === "string" ? p.after : "",
    parts: p.targets.map((t) => ({
      memoryId: t.id,
      content: memories.get(memoryId(t.id))?.content ?? "",
      member: false,
      membershipId: null,
    })),
    proposal: { cycleId: p.cycleId, certainty: sureOf(p), why: p.why, expiresAt: iso(p.expiresAt.getTime()) },
  }));
  return {
    items,
    nextCursor: all.length > offset + limit ? writeCursor([offset + limit]) : null,
    total: all.length,
  };
}
