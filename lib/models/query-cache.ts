import type { Embedder } from "@/lib/models/embedder";

/** Vectors of recent questions; asking the same thing again costs no model call. */
export interface QueryCache {
  readonly embedQuery: (text: string) => Promise<Float32Array>;
}

const DEFAULT_CAPACITY = 2_000;

/**
 * Keeps the `capacity` most recently used vectors. Two requests for one text share a call, and a call that fails is
 * forgotten, so that the next request tries again.
 */
export function createQueryCache(embedder: Embedder, capacity = DEFAULT_CAPACITY): QueryCache {
  const vectors = new Map<string, Promise<Float32Array>>();
  return {
    embedQuery(text) {
      const known = vectors.get(text);
      // A map lists its keys in the order of insertion, so a key that is put in again becomes the newest.
      vectors.delete(text);
      const vector = known ?? embedOne(embedder, text);
      vectors.set(text, vector);
      if (known === undefined) {
        vector.catch(() => {
          if (vectors.get(text) === vector) vectors.delete(text);
        });
      }
      for (const oldest of vectors.keys()) {
        if (vectors.size <= capacity) break;
        vectors.delete(oldest);
      }
      return vector;
    },
  };
}

async function embedOne(embedder: Embedder, text: string): Promise<Float32Array> {
  const [vector] = await embedder.embed([text]);
  if (vector === undefined) throw new Error(`The model ${embedder.model} returned no vector.`);
  return vector;
}
