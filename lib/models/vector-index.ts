import type { Vectors } from "@/lib/domain/packed-vectors";

/** A vector's key and how alike it is to the query: their dot product, which is the cosine of unit vectors. */
export interface Match {
  readonly key: number;
  readonly similarity: number;
}

/**
 * Finds the vectors nearest to a query. Keys are small whole numbers that the caller hands out without gaps, and uses
 * again after `remove`. An index in the process answers at once; one in a database server takes a round trip.
 */
export interface VectorIndex {
  readonly dimensions: number;
  upsert(key: number, vector: Vectors): Promise<void>;
  remove(key: number): Promise<void>;
  /** The `k` most similar keys, best first, of those allowed; equally similar ones in the order of their keys. */
  search(query: Float32Array, k: number, allowed?: (key: number) => boolean): Promise<Match[]>;
  /** One similarity per given key, in their order; 0 for a key without a vector. */
  similarities(query: Float32Array, keys: readonly number[]): Promise<Float32Array>;
}

/** An index that can afford to compare the query with everything, which makes a ranking exact and free of cut-offs. */
export interface ExhaustiveVectorIndex extends VectorIndex {
  /** The similarity of every key, as an array indexed by key; 0 for a key without a vector. */
  scan(query: Float32Array): Promise<Float32Array>;
  /** Gives the memory back; the index must not be used again. */
  dispose(): void;
}
