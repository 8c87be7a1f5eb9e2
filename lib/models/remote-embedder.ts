import type { EmbeddingEndpoint } from "@/lib/env";
import { askEndpoint, QUOTED_CHARACTERS, type CallOptions, type Refusal } from "@/lib/models/ask-endpoint";
import type { Embedder } from "@/lib/models/embedder";
import { toUnitLength } from "@/lib/models/unit-vector";

const DEFAULT_OPTIONS: CallOptions = { timeoutMs: 30_000, attempts: 4, firstRetryDelayMs: 500 };
const TEXTS_PER_CALL = 64;

/** Vectors from any endpoint that speaks the OpenAI embeddings protocol. */
export function createRemoteEmbedder(
  endpoint: EmbeddingEndpoint,
  options: CallOptions = DEFAULT_OPTIONS,
): Embedder {
  return {
    model: endpoint.model,
    dimensions: endpoint.dimensions,
    async embed(texts, onProgress) {
      const vectors: Float32Array[] = [];
      for (let from = 0; from < texts.length; from += TEXTS_PER_CALL) {
        const part = texts.slice(from, from + TEXTS_PER_CALL);
        vectors.push(...(await askEndpoint(endpoint, options, embeddingCall(endpoint, part))));
        onProgress?.(vectors.length, texts.length);
      }
      return vectors;
    },
  };
}

const embeddingCall = ({ model, dimensions }: EmbeddingEndpoint, texts: readonly string[]) => ({
  path: "/embeddings",
  purpose: "embedding",
  payload: { model, input: texts, encoding_format: "float" },
  read: (body: string) => readVectors(body, texts.length, dimensions),
});

/** Rows come with their index and in any order; a row of another length would poison every later comparison. */
function readVectors(
  body: string,
  expected: number,
  dimensions: number,
): { readonly value: Float32Array[] } | Refusal {
  const rows = parseRows(body);
  if (rows === null)
    return {
      problem: `an answer that is not a list of embeddings: ${body.slice(0, QUOTED_CHARACTERS)}`,
      retryAfterMs: null,
    };
  const vectors = new Array<Float32Array | undefined>(expected).fill(undefined);
  for (const { index, embedding } of rows) {
    if (embedding.length !== dimensions) {
      const remedy = "Set PALIMPSEST_EMBED_DIMENSIONS to what the model returns.";
      return {
        problem: `a vector of ${embedding.length} numbers instead of ${dimensions}. ${remedy}`,
        retryAfterMs: null,
      };
    }
    vectors[index] = toUnitLength(embedding);
  }
  const complete = vectors.filter((vector) => vector !== undefined);
  if (complete.length !== expected || vectors.length !== expected) {
    return { problem: `${rows.length} vectors for ${expected} texts`, retryAfterMs: null };
  }
  return { value: complete };
}

function parseRows(body: string): { index: number; embedding: number[] }[] | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return null;
  }
  if (typeof parsed !== "object" || parsed === null || !("data" in parsed) || !Array.isArray(parsed.data))
    return null;
  const rows: { index: number; embedding: number[] }[] = [];
  for (const [position, row] of parsed.data.entries()) {
    if (typeof row !== "object" || row === null || !Array.isArray(row.embedding)) return null;
    if (
      !row.embedding.every(
        (component: unknown) => typeof component === "number" && Number.isFinite(component),
      )
    )
      return null;
    rows.push({ index: typeof row.index === "number" ? row.index : position, embedding: row.embedding });
  }
  return rows;
}
