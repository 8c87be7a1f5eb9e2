import { appendFile, mkdir, readFile } from "node:fs/promises";
import path from "node:path";

import { sha256 } from "@/lib/store/digest";
import { getEmbedder, replaceEmbedder, type Embedder } from "@/lib/models/embedder";

const FOLDER = ".palimpsest/bench";
const HASH_BYTES = 32;

/**
 * Runs `work` with vectors kept from run to run under the hash of their text, so that trying another setting costs no
 * model calls. Never around a measurement of time.
 */
export async function withCachedVectors<T>(work: () => Promise<T>): Promise<T> {
  replaceEmbedder(await cached(await getEmbedder()));
  try {
    return await work();
  } finally {
    replaceEmbedder(null);
  }
}

async function cached(embedder: Embedder): Promise<Embedder> {
  const file = path.join(FOLDER, `${embedder.model.replace(/[^\w.-]/gu, "_")}.vectors`);
  const known = await read(file, embedder.dimensions);
  return {
    model: embedder.model,
    dimensions: embedder.dimensions,
    async embed(texts) {
      const missing = [...new Set(texts)].filter((text) => !known.has(hashOf(text)));
      const vectors = await embedder.embed(missing);
      const rows = missing.map((text, i) => {
        const vector = vectors[i] ?? new Float32Array(embedder.dimensions);
        known.set(hashOf(text), vector);
        return Buffer.concat([sha256(text), Buffer.from(vector.slice().buffer)]);
      });
      if (rows.length > 0) await appendFile(file, Buffer.concat(rows));
      return texts.map((text) => known.get(hashOf(text)) ?? new Float32Array(embedder.dimensions));
    },
  };
}

async function read(file: string, dimensions: number): Promise<Map<string, Float32Array>> {
  await mkdir(FOLDER, { recursive: true });
  const bytes = await readFile(file).catch(() => Buffer.alloc(0));
  const rowBytes = HASH_BYTES + dimensions * Float32Array.BYTES_PER_ELEMENT;
  const known = new Map<string, Float32Array>();
  for (let at = 0; at + rowBytes <= bytes.length; at += rowBytes) {
    const vector = Uint8Array.from(bytes.subarray(at + HASH_BYTES, at + rowBytes));
    known.set(bytes.toString("hex", at, at + HASH_BYTES), new Float32Array(vector.buffer));
  }
  return known;
}

const hashOf = (text: string): string => Buffer.from(sha256(text)).toString("hex");
