import { CONSTANTS } from "@/lib/domain/parameters";
import { inWorkspace, type Tx } from "@/lib/store/prisma";
import { vectorOf } from "@/lib/store/telemetry";
import type { Asker } from "../asker";

/** What one memory was worth for one question, all live evidence together. */
export interface Judgement {
  readonly memoryId: string;
  readonly text: string;
  /** Observations for minus against; above 0 helpful, below 0 unhelpful. */
  readonly net: number;
}

export interface Question {
  /** Names the question; the same words have the same key. */
  readonly key: string;
  readonly text: string;
  readonly vector: Float32Array | null;
  readonly model: string | null;
  readonly judged: readonly Judgement[];
}

interface Row {
  readonly queryKey: string;
  readonly memoryId: string;
  readonly content: string;
  readonly net: number;
}

/**
 * Live observations made for a question, added up per question and memory. What was reverted or suspended counts nothing;
 * of a memory that is gone, deleted, erased or held back nothing is told.
 */
export async function judgedQuestions(ctx: Asker): Promise<readonly Question[]> {
  return inWorkspace(ctx.workspaceId, async (tx) => {
    const rows = await tx.$queryRaw<Row[]>`
      SELECT c."payload"->>'queryKey' AS "queryKey", c."targetId" AS "memoryId", m."content",
        sum((c."payload"->'weight'->>0)::bigint - (c."payload"->'weight'->>1)::bigint)::float8 AS "net"
      FROM "Change" c JOIN "Memory" m ON m."workspaceId" = c."workspaceId" AND m."id" = c."targetId"
      LEFT JOIN "ChangeStatus" s ON s."workspaceId" = c."workspaceId" AND s."changeId" = c."id"
      WHERE c."workspaceId" = current_setting('app.workspace')::uuid AND c."op" = 'observe' AND c."payload"->>'queryKey' IS NOT NULL
        AND coalesce(s."state", 'live') = 'live' AND m."exists" AND NOT m."erased" AND NOT m."quarantined" AND m."lifecycle" <> 'deleted'
      GROUP BY 1, 2, 3 HAVING sum((c."payload"->'weight'->>0)::bigint - (c."payload"->'weight'->>1)::bigint) <> 0
      ORDER BY 1, 4 DESC, 2`;
    const asked = await questionsOf(tx, [...new Set(rows.map((row) => row.queryKey))]);
    const judged = new Map<string, Judgement[]>();
    for (const { queryKey, memoryId, content, net } of rows)
      judged.set(queryKey, [
        ...(judged.get(queryKey) ?? []),
        { memoryId, text: content, net: net / CONSTANTS.micro },
      ]);
    return asked.map((question) => ({ ...question, judged: judged.get(question.key) ?? [] }));
  });
}

interface AskedRow {
  readonly key: string;
  readonly text: string;
  readonly vector: Uint8Array | null;
  readonly model: string | null;
}

/** The words of a question as they were last asked; one whose recalls are no longer kept has none and is left out. */
async function questionsOf(tx: Tx, keys: readonly string[]): Promise<Omit<Question, "judged">[]> {
  const rows = await tx.$queryRaw<AskedRow[]>`
    SELECT DISTINCT ON ("queryKey") "queryKey" AS "key", "query" AS "text", "vector", "model" FROM "Retrieval"
    WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "queryKey" = ANY(${[...keys]}::text[]) ORDER BY "queryKey", "at" DESC`;
  return rows.map((row) => ({ ...row, vector: row.vector === null ? null : vectorOf(row.vector) }));
}
