import { bytesOf } from "./telemetry";
import { inWorkspace } from "./prisma";
import type { WorkspaceId } from "@/lib/domain/ids";

/** The model that most stored vectors of a workspace are of; null while there are none. */
export async function dominantModel(workspaceId: WorkspaceId): Promise<string | null> {
  const [row] = await inWorkspace(
    workspaceId,
    (tx) => tx.$queryRaw<{ model: string }[]>`
      SELECT "model" FROM "Embedding" WHERE "workspaceId" = ${workspaceId}::uuid GROUP BY "model" ORDER BY count(*) DESC, "model" LIMIT 1`,
  );
  return row?.model ?? null;
}

/** Texts of memories that no vector of this model is stored for, each once. */
export async function textsWithout(workspaceId: WorkspaceId, model: string): Promise<string[]> {
  const rows = await inWorkspace(
    workspaceId,
    (tx) => tx.$queryRaw<{ content: string }[]>`
      SELECT DISTINCT m."content" FROM "Memory" m WHERE m."workspaceId" = ${workspaceId}::uuid AND m."exists" AND NOT m."erased"
        AND NOT EXISTS (SELECT 1 FROM "Embedding" e WHERE e."workspaceId" = m."workspaceId" AND e."model" = ${model} AND e."textHash" = sha256(convert_to(m."content", 'UTF8')))`,
  );
  return rows.map((row) => row.content);
}

/** A judged recall whose question has a vector of another model. */
export interface OldQuestion {
  readonly id: string;
  readonly at: Date;
  readonly query: string;
}

export const questionsOfOthers = (workspaceId: WorkspaceId, model: string): Promise<OldQuestion[]> =>
  inWorkspace(
    workspaceId,
    (tx) => tx.$queryRaw<OldQuestion[]>`
      SELECT r."id", r."at", r."query" FROM "Retrieval" r WHERE r."workspaceId" = ${workspaceId}::uuid AND r."model" IS DISTINCT FROM ${model} AND r."vector" IS NOT NULL
        AND EXISTS (SELECT 1 FROM "Signal" g WHERE g."workspaceId" = r."workspaceId" AND g."retrievalId" = r."id") ORDER BY r."at"`,
  );

/** What was learned for a question hangs on its vector, so the question gets one of the model in use. */
export async function setQuestionVectors(
  workspaceId: WorkspaceId,
  model: string,
  vectors: readonly { readonly id: string; readonly vector: Float32Array }[],
): Promise<void> {
  await inWorkspace(
    workspaceId,
    (tx) => tx.$executeRaw`
      UPDATE "Retrieval" r SET "vector" = t.vector, "model" = ${model}
      FROM unnest(${vectors.map((v) => v.id)}::uuid[], ${vectors.map((v) => bytesOf(v.vector))}::bytea[]) AS t(id, vector)
      WHERE r."workspaceId" = ${workspaceId}::uuid AND r."id" = t.id`,
  );
}
