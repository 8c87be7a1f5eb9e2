export interface Contest {
  /** By key. */
  readonly values: Float32Array | Float64Array;
  readonly allowed: (key: number) => boolean;
}

/**
 * The keys below `count` with the `most` highest values above zero, best first; of equal ones the one handed out last. It
 * starts with the newest keys, because what is newest is last in a store that grew in the order of time. Whether a key is
 * allowed is asked only of those that would make the list.
 */
export function best(count: number, most: number, { values, allowed }: Contest): number[] {
  const keys: number[] = [];
  const found: number[] = [];
  let lowest = 0;
  for (let key = count - 1; key >= 0; key -= 1) {
    const value = values[key] ?? 0;
    if (value <= lowest || !allowed(key)) continue;
    let at = keys.length;
    while (at > 0 && (found[at - 1] ?? 0) < value) at -= 1;
    keys.splice(at, 0, key);
    found.splice(at, 0, value);
    if (keys.length > most) {
      keys.pop();
      found.pop();
    }
    if (keys.length === most) lowest = found[most - 1] ?? 0;
  }
  return keys;
}
