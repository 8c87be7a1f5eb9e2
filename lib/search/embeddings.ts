import { createWriteBehind } from "./write-behind";
import { groupBy } from "@/lib/domain/group-by";
import { chunks } from "@/lib/store/chunks";
import type { Embedder } from "@/lib/models/embedder";
import { inWorkspace, type Tx } from "@/lib/store/prisma";
import { keepErasuresOut } from "@/lib/store/erase";
import { packed } from "@/lib/domain/packed-vectors";
import { passagesOf } from "@/lib/domain/recall/passages";
import { sha256 } from "@/lib/store/digest";
import type { MemoryId, WorkspaceId } from "@/lib/domain/ids";

/** The vector of a text and those of its passages, one after the other, packed: what is kept is what is searched. */
export interface TextVectors {
  readonly vector: Uint8Array<ArrayBuffer>;
  readonly passages: Uint8Array<ArrayBuffer>;
}

/** Texts per model call and per transaction: a progress step of half a second, or two for long texts. */
const BATCH = 64;

export interface Embedding {
  readonly embedder: Embedder;
  /** Gets each batch as soon as it is there. */
  readonly onBatch: (vectors: ReadonlyMap<string, TextVectors>, done: number) => Promise<void>;
}

/** Embeds texts and keeps their vectors under the model and the hash of the text; a batch is stored before it is handed on. */
export const embedAndStore = (
  workspaceId: WorkspaceId,
  texts: readonly string[],
  { embedder, onBatch }: Embedding,
): Promise<void> =>
  embedInBatches(texts, {
    embedder,
    onBatch: async (vectors, done) => {
      await store(
        workspaceId,
        embedder.model,
        [...vectors].map(([text, own]) => ({ text, own, of: null })),
      );
      await onBatch(vectors, done);
    },
  });

/** The same for who needs the vectors more urgently than the store does, with a memory that has each text. */
export const embedAndStoreLater = (
  workspaceId: WorkspaceId,
  texts: ReadonlyMap<string, MemoryId>,
  { embedder, onBatch }: Embedding,
): Promise<void> =>
  embedInBatches([...texts.keys()], {
    embedder,
    onBatch: async (vectors, done) => {
      await onBatch(vectors, done);
      later.add(
        workspaceId,
        [...vectors].map(([text, own]) => ({
          model: embedder.model,
          text,
          own,
          of: texts.get(text) ?? null,
        })),
      );
    },
  });

interface Computed {
  readonly text: string;
  readonly own: TextVectors;
  /** A memory with this text: once that is erased, nothing of it may be kept any more. */
  readonly of: MemoryId | null;
}

const later = createWriteBehind<Computed & { readonly model: string }>(async (workspaceId, computed) => {
  for (const [model, items] of groupBy(computed, (item) => item.model))
    await store(workspaceId, model, items);
});

/** Waits until the vectors computed so far are stored; for programs that read them from the database. */
export const vectorsStored = (): Promise<void> => later.written();

async function embedInBatches(texts: readonly string[], { embedder, onBatch }: Embedding): Promise<void> {
  let done = 0;
  for (const part of chunks(texts, BATCH)) {
    const vectors = await embedTexts(embedder, part);
    done += vectors.size;
    await onBatch(vectors, done);
  }
}

/** One model call for all texts and their passages. */
async function embedTexts(embedder: Embedder, texts: readonly string[]): Promise<Map<string, TextVectors>> {
  const passages = texts.map(passagesOf);
  const all = await embedder.embed([...texts, ...passages.flat()]);
  let at = texts.length;
  return new Map(
    texts.flatMap((text, i) => {
      const own = all.slice(at, (at += passages[i]?.length ?? 0));
      const vector = all[i];
      const { dimensions } = embedder;
      return vector
        ? [
            [
              text,
              { vector: packed(vector, dimensions), passages: packed(joined(own, dimensions), dimensions) },
            ],
          ]
        : [];
    }),
  );
}

function joined(vectors: readonly Float32Array[], dimensions: number): Float32Array {
  const all = new Float32Array(vectors.length * dimensions);
  for (const [i, vector] of vectors.entries()) all.set(vector, i * dimensions);
  return all;
}

async function store(workspaceId: WorkspaceId, model: string, computed: readonly Computed[]): Promise<void> {
  const hashes = computed.map(({ text }) => sha256(text));
  const vectors = computed.map(({ own }) => own.vector);
  const passages = computed.map(({ own }) => own.passages);
  const memories = computed.map(({ of }) => of);
  await inWorkspace(workspaceId, async (tx) => {
    await tx.$executeRaw`SET LOCAL synchronous_commit = off`; // A lost vector is computed again.
    await keepErasuresOut(tx);
    await tx.$executeRaw`
      INSERT INTO "Embedding" ("workspaceId", "model", "textHash", "vector", "passages")
      SELECT DISTINCT ON (t.hash) ${workspaceId}::uuid, ${model}, t.hash, t.vector, t.passages
      FROM unnest(${hashes}::bytea[], ${vectors}::bytea[], ${passages}::bytea[], ${memories}::uuid[]) AS t(hash, vector, passages, memory)
      WHERE NOT EXISTS (SELECT FROM "Memory" m WHERE m."workspaceId" = ${workspaceId}::uuid AND m."id" = t.memory AND m."erased")
      ON CONFLICT ("workspaceId", "model", "textHash") DO UPDATE SET "vector" = excluded."vector", "passages" = excluded."passages"`;
  });
}

/** Vectors of a model by the hash of their text, in base64. */
export const vectorsByHash = (
  workspaceId: WorkspaceId,
  hashes: readonly string[],
  model: string,
): Promise<Map<string, TextVectors>> => inWorkspace(workspaceId, (tx) => textVectors(tx, hashes, model));

/** Stored vectors of texts with their passages, by the hash of the text in base64. */
export async function textVectors(
  tx: Tx,
  hashes: readonly string[],
  model: string,
): Promise<Map<string, TextVectors>> {
  const found = new Map<string, TextVectors>();
  for (const part of chunks(hashes)) {
    const rows = await tx.$queryRaw<({ textHash: Uint8Array } & TextVectors)[]>`
      SELECT "textHash", "vector", "passages" FROM "Embedding"
      WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "model" = ${model} AND "textHash" = ANY(${part.map((hash) => Buffer.from(hash, "base64"))}::bytea[])`;
    for (const { textHash, vector, passages } of rows)
      found.set(Buffer.from(textHash).toString("base64"), { vector, passages });
  }
  return found;
}
