const FIRST_ROWS = 1024;
/** Twice the rows each time they are full. */
const GROWTH = 2;

/** What a search reads of every memory, by key, in arrays of plain numbers: following a reference to each would cost more than the search. */
export class Columns {
  #validAt = new Float64Array(FIRST_ROWS);
  #lengths = new Uint32Array(FIRST_ROWS);

  /** Milliseconds; 0 where a key is free. */
  get validAt(): Float64Array {
    return this.#validAt;
  }

  /** Stems of the text. */
  get lengths(): Uint32Array {
    return this.#lengths;
  }

  set(key: number, { validAt, length }: { readonly validAt: number; readonly length: number }): void {
    if (key >= this.#validAt.length) this.#grow();
    this.#validAt[key] = validAt;
    this.#lengths[key] = length;
  }

  #grow(): void {
    const rows = this.#validAt.length * GROWTH;
    const [validAt, lengths] = [new Float64Array(rows), new Uint32Array(rows)];
    validAt.set(this.#validAt);
    lengths.set(this.#lengths);
    this.#validAt = validAt;
    this.#lengths = lengths;
  }
}
