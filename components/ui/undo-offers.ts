/** What can be undone right now, oldest first; the key `z` takes the last. */
let offered: readonly (() => void)[] = [];
const listeners = new Set<() => void>();

/** Puts an act behind the key until it is withdrawn. */
export function offerUndo(act: () => void): () => void {
  change([...offered, act]);
  return () => change(offered.filter((other) => other !== act));
}

export const latestUndo = (): (() => void) | undefined => offered.at(-1);

export function subscribeUndo(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function change(next: typeof offered): void {
  offered = next;
  for (const listener of listeners) listener();
}
