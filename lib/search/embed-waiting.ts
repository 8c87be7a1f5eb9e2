import { embedAndStoreLater, type TextVectors } from "./embeddings";
import { getEmbedder } from "@/lib/models/embedder";
import { indexes } from "./indexes";
import { publish } from "@/lib/store/feed";
import type { HeldIndex } from "./held-index";
import type { MemoryId, WorkspaceId } from "@/lib/domain/ids";

/** So few missing vectors, about a second's work, are computed before the recall answers; more are computed beside it. */
export const EMBED_AT_ONCE = 200;

/** Computes the vectors that an index waits for, once at a time, and waits for them if they are few. */
export async function embedWaiting(workspaceId: WorkspaceId, held: HeldIndex): Promise<void> {
  held.embedding ??= embedAll(workspaceId, held)
    // Without a model the words alone have to do; whoever asks is told which part is missing.
    .catch((error: unknown) =>
      console.warn(`Embedding has to wait: ${error instanceof Error ? error.message : String(error)}`),
    )
    .finally(() => {
      held.embedding = null;
    });
  if (held.waiting.size <= EMBED_AT_ONCE) await held.embedding;
}

async function embedAll(workspaceId: WorkspaceId, held: HeldIndex): Promise<void> {
  const embedder = held.embedder ?? (await getEmbedder());
  // A model that was away when the index was made is back: the index is made anew for it.
  if (held.embedder === null) return void indexes()?.delete(workspaceId);
  while (held.waiting.size > 0) {
    const byText = new Map<string, MemoryId[]>();
    for (const [id, text] of held.waiting) byText.set(text, [...(byText.get(text) ?? []), id]);
    const total = held.waiting.size;
    const anyOf = new Map(
      [...byText].flatMap(([text, [id]]) => (id === undefined ? [] : [[text, id] as const])),
    );
    await embedAndStoreLater(workspaceId, anyOf, {
      embedder,
      onBatch: async (vectors, done) => {
        for (const [text, own] of vectors) await settle(held, text, { ids: byText.get(text) ?? [], ...own });
        if (total > EMBED_AT_ONCE)
          publish(workspaceId, { type: "progress", data: { job: "embedding", done, total } });
      },
    });
  }
}

async function settle(
  held: HeldIndex,
  text: string,
  { ids, vector, passages }: TextVectors & { readonly ids: readonly MemoryId[] },
): Promise<void> {
  for (const id of ids) {
    // The memory may have been edited while its text was embedded; then another text waits under its id.
    if (held.waiting.get(id) !== text) continue;
    held.waiting.delete(id);
    await held.index.setVector(id, vector, passages);
  }
}
