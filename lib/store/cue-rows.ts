import { inWorkspace, type Tx } from "./prisma";
import { chunks } from "./chunks";
import type { MemoryId, WorkspaceId } from "@/lib/domain/ids";
import type { SourceKey, Weight } from "@/lib/domain/ledger/change";

/** A live observation of a memory in a recall whose question still has its vector. */
export interface CueRow {
  /** Whose it counts for: the memory itself, the merge's result it is a source of, or the leaf it was returned to. */
  readonly memoryId: string;
  /** Hash of the question's vector. */
  readonly question: string;
  /** A recall that asked it, and in which words. */
  readonly retrievalId: string;
  readonly query: string;
  readonly at: bigint;
  readonly weight: Weight;
  readonly source: SourceKey;
}

/** Per memory the newest so many count; older ones have long left every window. */
const MOST_TERMS = 500;

/**
 * What is learned for questions, read where it stands: in the live `observe` changes. A merge's result reads its sources'
 * by reference, and a leaf what a merge that is not in force returns to it, as evidence does.
 */
export async function cueRows(
  workspaceId: WorkspaceId,
  ids: readonly MemoryId[],
  model: string,
): Promise<CueRow[]> {
  const found: CueRow[] = [];
  for (const part of chunks(ids))
    found.push(...(await inWorkspace(workspaceId, (tx) => cueRowsIn(tx, { workspaceId, ids: part, model }))));
  return found;
}

export interface CuesAsked {
  readonly workspaceId: WorkspaceId;
  readonly ids: readonly MemoryId[];
  /** Questions with vectors of another model say nothing. */
  readonly model: string;
}

/** The same as the transaction sees it, so that a preview reads what would be left. */
export const cueRowsIn = (tx: Tx, { workspaceId, ids, model }: CuesAsked): Promise<CueRow[]> => tx.$queryRaw<
  CueRow[]
>`
      WITH RECURSIVE whole("root", "id") AS (
        SELECT u, u FROM unnest(${[...ids]}::uuid[]) u
        UNION SELECT w."root", x FROM whole w JOIN "Memory" m ON m."workspaceId" = ${workspaceId}::uuid AND m."id" = w."id", unnest(m."mergedFrom") x
      ), given AS (
        SELECT w."root", c."payload"->'weight' AS "weight", c."payload" AS "payload", c."id" FROM whole w
        JOIN "Change" c ON c."workspaceId" = ${workspaceId}::uuid AND c."targetId" = w."id" AND c."op" = 'observe' AND c."targetType" = 'memory'
        UNION ALL
        SELECT w."root", c."payload"->'shares'->(w."id"::text), c."payload", c."id" FROM whole w
        JOIN "Memory" own ON own."workspaceId" = ${workspaceId}::uuid AND own."id" = w."id" AND own."kin"
        JOIN "Change" j ON j."workspaceId" = ${workspaceId}::uuid AND j."targetId" = w."id" AND j."op" = 'member'
        JOIN "Memory" r ON r."workspaceId" = ${workspaceId}::uuid AND r."id" = j."objectId" AND NOT r."exists"
        JOIN "Change" c ON c."workspaceId" = ${workspaceId}::uuid AND c."targetId" = r."id" AND c."op" = 'observe' AND c."payload"->'shares' ? (w."id"::text)
      ), ranked AS (
        SELECT g.*, row_number() OVER (PARTITION BY g."root" ORDER BY (g."payload"->>'at')::bigint DESC, g."id") AS "place" FROM given g
        LEFT JOIN "ChangeStatus" s ON s."workspaceId" = ${workspaceId}::uuid AND s."changeId" = g."id"
        WHERE s."state" IS NULL OR s."state" = 'live'
      )
      SELECT g."root" AS "memoryId", encode(sha256(r."vector"), 'base64') AS "question", r."id" AS "retrievalId", r."query", (g."payload"->>'at')::bigint AS "at", g."weight", g."payload"->>'source' AS "source"
      FROM ranked g JOIN "Retrieval" r ON r."workspaceId" = ${workspaceId}::uuid AND r."id" = (g."payload"->>'retrievalId')::uuid
      WHERE g."place" <= ${MOST_TERMS} AND r."vector" IS NOT NULL AND coalesce(r."model", ${model}) = ${model}`;

export interface QuestionVector {
  readonly id: string;
  readonly vector: Uint8Array;
}

/** The questions' vectors, as the recalls that asked them keep them. */
export const questionVectors = (
  workspaceId: WorkspaceId,
  retrievals: readonly string[],
): Promise<QuestionVector[]> =>
  inWorkspace(workspaceId, (tx) => questionVectorsIn(tx, workspaceId, retrievals));

export const questionVectorsIn = (
  tx: Tx,
  workspaceId: WorkspaceId,
  retrievals: readonly string[],
): Promise<QuestionVector[]> => tx.$queryRaw<QuestionVector[]>`
  SELECT "id", "vector" FROM "Retrieval" WHERE "workspaceId" = ${workspaceId}::uuid AND "vector" IS NOT NULL AND "id" = ANY(${[...retrievals]}::uuid[])`;
