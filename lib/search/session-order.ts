import { inOrder, type IndexedMemory } from "./indexed-memory";

/** The memories of each session in their order, to find what was said around one. */
export interface SessionOrder {
  readonly add: (memory: IndexedMemory) => void;
  readonly remove: (memory: IndexedMemory) => void;
  /** Up to `turns` before and after, nearest first; `turns` of each says how far away. */
  readonly around: (memory: IndexedMemory, turns: number) => { readonly memory: IndexedMemory; readonly turns: number; readonly before: boolean }[];
}

export function createSessionOrder(): SessionOrder {
  const sessions = new Map<string, IndexedMemory[]>();
  return {
    add(memory) {
      const session = memory.scope.sessionId;
      if (session === undefined) return;
      const list = sessions.get(session);
      if (list) list.splice(placeOf(list, memory), 0, memory);
      else sessions.set(session, [memory]);
    },
    remove(memory) {
      const list = sessions.get(memory.scope.sessionId ?? "");
      const at = list ? placeOf(list, memory) : -1;
      if (list?.[at]?.id === memory.id) list.splice(at, 1);
      if (list?.length === 0) sessions.delete(memory.scope.sessionId ?? "");
    },
    around(memory, turns) {
      const list = memory.scope.sessionId === undefined ? undefined : sessions.get(memory.scope.sessionId);
      if (!list) return [];
      const at = placeOf(list, memory);
      const found: { memory: IndexedMemory; turns: number; before: boolean }[] = [];
      for (let distance = 1; distance <= turns; distance += 1) {
        const [before, after] = [list[at - distance], list[at + distance]];
        if (before) found.push({ memory: before, turns: distance, before: true });
        if (after) found.push({ memory: after, turns: distance, before: false });
      }
      return found;
    },
  };
}

/** Where it stands, or would stand. */
function placeOf(list: readonly IndexedMemory[], memory: IndexedMemory): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = list[middle];
    if (other && inOrder(other, memory) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
