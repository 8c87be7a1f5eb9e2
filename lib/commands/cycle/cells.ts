import { best } from "@/lib/search/best";
import { groupBy } from "@/lib/domain/group-by";
import type { IndexedMemory } from "@/lib/search/indexed-memory";
import type { Match } from "@/lib/models/vector-index";
import type { WorkspaceIndex } from "@/lib/search/workspace-index";

/** Cells for each square root of the number of memories, and the nearest of them that a memory looks into. */
const CELLS = 2;
const LOOKED_INTO = 8;
/** So many memories that may be the same at all are compared each with every other: fewer than the cells would bring together. */
const FEW = 1000;

/** The memories of a large store, each beside those that it may be the same as. */
export interface Cells {
  /**
   * The nearest of its group, best first. In a large group those in the few cells that the memory is nearest to itself; one that
   * stands just across a border is missed.
   */
  readonly nearest: (vector: Float32Array, asked: Asked) => Promise<Match[]>;
}

interface Asked {
  readonly key: number;
  readonly most: number;
  /** Asked only of those that would be among the nearest. */
  readonly allowed: (key: number) => boolean;
}

interface Given {
  /** Compare every two of a group, however large it is. */
  readonly all: boolean;
  /** Memories of different groups are never the same, whatever they say. */
  readonly groupOf: (memory: IndexedMemory) => string;
  readonly vectorOf: (memory: IndexedMemory) => Promise<Float32Array | undefined>;
  readonly pause: () => Promise<void>;
}

/**
 * A memory of a small group is compared with all of it, one of any group where `all` asks for it. Else, in a store with a larger one,
 * every memory is compared with 2√n pivots, spread over the store, and then with those of its group in the few cells it is nearest to:
 * some 6n√n comparisons for all of them instead of n². Two that say nearly the same are near the same pivots.
 */
export async function cellsOf(index: WorkspaceIndex, given: Given): Promise<Cells> {
  const open = index.memories.filter(
    (memory): memory is IndexedMemory => memory?.hasVector === true && !memory.superseded,
  );
  const groups = [...groupBy(open, given.groupOf).values()].map((group) => group.map(({ key }) => key));
  const isLarge = (group: readonly number[]): boolean => group.length > FEW;
  const nearestCells = !given.all && groups.some(isLarge) ? await spread(index, open, given) : null;
  const besides = new Map<number, (key: number) => readonly number[]>();
  for (const group of groups) {
    const beside = nearestCells !== null && isLarge(group) ? inCells(group, nearestCells) : () => group;
    for (const key of group) besides.set(key, beside);
  }
  return {
    nearest: async (vector, { key, most, allowed }) => {
      const keys = besides.get(key)?.(key) ?? [];
      const values = await index.vectors.similarities(vector, keys);
      const keyAt = (place: number): number => keys[place] ?? key;
      return best(keys.length, most, { values, allowed: (place) => allowed(keyAt(place)) }).map((place) => ({
        key: keyAt(place),
        similarity: values[place] ?? 0,
      }));
    },
  };
}

/** Members of a group in the cells that one of them is nearest to. */
function inCells(group: readonly number[], nearestCells: NearestCells): (key: number) => readonly number[] {
  const members = groupBy(group, (key) => nearestCells.of(key)[0] ?? 0);
  return (key) => nearestCells.of(key).flatMap((cell) => members.get(cell) ?? []);
}

/** Finds the cells that each memory is nearest to. */
async function spread(
  index: WorkspaceIndex,
  open: readonly IndexedMemory[],
  { vectorOf, pause }: Given,
): Promise<NearestCells> {
  const count = Math.min(open.length, Math.ceil(CELLS * Math.sqrt(open.length)));
  const nearestCells = new NearestCells(index.memories.length);
  for (let cell = 0; cell < count; cell += 1) {
    const pivot = open[Math.floor((cell * open.length) / count)];
    const vector = pivot && (await vectorOf(pivot));
    if (vector) nearestCells.enter(cell, await index.vectors.scan(vector));
    if (cell % LOOKED_INTO === 0) await pause();
  }
  return nearestCells;
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
