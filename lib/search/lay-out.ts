import type { EvidenceSums } from "@/lib/domain/registers/evidence";
import type { IndexedMemory, MemoryToIndex } from "./indexed-memory";

/** What the index itself knows of a memory. */
export type Own = Omit<IndexedMemory, keyof MemoryToIndex>;

/**
 * One memory as the index keeps it. The fields are written out, because objects that are spread together get a layout of
 * their own each, and a search that reads a hundred thousand layouts takes twice the time and twice the memory.
 */
export function layOut(given: Omit<MemoryToIndex, "content" | "vector">, own: Own): IndexedMemory {
  const { id, textHash, kind, tags, scope, speaker, validAt, invalidAt, createdAt, superseded, evidence } =
    given;
  const { key, hasVector, passagesDue, passagesHeld, terms, asks, namesTime, speaksOfNow } = own;
  return {
    id,
    textHash,
    kind,
    tags: tags.length === 0 ? NONE : tags,
    scope,
    speaker,
    validAt,
    invalidAt,
    createdAt,
    superseded,
    evidence: Object.keys(evidence).length === 0 ? NO_EVIDENCE : evidence,
    key,
    hasVector,
    passagesDue,
    passagesHeld,
    terms,
    asks,
    namesTime,
    speaksOfNow,
  };
}

// One copy of what most memories have.
const NONE: readonly string[] = [];
const NO_EVIDENCE: EvidenceSums = {};
