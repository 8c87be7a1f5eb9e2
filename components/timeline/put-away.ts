"use client";

import { useSyncExternalStore } from "react";

/** Notices that this tab has seen enough of. They end with the server anyway, so nothing is stored. */
let away: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

export function putAway(id: string): void {
  away = new Set([...away, id]);
  for (const listener of listeners) listener();
}

export const usePutAway = (): ReadonlySet<string> =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => away,
    () => away,
  );
