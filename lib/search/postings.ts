/** Inverted index: for each stem the memories that hold it, as pairs of key and occurrences in growing arrays of integers. */
export class Postings {
  readonly #numbers = new Map<string, number>();
  readonly #lists: PostingList[] = [];

  /** The number of a stem; made when it is new. */
  numberOf(stem: string): number {
    const known = this.#numbers.get(stem);
    if (known !== undefined) return known;
    const number = this.#lists.length;
    this.#numbers.set(stem, number);
    this.#lists.push(new PostingList());
    return number;
  }

  /** undefined: no memory holds it. */
  find(stem: string): number | undefined {
    return this.#numbers.get(stem);
  }

  add(key: number, terms: Uint32Array): void {
    for (const [term, occurrences] of counts(terms)) this.#lists[term]?.add(key, occurrences);
  }

  remove(key: number, terms: Uint32Array): void {
    for (const term of counts(terms).keys()) this.#lists[term]?.remove(key);
  }

  /** Each stem with the number of memories that hold it. */
  *frequencies(): Generator<readonly [stem: string, memories: number]> {
    for (const [stem, number] of this.#numbers) yield [stem, this.#lists[number]?.length ?? 0];
  }

  list(term: number): PostingList | undefined {
    return this.#lists[term];
  }
}

/** Twice the entries each time it is full. */
const GROWTH = 2;

class PostingList {
  #pairs = new Uint32Array(4);
  length = 0;

  add(key: number, occurrences: number): void {
    if ((this.length + 1) * 2 > this.#pairs.length) {
      const grown = new Uint32Array(this.#pairs.length * GROWTH);
      grown.set(this.#pairs);
      this.#pairs = grown;
    }
    this.#pairs.set([key, occurrences], this.length * 2);
    this.length += 1;
  }

  /** Order does not matter, so the last entry takes the place of the removed one. */
  remove(key: number): void {
    for (let i = 0; i < this.length; i += 1) {
      if (this.#pairs[i * 2] !== key) continue;
      this.length -= 1;
      this.#pairs.copyWithin(i * 2, this.length * 2, this.length * 2 + 2);
      return;
    }
  }

  keyAt(i: number): number {
    return this.#pairs[i * 2] ?? 0;
  }

  occurrencesAt(i: number): number {
    return this.#pairs[i * 2 + 1] ?? 0;
  }
}

function counts(terms: Uint32Array): Map<number, number> {
  const found = new Map<number, number>();
  for (const term of terms) found.set(term, (found.get(term) ?? 0) + 1);
  return found;
}
