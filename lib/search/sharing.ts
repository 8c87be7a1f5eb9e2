import type { Scope } from "@/lib/domain/memory/memory";

/** So many different values are remembered; a store of more has little to share. */
const MOST_KNOWN = 20_000;

/** One copy of what many memories have in common: their names, and the scopes of whole sessions. */
export class Sharing {
  readonly #names = new Map<string, string>();
  readonly #scopes = new Map<string, Scope>();

  name<T extends string | null>(name: T): T {
    // The copy that is kept equals the one that came.
    return name === null ? name : (known(this.#names, name, name) as T);
  }

  scope(scope: Scope): Scope {
    const { userId, agentId, runId, sessionId } = scope;
    return known(this.#scopes, JSON.stringify([userId, agentId, runId, sessionId]), scope);
  }
}

function known<T>(all: Map<string, T>, key: string, value: T): T {
  const found = all.get(key);
  if (found !== undefined) return found;
  if (all.size >= MOST_KNOWN) all.clear();
  all.set(key, value);
  return value;
}

/** Numbers per piece of memory: a large array costs no more than its content, a small one several times as much. */
const SLAB = 65_536;

/** Puts small arrays of numbers side by side into large ones; a large one is given back when nobody reads its parts. */
export class Slabs {
  #slab = new Uint32Array(0);
  #used = 0;

  keep(numbers: readonly number[]): Uint32Array {
    if (this.#used + numbers.length > this.#slab.length) {
      this.#slab = new Uint32Array(Math.max(SLAB, numbers.length));
      this.#used = 0;
    }
    const part = this.#slab.subarray(this.#used, this.#used + numbers.length);
    part.set(numbers);
    this.#used += numbers.length;
    return part;
  }
}
