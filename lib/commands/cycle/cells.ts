import type { IndexedMemory } from "@/lib/search/indexed-memory";
import type { Match } from "@/lib/models/vector-index";
import type { WorkspaceIndex } from "@/lib/search/workspace-index";

/** Cells for each square root of the number of memories, and the nearest of them that a memory looks into. */
const CELLS = 2;
const LOOKED_INTO = 8;

/** The memories of a large store, each in the cell of the pivot that it is nearest to. */
export interface Cells {
  /** The nearest of those in the few cells that the memory is nearest to itself; one that stands just across a border is missed. */
  readonly nearest: (vector: Float32Array, asked: Asked) => Promise<Match[]>;
}

interface Asked {
  readonly key: number;
  readonly most: number;
  readonly allowed: (key: number) => boolean;
}

interface Given {
  readonly vectorOf: (memory: IndexedMemory) => Promise<Float32Array | undefined>;
  readonly pause: () => Promise<void>;
}

/**
 * Every memory is compared with 2√n pivots, spread over the store, and then with the few cells it is nearest to: some 6n√n comparisons
 * for all of them instead of n². Two that say nearly the same are near the same pivots.
 */
export async function cellsOf(index: WorkspaceIndex, { vectorOf, pause }: Given): Promise<Cells> {
  const open = index.memories.filter(
    (memory): memory is IndexedMemory => memory?.hasVector === true && !memory.superseded,
  );
  const count = Math.min(open.length, Math.ceil(CELLS * Math.sqrt(open.length)));
  const nearestCells = new NearestCells(index.memories.length);
  for (let cell = 0; cell < count; cell += 1) {
    const pivot = open[Math.floor((cell * open.length) / count)];
    const vector = pivot && (await vectorOf(pivot));
    if (vector) nearestCells.enter(cell, await index.vectors.scan(vector));
    if (cell % LOOKED_INTO === 0) await pause();
  }
  const members = Array.from({ length: count }, (): number[] => []);
  for (const { key } of open) members[nearestCells.of(key)[0] ?? 0]?.push(key);
  return {
    nearest: async (vector, { key, most, allowed }) => {
      const keys = nearestCells
        .of(key)
        .flatMap((cell) => members[cell] ?? [])
        .filter(allowed);
      const similarities = await index.vectors.similarities(vector, keys);
      return keys
        .map((own, i) => ({ key: own, similarity: similarities[i] ?? 0 }))
        .sort((a, b) => b.similarity - a.similarity || a.key - b.key)
        .slice(0, most);
    },
  };
}

/** By key: the few nearest cells, the nearest first. */
class NearestCells {
  readonly #cells: Int32Array;
  readonly #similarities: Float32Array;

  constructor(size: number) {
    this.#cells = new Int32Array(size * LOOKED_INTO).fill(-1);
    this.#similarities = new Float32Array(size * LOOKED_INTO).fill(-Infinity);
  }

  enter(cell: number, similarities: Float32Array): void {
    for (let key = 0; key < similarities.length; key += 1) {
      const similarity = similarities[key] ?? 0;
      let place = (key + 1) * LOOKED_INTO - 1;
      if (similarity <= (this.#similarities[place] ?? 0)) continue;
      for (; place > key * LOOKED_INTO && similarity > (this.#similarities[place - 1] ?? 0); place -= 1) {
        this.#similarities[place] = this.#similarities[place - 1] ?? 0;
        this.#cells[place] = this.#cells[place - 1] ?? 0;
      }
      this.#similarities[place] = similarity;
      this.#cells[place] = cell;
    }
  }

  of(key: number): number[] {
    return [...this.#cells.subarray(key * LOOKED_INTO, (key + 1) * LOOKED_INTO)].filter((cell) => cell >= 0);
  }
}
