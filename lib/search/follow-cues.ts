import { cueRows, questionVectors, type CueRow } from "@/lib/store/cue-rows";
import { groupBy } from "@/lib/domain/group-by";
import { millis, type MemoryId, type WorkspaceId } from "@/lib/domain/ids";
import { vectorOf } from "@/lib/store/telemetry";
import type { JudgedFor } from "./cue-index";
import type { WorkspaceIndex } from "./workspace-index";

/** The index that follows, and whose vectors it holds: those of another model say nothing here. */
export interface Followed {
  readonly workspaceId: WorkspaceId;
  readonly index: WorkspaceIndex;
  readonly model: string;
}

/**
 * Reads again what was learned for questions about these memories, from the live changes. Called with whatever moved, so a
 * revert takes its term out and a redo brings it back, like everything else in the index.
 */
export async function followCues(followed: Followed, moved: readonly MemoryId[]): Promise<void> {
  const { workspaceId, index, model } = followed;
  const judged = moved
    .flatMap((id) => index.find(id) ?? [])
    .filter((memory) => Object.keys(memory.evidence).length > 0);
  for (const id of moved) {
    const memory = index.find(id);
    if (memory && Object.keys(memory.evidence).length === 0) index.cues.remove(memory.key);
  }
  if (judged.length === 0) return;
  const rows = await cueRows(
    workspaceId,
    judged.map((memory) => memory.id),
    model,
  );
  const vectors = await newVectors(followed, rows);
  const byMemory = groupBy(rows, (row) => row.memoryId);
  for (const { id, key, kind, evidence } of judged)
    index.cues.set(key, { terms: termsOf(byMemory.get(id) ?? []), evidence, kind }, vectors);
}

export const termsOf = (rows: readonly CueRow[]): JudgedFor[] =>
  rows.map(({ question, at, weight, source }) => ({ question, at: millis(Number(at)), weight, source }));

async function newVectors(
  { workspaceId, index }: Followed,
  rows: readonly CueRow[],
): Promise<ReadonlyMap<string, Float32Array>> {
  const askedBy = new Map(
    rows.filter((row) => !index.cues.holds(row.question)).map((row) => [row.question, row.retrievalId]),
  );
  if (askedBy.size === 0) return new Map();
  const found = new Map(
    (await questionVectors(workspaceId, [...askedBy.values()])).map(({ id, vector }) => [
      id,
      vectorOf(vector),
    ]),
  );
  return new Map(
    [...askedBy].flatMap(([question, id]) => {
      const vector = found.get(id);
      return vector?.length === index.vectors.dimensions ? [[question, vector] as const] : [];
    }),
  );
}
