import type { MemoryId } from "@/lib/domain/ids";
import { sql } from "./sql";
import type { Tx } from "./prisma";

/**
 * Keeps erasures of the workspace out until the transaction ends. Who writes something computed from a text beside the
 * ledger asks for it first and looks then whether the memory is erased, so that nothing comes back after its text is gone.
 */
export const keepErasuresOut = (tx: Tx): Promise<number> =>
  tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended('erasure ' || current_setting('app.workspace'), 0))`;

/**
 * Destroys every copy of a memory's words: of its own changes, of merges and edits made from them, of stored answers and
 * vectors. Returns how many texts of the ledger went. The rows of the ledger itself stay; they hold no words.
 */
export async function destroyTexts(tx: Tx, id: MemoryId): Promise<number> {
  // Who is writing something of a text at this moment finishes first, and it is found and destroyed with the rest.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('erasure ' || current_setting('app.workspace'), 0))`;
  await destroyVectors(tx, id);
  const destroyed = await tx.$executeRaw`
    DELETE FROM "ChangeText" t USING "Change" c
    WHERE t."workspaceId" = current_setting('app.workspace')::uuid AND c."workspaceId" = t."workspaceId" AND c."seq" = t."seq"
      AND c."op" <> 'purge' AND (c."targetId" = ${id}::uuid OR c."payload"->'madeFrom' @> ${JSON.stringify([id])}::jsonb)`;
  // A merge's result keeps the texts of its registers in its row; those made from these words are blanked as the ledger's are.
  await tx.$executeRaw`
    UPDATE "Memory" SET "registers" = jsonb_set("registers", '{content}', (
      SELECT jsonb_agg(CASE WHEN w->'madeFrom' @> ${JSON.stringify([id])}::jsonb THEN jsonb_set(w, '{text}', 'null') ELSE w END ORDER BY place)
      FROM jsonb_array_elements("registers"->'content') WITH ORDINALITY AS written(w, place)))
    WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "registers"->'content' @> ${JSON.stringify([{ madeFrom: [id] }])}::jsonb`;
  await forgetBirths(tx, id);
  await forgetProposals(tx, id);
  await tx.$executeRaw`
    DELETE FROM "IdempotentAnswer" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "status" <> 0 AND "answer"::text LIKE ${`%${id}%`}`;
  await tx.$executeRaw`
    UPDATE "Retrieval" SET "candidates" = (SELECT coalesce(jsonb_agg(x), '[]'::jsonb) FROM jsonb_array_elements("candidates") x WHERE x->>'m' <> ${id})
    WHERE "workspaceId" = current_setting('app.workspace')::uuid AND ${id}::uuid = ANY("shown")`;
  return destroyed;
}

/** Proposals quote the memories they are about. What is left of one is its kind, its figures and what was decided; what waits is withdrawn. */
async function forgetProposals(tx: Tx, id: MemoryId): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Proposal" SET "title" = 'About an erased memory', "why" = '', "before" = 'null', "after" = 'null', "payload" = "payload" - 'content', "decisionReason" = NULL,
      "targets" = (SELECT coalesce(jsonb_agg(jsonb_set(t, '{label}', '""')), '[]'::jsonb) FROM jsonb_array_elements("targets") t),
      "predicted" = jsonb_set("predicted", '{queries}', '[]'), "state" = CASE WHEN "state" = 'waiting' THEN 'expired' ELSE "state" END
    WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "targetIds" @> ARRAY[${id}::text]`;
}

/** With the text of a merge go the tags, metadata and speaker it was made with, which its result would still show. */
async function forgetBirths(tx: Tx, id: MemoryId): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Memory" m SET
      "registers" = jsonb_set(m."registers", '{birth}', (m."registers"->'birth') || '{"tags": [], "metadata": {}}'::jsonb
        || jsonb_build_object('source', (m."registers"->'birth'->'source') - ARRAY['ref', 'speaker'])),
      "tags" = CASE WHEN m."registers" ? 'tags' THEN m."tags" ELSE '{}' END,
      "metadata" = CASE WHEN m."registers" ? 'metadata' THEN m."metadata" ELSE '{}' END,
      "speaker" = NULL, "sourceRef" = NULL
    WHERE m."workspaceId" = current_setting('app.workspace')::uuid AND m."registers" ? 'birth' AND m."id" IN (
      SELECT c."targetId" FROM "Change" c
      WHERE c."workspaceId" = m."workspaceId" AND c."op" = 'merge' AND c."payload"->'madeFrom' @> ${JSON.stringify([id])}::jsonb)`;
}

/** Vectors can be turned back into much of their text, and relations quote it, so those of every version of this memory go too. */
async function destroyVectors(tx: Tx, id: MemoryId): Promise<void> {
  for (const table of [sql`"Embedding"`, sql`"Extraction"`]) {
    await tx.$executeRaw`
      DELETE FROM ${table} e WHERE e."workspaceId" = current_setting('app.workspace')::uuid AND e."textHash" IN (
        SELECT sha256(convert_to(t."texts"->>'content', 'UTF8')) FROM "Change" c JOIN "ChangeText" t USING ("workspaceId", "seq")
        WHERE c."workspaceId" = e."workspaceId" AND c."targetId" = ${id}::uuid AND t."texts" ? 'content')`;
  }
}
