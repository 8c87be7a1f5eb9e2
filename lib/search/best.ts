export interface Contest {
  readonly valueOf: (key: number) => number;
  readonly allowed: (key: number) => boolean;
}

/**
 * The keys below `count` with the `most` highest values above zero, best first; equal ones in the order of their keys.
 * Whether a key is allowed is asked only of those that would make the list.
 */
export function best(count: number, most: number, { valueOf, allowed }: Contest): number[] {
  const keys: number[] = [];
  const values: number[] = [];
  for (let key = 0; key < count; key += 1) {
    const value = valueOf(key);
    const full = keys.length === most;
    if (value <= 0 || (full && value <= (values[most - 1] ?? 0)) || !allowed(key)) continue;
    if (full) {
      keys.pop();
      values.pop();
    }
    let at = keys.length;
    while (at > 0 && (values[at - 1] ?? 0) < value) at -= 1;
    keys.splice(at, 0, key);
    values.splice(at, 0, value);
  }
  return keys;
}
