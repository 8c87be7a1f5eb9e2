import { env } from "@/lib/env";
import { createMiniLmEmbedder } from "@/lib/models/minilm-embedder";
import { createQueryCache, type QueryCache } from "@/lib/models/query-cache";
import { createRemoteEmbedder } from "@/lib/models/remote-embedder";
import { createWasmEmbedder } from "@/lib/models/wasm-embedder";

/** Turns texts into vectors of length 1. */
export interface Embedder {
  /** Recorded with every vector: vectors of two models are never compared. */
  readonly model: string;
  readonly dimensions: number;
  /** One vector per text, in the order of the texts. `onProgress` is told how many are done. */
  embed(
    texts: readonly string[],
    onProgress?: (done: number, total: number) => void,
  ): Promise<Float32Array[]>;
}

interface Shared {
  embedder?: Promise<Embedder>;
  queryCache?: Promise<QueryCache>;
}

/** Development servers load modules again and again; the model must be loaded once per process. */
const shared: Shared = ((globalThis as { palimpsestEmbedder?: Shared }).palimpsestEmbedder ??= {});

/** The one embedder of this process. A failed start is forgotten, so that the next call tries again. */
export function getEmbedder(): Promise<Embedder> {
  shared.embedder ??= createEmbedder().catch((error: unknown) => {
    delete shared.embedder;
    throw error;
  });
  return shared.embedder;
}

/** Lets another embedder answer from now on, for programs that measure; null: the usual one again. */
export function replaceEmbedder(embedder: Embedder | null): void {
  delete shared.queryCache;
  if (embedder === null) delete shared.embedder;
  else shared.embedder = Promise.resolve(embedder);
}

/** The vector of a question, from memory when it was asked before. */
export async function embedQuery(text: string): Promise<Float32Array> {
  shared.queryCache ??= getEmbedder().then((embedder) => createQueryCache(embedder));
  const cache = await shared.queryCache.catch((error: unknown) => {
    delete shared.queryCache;
    throw error;
  });
  return cache.embedQuery(text);
}

async function createEmbedder(): Promise<Embedder> {
  const endpoint = env.embeddingEndpoint;
  if (endpoint !== null) return createRemoteEmbedder(endpoint);
  try {
    return await createMiniLmEmbedder();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.warn(`The native embedding runtime did not start (${reason}); the slower WASM one is used.`);
    return createWasmEmbedder();
  }
}
