"use client";

import { useSyncExternalStore } from "react";
import { lifecycles, sorts } from "./use-memory-search";
import { parseViews, VIEWS_KEY, type View } from "./views";

const none: readonly View[] = [];
const listeners = new Set<() => void>();
let current: readonly View[] | null = null;

/** One's own views. They are kept in this browser; what they name are addresses, which can be sent to anybody. */
export function useViews(): readonly [readonly View[], (next: readonly View[]) => void] {
  const views = useSyncExternalStore(subscribe, read, () => none);
  return [views, write];
}

function read(): readonly View[] {
  current ??= parseViews(stored(), { sorts, lifecycles });
  return current;
}

function write(next: readonly View[]): void {
  current = next;
  try {
    localStorage.setItem(VIEWS_KEY, JSON.stringify(next));
  } catch {
    // Storage may be full or forbidden; the views then last as long as the page.
  }
  for (const listener of listeners) listener();
}

function stored(): string | null {
  try {
    return localStorage.getItem(VIEWS_KEY);
  } catch {
    return null;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  const onStorage = (event: StorageEvent) => {
    if (event.key !== VIEWS_KEY) return;
    current = null;
    listener();
  };
  window.addEventListener("storage", onStorage);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", onStorage);
  };
}
