import type { EmbeddingEndpoint } from "@/lib/env";
import type { Embedder } from "@/lib/models/embedder";
import { toUnitLength } from "@/lib/models/unit-vector";

/** How calls to the endpoint behave; tests shorten the waits. */
export interface RemoteEmbedderOptions {
  readonly timeoutMs: number;
  readonly attempts: number;
  readonly firstRetryDelayMs: number;
}

const DEFAULT_OPTIONS: RemoteEmbedderOptions = { timeoutMs: 30_000, attempts: 4, firstRetryDelayMs: 500 };
const TEXTS_PER_CALL = 64;
const QUOTED_CHARACTERS = 300;

/** What the endpoint answers to a call that failed; `retryAfterMs` is null when trying again cannot help. */
interface Refusal {
  readonly problem: string;
  readonly retryAfterMs: number | null;
}

type Answer = { readonly vectors: Float32Array[] } | Refusal;

/** Vectors from any endpoint that speaks the OpenAI embeddings protocol. */
export function createRemoteEmbedder(
  endpoint: EmbeddingEndpoint,
  options: RemoteEmbedderOptions = DEFAULT_OPTIONS,
): Embedder {
  return {
    model: endpoint.model,
    dimensions: endpoint.dimensions,
    async embed(texts, onProgress) {
      const vectors: Float32Array[] = [];
      for (let from = 0; from < texts.length; from += TEXTS_PER_CALL) {
        vectors.push(
          ...(await embedWithRetries(endpoint, options, texts.slice(from, from + TEXTS_PER_CALL))),
        );
        onProgress?.(vectors.length, texts.length);
      }
      return vectors;
    },
  };
}

async function embedWithRetries(
  endpoint: EmbeddingEndpoint,
  options: RemoteEmbedderOptions,
  texts: readonly string[],
): Promise<Float32Array[]> {
  for (let attempt = 1; ; attempt++) {
    const answer = await call(endpoint, options.timeoutMs, texts);
    if ("vectors" in answer) return answer.vectors;
    if (answer.retryAfterMs === null || attempt >= options.attempts) {
      throw new Error(
        `The embedding endpoint ${endpoint.url} failed after ${attempt} tries: ${answer.problem}`,
      );
    }
    const backoffMs = options.firstRetryDelayMs * 2 ** (attempt - 1);
    await new Promise((resolve) => setTimeout(resolve, Math.max(backoffMs, answer.retryAfterMs ?? 0)));
  }
}

async function call(
  endpoint: EmbeddingEndpoint,
  timeoutMs: number,
  texts: readonly string[],
): Promise<Answer> {
  let response: Response;
  let body: string;
  try {
    response = await fetch(`${endpoint.url}/embeddings`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(endpoint.key === null ? {} : { authorization: `Bearer ${endpoint.key}` }),
      },
      body: JSON.stringify({ model: endpoint.model, input: texts, encoding_format: "float" }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    body = await response.text();
  } catch (error) {
    const timedOut = error instanceof Error && error.name === "TimeoutError";
    return { problem: timedOut ? `no answer within ${timeoutMs} ms` : String(error), retryAfterMs: 0 };
  }
  if (!response.ok) return refusal(response, body);
  return readVectors(body, texts.length, endpoint.dimensions);
}

/** A full server and a busy one are worth another try; a wrong key or model is not. */
function refusal(response: Response, body: string): Refusal {
  const problem = `status ${response.status}: ${body.slice(0, QUOTED_CHARACTERS)}`;
  const passing = response.status === 408 || response.status === 429 || response.status >= 500;
  const retryAfterSeconds = Number(response.headers.get("retry-after") ?? 0);
  return {
    problem,
    retryAfterMs: passing ? (Number.isFinite(retryAfterSeconds) ? retryAfterSeconds * 1000 : 0) : null,
  };
}

/** Rows come with their index and in any order; a row of another length would poison every later comparison. */
function readVectors(body: string, expected: number, dimensions: number): Answer {
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
  return { vectors: complete };
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
