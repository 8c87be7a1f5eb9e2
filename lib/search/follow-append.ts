import { catchUp, followedBy } from "./catch-up";
import { chunks } from "@/lib/store/chunks";
import { followBonds, followEdits, followGraph } from "./follow-graph";
import { followCues } from "./follow-cues";
import { movedView } from "./moved-memory";
import { place, type HeldIndex } from "./held-index";
import { setImmediate as nextTurn } from "node:timers/promises";
import { vectorsByHash, type TextVectors } from "./embeddings";
import type { Appended } from "@/lib/store/append";
import type { WorkspaceId } from "@/lib/domain/ids";

/** Memories placed before others get their turn. */
const AT_ONCE = 200;

/**
 * Takes an append in as it was made, where the index stands right before it; what it cannot know from the append alone
 * it reads. Parameters and erasures are rare and reach further than the memories that moved.
 */
export async function followAppend(workspaceId: WorkspaceId, held: HeldIndex, done: Appended): Promise<void> {
  const isNext = held.seq === done.head - done.changes.length;
  if (!isNext || done.changes.some((c) => c.op === "purge" || c.target.type === "workspace"))
    return catchUp(workspaceId, held);
  const moved = [...done.memories.values()];
  const vectors = await storedVectors(workspaceId, held, moved);
  for (const part of chunks(moved, AT_ONCE)) {
    for (const { after } of part) {
      const memory = movedView(after);
      await place(held, { ...memory, ...vectors.get(memory.textHash) });
    }
    if (moved.length > AT_ONCE) await nextTurn();
  }
  await followGraph(
    workspaceId,
    held.index,
    moved.map(({ after }) => movedView(after)),
  );
  if (done.changes.some((c) => c.target.type === "relation"))
    await followBonds(workspaceId, held.index, { after: held.seq, upTo: done.head });
  if (done.changes.some((c) => c.target.type === "entity" || c.target.type === "edge"))
    await followEdits(workspaceId, held.index, { after: held.seq, upTo: done.head });
  await followCues(followedBy(workspaceId, held, held.epoch), [...done.memories.keys()]);
  held.seq = done.head;
}

type Moved = NonNullable<ReturnType<Appended["memories"]["get"]>>;

/**
 * Stored vectors of memories that come back or take an earlier text again. A text that is new here has none, as a rule; among
 * many there are some that were here before, and a look costs less than the model.
 */
async function storedVectors(
  workspaceId: WorkspaceId,
  held: HeldIndex,
  moved: readonly Moved[],
): Promise<ReadonlyMap<string, TextVectors>> {
  const areMany = moved.length > AT_ONCE;
  const unknown = moved.flatMap(({ before, after }) => {
    const memory = movedView(after);
    const mayBeStored = areMany || before !== null;
    return mayBeStored && memory.isSearchable && held.index.find(memory.id)?.textHash !== memory.textHash
      ? [memory.textHash]
      : [];
  });
  return unknown.length === 0 || held.embedder === null
    ? new Map()
    : vectorsByHash(workspaceId, unknown, held.embedder.model);
}
