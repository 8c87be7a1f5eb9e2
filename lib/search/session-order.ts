import { inOrder, type IndexedMemory } from "./indexed-memory";

/** The memories of each session in their order, to find what was said around one. */
export interface SessionOrder {
  readonly add: (memory: IndexedMemory) => void;
  readonly remove: (memory: IndexedMemory) => void;
  /** Up to `turns` before and after, nearest first; `turns` of each says how far away. */
  readonly around: (
    memory: IndexedMemory,
    turns: number,
  ) => { readonly memory: IndexedMemory; readonly turns: number; readonly before: boolean }[];
}

interface Session {
  readonly list: IndexedMemory[];
  /** Places before this one are written down. */
  numbered: number;
}

export function createSessionOrder(): SessionOrder {
  const sessions = new Map<string, Session>();
  // By key: the place in its session, so that a search need not look for it.
  const places: number[] = [];
  const number = (session: Session): void => {
    for (; session.numbered < session.list.length; session.numbered += 1)
      places[session.list[session.numbered]?.key ?? 0] = session.numbered;
  };
  return {
    add(memory) {
      const name = memory.scope.sessionId;
      if (name === undefined) return;
      const session = sessions.get(name) ?? { list: [], numbered: 0 };
      sessions.set(name, session);
      const at = placeOf(session.list, memory);
      session.list.splice(at, 0, memory);
      session.numbered = Math.min(session.numbered, at);
    },
    remove(memory) {
      const name = memory.scope.sessionId ?? "";
      const session = sessions.get(name);
      const at = session ? placeOf(session.list, memory) : -1;
      if (session?.list[at]?.id !== memory.id) return;
      session.list.splice(at, 1);
      session.numbered = Math.min(session.numbered, at);
      if (session.list.length === 0) sessions.delete(name);
    },
    around(memory, turns) {
      const session = memory.scope.sessionId === undefined ? undefined : sessions.get(memory.scope.sessionId);
      if (!session) return [];
      number(session);
      const at = places[memory.key] ?? 0;
      const found: { memory: IndexedMemory; turns: number; before: boolean }[] = [];
      for (let distance = 1; distance <= turns; distance += 1) {
        const [before, after] = [session.list[at - distance], session.list[at + distance]];
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
