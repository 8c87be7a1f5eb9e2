/** Rows per statement: large enough that the round trip does not matter, small enough that one statement stays modest. */
const ROWS = 2000;

export function* chunks<T>(items: readonly T[], size: number = ROWS): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
