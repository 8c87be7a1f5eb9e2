import { createExactVectorIndex } from "@/lib/models/exact-vector-index";
import { packedBytes, type Vectors } from "@/lib/domain/packed-vectors";

/** The vectors of the passages of long texts, each belonging to the key of its memory. */
export interface PassageIndex {
  /** Replaces the passages of a key; the vectors stand one after the other. */
  readonly set: (key: number, vectors: Vectors) => Promise<void>;
  readonly remove: (key: number) => Promise<void>;
  /** How many passages a key has here. */
  readonly held: (key: number) => number;
  /** For each key the highest of the similarity of its whole text and those of its passages. */
  readonly nearest: (query: Float32Array, wholes: Float32Array) => Promise<Float32Array>;
  readonly dispose: () => void;
}

/** A row that belongs to nobody. */
const FREE = -1;

export function createPassageIndex(dimensions: number): PassageIndex {
  const vectors = createExactVectorIndex(dimensions);
  const owners: number[] = [];
  const rowsOf = new Map<number, number[]>();
  const free: number[] = [];

  const remove = async (key: number): Promise<void> => {
    for (const row of rowsOf.get(key) ?? []) {
      owners[row] = FREE;
      free.push(row);
      await vectors.remove(row);
    }
    rowsOf.delete(key);
  };

  return {
    remove,
    held: (key) => rowsOf.get(key)?.length ?? 0,
    dispose: () => vectors.dispose(),
    async set(key, flat) {
      await remove(key);
      const rows: number[] = [];
      const step = flat instanceof Float32Array ? dimensions : packedBytes(dimensions);
      for (let from = 0; from < flat.length; from += step) {
        const row = free.pop() ?? owners.length;
        owners[row] = key;
        rows.push(row);
        await vectors.upsert(row, flat.subarray(from, from + step));
      }
      if (rows.length > 0) rowsOf.set(key, rows);
    },
    async nearest(query, wholes) {
      const found = wholes.slice();
      if (rowsOf.size === 0) return found;
      const similarities = await vectors.scan(query);
      for (let row = 0; row < similarities.length; row += 1) {
        const key = owners[row] ?? FREE;
        const similarity = similarities[row] ?? 0;
        if (key !== FREE && similarity > (found[key] ?? 0)) found[key] = similarity;
      }
      return found;
    },
  };
}
