import type { MemoryId, Seq } from "@/lib/domain/ids";

/**
 * The text of a memory: a last write, but one made from the words of a merge's sources counts only while all of them are
 * members. Writes older than the newest unconditional one can never be read again and are dropped.
 */
export interface ContentWrite {
  readonly seq: Seq;
  /** null after an erasure. */
  readonly text: string | null;
  readonly madeFrom: readonly MemoryId[];
}
export type Content = readonly ContentWrite[];

export const initial: Content = [];

export function step(content: Content, write: ContentWrite): Content {
  const writes = [...content.filter((w) => w.seq !== write.seq), write].sort((a, b) => a.seq - b.seq);
  const newestPlain = writes.findLastIndex((w) => w.madeFrom.length === 0);
  return writes.slice(Math.max(0, newestPlain));
}

/** The newest text whose words are all still in the merge; null when there is none. */
export function read(content: Content, isMember: (source: MemoryId) => boolean): string | null {
  const eligible = content.findLast((w) => w.text !== null && w.madeFrom.every(isMember));
  return eligible?.text ?? null;
}
