"use client";

import { useSyncExternalStore } from "react";
import type { ConfidenceScale } from "@/lib/format/confidence";

/** What one person set for this browser. The theme is kept apart, by next-themes. */
export interface Preferences {
  readonly density: "comfortable" | "compact";
  readonly confidenceScale: ConfidenceScale;
  /** Single-key shortcuts can be switched off (WCAG 2.1.4); chords with Ctrl or Cmd stay. */
  readonly singleKeys: boolean;
}

export const PREFERENCES_KEY = "palimpsest.preferences";
export const defaultPreferences: Preferences = {
  density: "comfortable",
  confidenceScale: "percent",
  singleKeys: true,
};

let current: Preferences | null = null;
const listeners = new Set<() => void>();

/** Anything unreadable falls back to its default, field by field. */
export function parsePreferences(text: string | null): Preferences {
  const stored = readObject(text);
  return {
    density: stored["density"] === "compact" ? "compact" : "comfortable",
    confidenceScale: stored["confidenceScale"] === "ten" ? "ten" : "percent",
    singleKeys: stored["singleKeys"] !== false,
  };
}

export function setPreferences(patch: Partial<Preferences>): void {
  current = { ...getPreferences(), ...patch };
  document.documentElement.dataset["density"] = current.density;
  try {
    localStorage.setItem(PREFERENCES_KEY, JSON.stringify(current));
  } catch {
    // Storage may be full or forbidden; the choice then lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

export function getPreferences(): Preferences {
  current ??= parsePreferences(readStored());
  return current;
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, getPreferences, () => defaultPreferences);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  const onStorage = (event: StorageEvent) => {
    if (event.key !== PREFERENCES_KEY) return;
    current = parsePreferences(event.newValue);
    document.documentElement.dataset["density"] = current.density;
    listener();
  };
  window.addEventListener("storage", onStorage);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", onStorage);
  };
}

function readStored(): string | null {
  try {
    return localStorage.getItem(PREFERENCES_KEY);
  } catch {
    return null;
  }
}

function readObject(text: string | null): Readonly<Record<string, unknown>> {
  if (text === null) return {};
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}
