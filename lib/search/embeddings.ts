import { chunks } from "@/lib/store/chunks";
import type { Embedder } from "@/lib/models/embedder";
import { inWorkspace, type Tx } from "@/lib/store/prisma";
import { packed } from "@/lib/domain/packed-vectors";
import { passagesOf } from "@/lib/domain/recall/passages";
import { sha256 } from "@/lib/store/digest";
import type { WorkspaceId } from "@/lib/domain/ids";

/** The vector of a text and those of its passages, one after the other, packed: what is kept is what is searched. */
export interface TextVectors {
  readonly vector: Uint8Array<ArrayBuffer>;
  readonly passages: Uint8Array<ArrayBuffer>;
}

/** Texts per model call and per transaction: a progress step of half a second, or two for long texts. */
const BATCH = 64;

export interface Embedding {
  readonly embedder: Embedder;
  /** Gets each batch as soon as it is stored. */
  readonly onBatch: (vectors: ReadonlyMap<string, TextVectors>, done: number) => Promise<void>;
}

/** Embeds texts and keeps their vectors under the model and the hash of the text. */
export async function embedAndStore(workspaceId: WorkspaceId, texts: readonly string[], { embedder, onBatch }: Embedding): Promise<void> {
  let done = 0;
  for (const part of chunks(texts, BATCH)) {
    const vectors = await embedTexts(embedder, part);
    await store(workspaceId, embedder.model, vectors);
    done += vectors.size;
    await onBatch(vectors, done);
  }
}

/** One model call for all texts and their passages. */
async function embedTexts(embedder: Embedder, texts: readonly string[]): Promise<Map<string, TextVectors>> {
  const passages = texts.map(passagesOf);
  const all = await embedder.embed([...texts, ...passages.flat()]);
  let at = texts.length;
  return new Map(texts.flatMap((text, i) => {
    const own = all.slice(at, (at += passages[i]?.length ?? 0));
    const vector = all[i];
    const { dimensions } = embedder;
    return vector ? [[text, { vector: packed(vector, dimensions), passages: packed(joined(own, dimensions), dimensions) }]] : [];
  }));
}

function joined(vectors: readonly Float32Array[], dimensions: number): Float32Array {
  const all = new Float32Array(vectors.length * dimensions);
  for (const [i, vector] of vectors.entries()) all.set(vector, i * dimensions);
  return all;
}

async function store(workspaceId: WorkspaceId, model: string, texts: ReadonlyMap<string, TextVectors>): Promise<void> {
  const hashes = [...texts.keys()].map((text) => sha256(text));
  const vectors = [...texts.values()].map((own) => own.vector);
  const passages = [...texts.values()].map((own) => own.passages);
  await inWorkspace(workspaceId, async (tx) => {
    await tx.$executeRaw`SET LOCAL synchronous_commit = off`; // A lost vector is computed again.
    await tx.$executeRaw`
      INSERT INTO "Embedding" ("workspaceId", "model", "textHash", "vector", "passages")
      SELECT ${workspaceId}::uuid, ${model}, t.hash, t.vector, t.passages FROM unnest(${hashes}::bytea[], ${vectors}::bytea[], ${passages}::bytea[]) AS t(hash, vector, passages)
      ON CONFLICT ("workspaceId", "model", "textHash") DO UPDATE SET "vector" = excluded."vector", "passages" = excluded."passages"`;
  });
}

/** Vectors of a model by the hash of their text, in base64. */
export const vectorsByHash = (workspaceId: WorkspaceId, hashes: readonly string[], model: string): Promise<Map<string, TextVectors>> =>
  inWorkspace(workspaceId, (tx) => textVectors(tx, hashes, model));

/** Stored vectors of texts with their passages, by the hash of the text in base64. */
export async function textVectors(tx: Tx, hashes: readonly string[], model: string): Promise<Map<string, TextVectors>> {
  const found = new Map<string, TextVectors>();
  for (const part of chunks(hashes)) {
    const rows = await tx.$queryRaw<({ textHash: Uint8Array } & TextVectors)[]>`
      SELECT "textHash", "vector", "passages" FROM "Embedding"
      WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "model" = ${model} AND "textHash" = ANY(${part.map((hash) => Buffer.from(hash, "base64"))}::bytea[])`;
    for (const { textHash, vector, passages } of rows) found.set(Buffer.from(textHash).toString("base64"), { vector, passages });
  }
  return found;
}
