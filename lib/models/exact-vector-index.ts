import { createDotKernel, createSharedMemory } from "@/lib/models/vectors/dot-kernel.mjs";
import { getScanThread, type ScanThread } from "@/lib/models/vectors/scan-thread";
import {
  bytesForRow,
  rowBytesOf,
  scanRows,
  scanSomeRows,
  SIDE,
  writeRow,
} from "@/lib/models/vectors/vector-memory.mjs";
import { dimensionsOf, inBytes, packedBytes, type Vectors } from "@/lib/domain/packed-vectors";
import type { ExhaustiveVectorIndex, Match } from "@/lib/models/vector-index";

/** A smaller index is scanned in place (16,000 rows of 384 numbers take .5 ms), a larger one beside the main thread. */
const LARGEST_SCAN_IN_PLACE_ROWS = 16_000;
const PAGE_BYTES = 65_536;

/** Compares the query with every vector, kept at 8 bits a number in memory shared with the scanning thread. */
export function createExactVectorIndex(dimensions: number): ExhaustiveVectorIndex {
  const rowBytes = rowBytesOf(dimensions);
  const memory = createSharedMemory(Math.ceil(bytesForRow(rowBytes, 0) / PAGE_BYTES));
  const vectors = { memory, rowBytes, dot: createDotKernel(memory) };
  const removed = new Set<number>();
  let rows = 0;
  let opened: { readonly thread: ScanThread; readonly index: number } | undefined;

  const reserve = (row: number): void => {
    const missingBytes = bytesForRow(rowBytes, row) - memory.buffer.byteLength;
    if (missingBytes > 0) memory.grow(Math.ceil(missingBytes / PAGE_BYTES));
  };
  const checked = <V extends Vectors>(vector: V): V => {
    if (dimensionsOf(vector) === dimensions) return vector;
    throw new Error(`A vector of ${dimensionsOf(vector)} numbers does not fit an index of ${dimensions}.`);
  };
  const scan = async (query: Float32Array): Promise<Float32Array> => {
    checked(query);
    if (rows <= LARGEST_SCAN_IN_PLACE_ROWS)
      return scanRows(vectors, { query, side: SIDE.main, from: 0, to: rows });
    const thread = getScanThread();
    // A thread that was lost is replaced by one that has not seen this index yet.
    if (opened?.thread !== thread) opened = { thread, index: thread.open(memory, rowBytes) };
    return thread.scan(opened.index, query, rows);
  };

  return {
    dimensions,
    async upsert(key, vector) {
      reserve(key);
      writeRow(vectors, key, inBytes(checked(vector), dimensions));
      removed.delete(key);
      rows = Math.max(rows, key + 1);
    },
    async remove(key) {
      if (key >= rows) return;
      writeRow(vectors, key, new Uint8Array(packedBytes(dimensions)));
      removed.add(key);
    },
    async search(query, k, allowed) {
      return nearest(await scan(query), k, (key) => !removed.has(key) && (allowed?.(key) ?? true));
    },
    async similarities(query, keys) {
      checked(query);
      const held = keys.filter((key) => key < rows);
      const found = scanSomeRows(vectors, { query, side: SIDE.main, rows: held });
      if (held.length === keys.length) return found;
      const byKey = new Map(held.map((key, i) => [key, found[i] ?? 0]));
      return Float32Array.from(keys, (key) => byKey.get(key) ?? 0);
    },
    scan,
    dispose() {
      opened?.thread.close(opened.index);
    },
  };
}

function nearest(similarities: Float32Array, k: number, allowed: (key: number) => boolean): Match[] {
  const matches: Match[] = [];
  let floor = -Infinity;
  for (let key = 0; key < similarities.length; key++) {
    const similarity = similarities[key] ?? 0;
    if (similarity <= floor || !allowed(key)) continue;
    matches.push({ key, similarity });
    // Sorting away the rest once in a while keeps the list short without the bookkeeping of a heap.
    if (matches.length >= 2 * k) floor = keepBest(matches, k);
  }
  keepBest(matches, k);
  return matches;
}

/** Returns the similarity below which nothing can enter any more. */
function keepBest(matches: Match[], k: number): number {
  matches.sort((a, b) => b.similarity - a.similarity || a.key - b.key);
  matches.length = Math.min(matches.length, k);
  return matches.length < k ? -Infinity : (matches.at(-1)?.similarity ?? -Infinity);
}
