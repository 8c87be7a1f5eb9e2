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

/** Twice the entries each time it is full, from three of them on. */
const GROWTH = 2;
const FIRST_ROOM = 6;
const NO_PAIRS = new Uint32Array(0);

export class PostingList {
  // Most stems of a large store are in one memory, and an array of integers costs two hundred bytes before it holds
  // anything; so the first pair stands by itself.
  #firstKey = 0;
  #firstOccurrences = 0;
  #more = NO_PAIRS;
  length = 0;

  add(key: number, occurrences: number): void {
    if (this.length > 0) {
      const at = (this.length - 1) * 2;
      if (at + 2 > this.#more.length) this.#grow();
      this.#more[at] = key;
      this.#more[at + 1] = occurrences;
    } else {
      this.#firstKey = key;
      this.#firstOccurrences = occurrences;
    }
    this.length += 1;
  }

  /** Order does not matter, so the last entry takes the place of the removed one. */
  remove(key: number): void {
    const last = this.length - 1;
    for (let i = 0; i <= last; i += 1) {
      if (this.keyAt(i) !== key) continue;
      const [lastKey, lastOccurrences] = [this.keyAt(last), this.occurrencesAt(last)];
      if (i === 0) {
        this.#firstKey = lastKey;
        this.#firstOccurrences = lastOccurrences;
      } else {
        this.#more[(i - 1) * 2] = lastKey;
        this.#more[(i - 1) * 2 + 1] = lastOccurrences;
      }
      this.length = last;
      return;
    }
  }

  keyAt(i: number): number {
    return i === 0 ? this.#firstKey : (this.#more[(i - 1) * 2] ?? 0);
  }

  occurrencesAt(i: number): number {
    return i === 0 ? this.#firstOccurrences : (this.#more[(i - 1) * 2 + 1] ?? 0);
  }

  #grow(): void {
    const grown = new Uint32Array(Math.max(FIRST_ROOM, this.#more.length * GROWTH));
    grown.set(this.#more);
    this.#more = grown;
  }
}

function counts(terms: Uint32Array): Map<number, number> {
  const found = new Map<number, number>();
  for (const term of terms) found.set(term, (found.get(term) ?? 0) + 1);
  return found;
}
