import { standpoint } from "@/lib/store/past/standpoint";
import type { WorkspaceId } from "@/lib/domain/ids";

/** So many are written at once, however fast they come. */
const GROUP = 64;
/** So long they wait for others: single adds come every few milliseconds, and a transaction for each costs as much as the add. */
const LINGER_MS = 50;

export interface WriteBehind<T> {
  readonly add: (workspaceId: WorkspaceId, items: readonly T[]) => void;
  /** Waits until everything that was added before is written. */
  readonly written: () => Promise<void>;
}

/**
 * Writes what can be computed again a little later and in groups, so that what comes one by one does not cost a
 * transaction each. What a crash or a failure loses is computed again when the index is made anew.
 */
export function createWriteBehind<T>(
  write: (workspaceId: WorkspaceId, items: readonly T[]) => Promise<void>,
): WriteBehind<T> {
  const waiting = new Map<WorkspaceId, T[]>();
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const groups = [...waiting];
    waiting.clear();
    for (const [workspaceId, items] of groups)
      writing = writing
        .then(() => write(workspaceId, items))
        .catch((error: unknown) => console.warn(`Not kept, so to be computed again: ${String(error)}`));
    return writing;
  };

  return {
    add(workspaceId, items) {
      // Whoever looks at an earlier state writes nothing, not even what could be computed again.
      if (standpoint() !== null) return;
      const group = waiting.get(workspaceId) ?? [];
      waiting.set(workspaceId, group);
      group.push(...items);
      if (group.length >= GROUP) void flush();
      // It must not keep a finished script alive.
      else timer ??= setTimeout(() => void flush(), LINGER_MS).unref();
    },
    written: flush,
  };
}
