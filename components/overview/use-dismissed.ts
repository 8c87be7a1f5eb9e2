"use client";

import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
const storageKey = (name: string) => `palimpsest.dismissed.${name}`;

/** Whether this browser put something away. On the server it counts as put away, so that it never flashes up. */
export function useDismissed(name: string): readonly [isDismissed: boolean, dismiss: () => void] {
  const isDismissed = useSyncExternalStore(
    subscribe,
    () => read(name),
    () => true,
  );
  return [isDismissed, () => write(name)];
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function read(name: string): boolean {
  try {
    return localStorage.getItem(storageKey(name)) !== null;
  } catch {
    return false;
  }
}

function write(name: string): void {
  try {
    localStorage.setItem(storageKey(name), "yes");
  } finally {
    for (const listener of listeners) listener();
  }
}
