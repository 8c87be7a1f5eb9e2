"use client";

import { browserStore, type BrowserStore } from "../ui/browser-store";

const stores = new Map<string, BrowserStore<boolean>>();

/** Whether this browser put something away. On the server it counts as put away, so that it never flashes up. */
export function useDismissed(name: string): readonly [isDismissed: boolean, dismiss: () => void] {
  const store = stores.get(name) ?? dismissalOf(name);
  stores.set(name, store);
  return [store.use(), () => store.set(true)];
}

const dismissalOf = (name: string): BrowserStore<boolean> =>
  browserStore({
    key: `palimpsest.dismissed.${name}`,
    parse: (stored) => stored !== null,
    write: () => "yes",
    onServer: true,
  });
