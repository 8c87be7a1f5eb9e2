"use client";

import { useSyncExternalStore } from "react";

export interface BrowserStore<T> {
  readonly get: () => T;
  readonly set: (next: T) => void;
  readonly use: () => T;
}

interface Options<T> {
  readonly key: string;
  /** Of the stored text, null where there is none; anything unreadable must come out as something usable. */
  readonly parse: (stored: string | null) => T;
  readonly write?: (value: T) => string;
  /** On the server, and until the browser has taken over. */
  readonly onServer: T;
  /** Whenever it has changed, here or in another tab. */
  readonly onChange?: (value: T) => void;
}

/** One value that this browser keeps for its person, alike in all of its tabs. */
export function browserStore<T>(options: Options<T>): BrowserStore<T> {
  const { key, parse, onServer, onChange } = options;
  const write = options.write ?? JSON.stringify;
  const listeners = new Set<() => void>();
  let held: { readonly value: T } | null = null;
  const get = (): T => (held ??= { value: parse(readText(key)) }).value;
  const take = (value: T): void => {
    held = { value };
    onChange?.(value);
    for (const listener of listeners) listener();
  };
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    const onStorage = (event: StorageEvent) => {
      if (event.key === key) take(parse(event.newValue));
    };
    window.addEventListener("storage", onStorage);
    return () => {
      listeners.delete(listener);
      window.removeEventListener("storage", onStorage);
    };
  };
  return {
    get,
    set: (value) => {
      try {
        localStorage.setItem(key, write(value));
      } catch {
        // Storage may be full or forbidden; what was set then lasts as long as the page.
      }
      take(value);
    },
    use: () => useSyncExternalStore(subscribe, get, () => onServer),
  };
}

function readText(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** The fields of a stored object; none where there is no such thing. */
export function storedObject(text: string | null): Readonly<Record<string, unknown>> {
  if (text === null) return {};
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}
