import { bytesOf, storedVectors } from "@/lib/store/telemetry";
import { chunks } from "@/lib/store/chunks";
import { getEmbedder } from "@/lib/models/embedder";
import { inWorkspace } from "@/lib/store/prisma";
import { sha256 } from "@/lib/store/digest";
import type { WorkspaceId } from "@/lib/domain/ids";

/** The model whose vectors are in use; null while there is none to be had. */
export async function currentModel(): Promise<string | null> {
  return getEmbedder().then((embedder) => embedder.model, () => null);
}

/** Texts per model call and per transaction: a progress step of about half a second. */
const BATCH = 64;

/** Embeds texts and keeps their vectors under the hash of the text. `onBatch` gets each batch as soon as it is stored. */
export async function embedAndStore(workspaceId: WorkspaceId, texts: readonly string[], onBatch: (vectors: ReadonlyMap<string, Float32Array>, done: number) => Promise<void>): Promise<void> {
  const embedder = await getEmbedder();
  let done = 0;
  for (const part of chunks(texts, BATCH)) {
    const vectors = await embedder.embed(part);
    const rows = part.flatMap((text, i) => {
      const vector = vectors[i];
      return vector ? [{ text, vector }] : [];
    });
    await store(workspaceId, embedder.model, rows);
    done += rows.length;
    await onBatch(new Map(rows.map((row) => [row.text, row.vector])), done);
  }
}

async function store(workspaceId: WorkspaceId, model: string, rows: readonly { readonly text: string; readonly vector: Float32Array }[]): Promise<void> {
  const hashes = rows.map((row) => sha256(row.text));
  const vectors = rows.map((row) => bytesOf(row.vector));
  await inWorkspace(workspaceId, async (tx) => {
    await tx.$executeRaw`SET LOCAL synchronous_commit = off`; // A lost vector is computed again.
    await tx.$executeRaw`
      INSERT INTO "Embedding" ("workspaceId", "model", "textHash", "vector")
      SELECT ${workspaceId}::uuid, ${model}, t.hash, t.vector FROM unnest(${hashes}::bytea[], ${vectors}::bytea[]) AS t(hash, vector) ON CONFLICT DO NOTHING`;
  });
}

/** Vectors of the model in use by the hash of their text, in base64. */
export async function vectorsByHash(workspaceId: WorkspaceId, hashes: readonly string[]): Promise<Map<string, Float32Array>> {
  const model = await currentModel();
  if (model === null) return new Map();
  const found = await inWorkspace(workspaceId, (tx) => storedVectors(tx, hashes.map((hash) => Buffer.from(hash, "base64")), model));
  return new Map([...found].map(([hash, vector]) => [Buffer.from(hash, "hex").toString("base64"), vector]));
}
