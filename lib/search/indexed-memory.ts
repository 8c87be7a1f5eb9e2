import type { EvidenceSums } from "@/lib/domain/registers/evidence";
import type { Kind, Scope } from "@/lib/domain/memory/memory";
import type { MemoryId, Millis } from "@/lib/domain/ids";
import type { Vectors } from "@/lib/domain/packed-vectors";

/** What the index is given of a memory. */
export interface MemoryToIndex {
  readonly id: MemoryId;
  readonly content: string;
  /** Equal hashes mean equal texts, so that a memory whose text stayed is not read again. */
  readonly textHash: string;
  readonly kind: Kind;
  readonly tags: readonly string[];
  readonly scope: Scope;
  readonly speaker: string | null;
  readonly validAt: Millis;
  readonly invalidAt: Millis | null;
  readonly createdAt: Millis;
  readonly superseded: boolean;
  readonly evidence: EvidenceSums;
  readonly vector: Vectors | null;
  /** Vectors of its passages, one after the other; null: not known, or none. */
  readonly passages?: Vectors | null;
}

/** What the index keeps of it: everything a score reads, and no text. */
export interface IndexedMemory extends Omit<MemoryToIndex, "content" | "vector" | "passages"> {
  /** Position in the vectors and postings. */
  readonly key: number;
  readonly hasVector: boolean;
  /** How many passages its text has, and how many of them have their vectors here. */
  readonly passagesDue: number;
  readonly passagesHeld: number;
  readonly terms: Uint32Array;
  readonly asks: boolean;
  readonly namesTime: boolean;
  readonly speaksOfNow: boolean;
}

/** Order within a session: since when it is valid, then creation; the id settles what is left. */
export function inOrder(a: IndexedMemory, b: IndexedMemory): number {
  return a.validAt - b.validAt || a.createdAt - b.createdAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Some vector of its text is still to be computed. */
export const awaitsVectors = ({ hasVector, passagesDue, passagesHeld }: IndexedMemory): boolean =>
  !hasVector || passagesHeld !== passagesDue;
