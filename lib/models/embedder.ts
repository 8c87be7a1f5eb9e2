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
  builtIn?: Promise<Embedder>;
  readonly queryCaches: WeakMap<Embedder, QueryCache>;
}

/** Development servers load modules again and again; the model must be loaded once per process. */
const shared: Shared = ((globalThis as { palimpsestEmbedder?: Shared }).palimpsestEmbedder ??= {
  queryCaches: new WeakMap(),
});

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
  if (embedder === null) delete shared.embedder;
  else shared.embedder = Promise.resolve(embedder);
}

/** The embedder of another model, as far as this process can run it: the configured one or the built-in one. */
export async function embedderOf(model: string): Promise<Embedder | null> {
  const configured = await getEmbedder();
  if (configured.model === model) return configured;
  const builtIn = await builtInEmbedder().catch(() => null);
  return builtIn?.model === model ? builtIn : null;
}

/** The vector of a question, from memory when it was asked before. */
export async function embedQuery(text: string, by?: Embedder): Promise<Float32Array> {
  const embedder = by ?? (await getEmbedder());
  const cache = shared.queryCaches.get(embedder) ?? createQueryCache(embedder);
  shared.queryCaches.set(embedder, cache);
  return cache.embedQuery(text);
}

async function createEmbedder(): Promise<Embedder> {
  const endpoint = env.embeddingEndpoint;
  return endpoint === null ? builtInEmbedder() : createRemoteEmbedder(endpoint);
}

/** One per process, also where it serves beside a configured one until all is embedded anew. */
function builtInEmbedder(): Promise<Embedder> {
  shared.builtIn ??= createBuiltIn().catch((error: unknown) => {
    delete shared.builtIn;
    throw error;
  });
  return shared.builtIn;
}

async function createBuiltIn(): Promise<Embedder> {
  try {
    return await createMiniLmEmbedder();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.warn(`The native embedding runtime did not start (${reason}); the slower WASM one is used.`);
    return createWasmEmbedder();
  }
}
