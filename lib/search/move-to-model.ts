import { chunks } from "@/lib/store/chunks";
import {
  dominantModel,
  questionsOfOthers,
  setQuestionVectors,
  textsWithout,
} from "@/lib/store/model-vectors";
import { embedAndStore } from "./embeddings";
import { embedderOf, type Embedder } from "@/lib/models/embedder";
import { readQuestion } from "@/lib/domain/recall/question";
import type { WorkspaceId } from "@/lib/domain/ids";

/**
 * Whose vectors a workspace is searched by: the configured model's, or, while another model's are the most and this process
 * can still ask it, that one's, until everything is embedded anew.
 */
export async function servingEmbedder(workspaceId: WorkspaceId, configured: Embedder): Promise<Embedder> {
  const stored = await dominantModel(workspaceId);
  if (stored === null || stored === configured.model) return configured;
  return (await embedderOf(stored)) ?? configured;
}

export interface Moving {
  /** Who said what, for the reading of questions. */
  readonly speakers: readonly string[];
  readonly onProgress: (done: number, total: number) => void;
}

/** Questions per model call and per transaction. */
const BATCH = 64;

/** Embeds every memory and every judged question with another model. What others write meanwhile is embedded in a later round. */
export async function embedForModel(
  workspaceId: WorkspaceId,
  embedder: Embedder,
  { speakers, onProgress }: Moving,
): Promise<void> {
  for (
    let texts = await textsWithout(workspaceId, embedder.model);
    texts.length > 0;
    texts = await textsWithout(workspaceId, embedder.model)
  ) {
    const total = texts.length;
    await embedAndStore(workspaceId, texts, {
      embedder,
      onBatch: async (_vectors, done) => onProgress(done, total),
    });
  }
  for (const part of chunks(await questionsOfOthers(workspaceId, embedder.model), BATCH)) {
    const spoken = part.map(({ query, at }) => readQuestion(query, { speakers, at: at.getTime() }).spoken);
    const vectors = await embedder.embed(spoken);
    await setQuestionVectors(
      workspaceId,
      embedder.model,
      part.flatMap(({ id }, i) => (vectors[i] ? [{ id, vector: vectors[i] }] : [])),
    );
  }
}
