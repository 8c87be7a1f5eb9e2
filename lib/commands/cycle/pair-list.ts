/** Pairs of memories by their keys, in typed arrays: millions of them fit where as many objects would not. */
export class PairList {
  readonly #places = new Map<number, number>();
  #keys = new Float64Array(FIRST_ROOM);
  #cosines = new Float32Array(FIRST_ROOM);
  #mutual = new Uint8Array(FIRST_ROOM);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Adds what is known of a pair, in whatever order its two are named; a cosine that is known stays. */
  add(
    one: number,
    other: number,
    { cosine, isMutual }: { readonly cosine: number | null; readonly isMutual: boolean },
  ): void {
    const key = Math.min(one, other) * SPAN + Math.max(one, other);
    const place = this.#places.get(key) ?? this.#open(key);
    if (cosine !== null) this.#cosines[place] = cosine;
    if (isMutual) this.#mutual[place] = 1;
  }

  /** In the order of the keys of their first, then of their second: what is read for one of them serves the next ones too. */
  *inOrder(): Generator<{
    readonly a: number;
    readonly b: number;
    readonly cosine: number | null;
    readonly isMutual: boolean;
  }> {
    for (const key of this.#keys.slice(0, this.#length).sort()) {
      const place = this.#places.get(key) ?? 0;
      const cosine = this.#cosines[place] ?? Number.NaN;
      yield {
        a: Math.floor(key / SPAN),
        b: key % SPAN,
        cosine: Number.isNaN(cosine) ? null : cosine,
        isMutual: this.#mutual[place] === 1,
      };
    }
  }

  #open(key: number): number {
    const place = this.#length;
    if (place === this.#keys.length) this.#grow();
    this.#places.set(key, place);
    this.#keys[place] = key;
    this.#cosines[place] = Number.NaN;
    this.#length += 1;
    return place;
  }

  #grow(): void {
    const grown = <T extends Float64Array | Float32Array | Uint8Array>(into: T, from: T): T => {
      into.set(from);
      return into;
    };
    const room = 2 * this.#length;
    this.#keys = grown(new Float64Array(room), this.#keys);
    this.#cosines = grown(new Float32Array(room), this.#cosines);
    this.#mutual = grown(new Uint8Array(room), this.#mutual);
  }
}

const FIRST_ROOM = 1024;
/** Two keys in the 53 bits of one number; no index holds so many memories. */
const SPAN = 2 ** 26;
