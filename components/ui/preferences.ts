"use client";

import type { ConfidenceScale } from "@/lib/format/confidence";
import { browserStore, storedObject } from "./browser-store";

/** What one person set for this browser. The theme is kept apart, by next-themes. */
export interface Preferences {
  readonly density: "comfortable" | "compact";
  readonly confidenceScale: ConfidenceScale;
  /** Single-key shortcuts can be switched off (WCAG 2.1.4); chords with Ctrl or Cmd stay. */
  readonly singleKeys: boolean;
}

const PREFERENCES_KEY = "palimpsest.preferences";
export const defaultPreferences: Preferences = {
  density: "comfortable",
  confidenceScale: "percent",
  singleKeys: true,
};

/** Anything unreadable falls back to its default, field by field. */
export function parsePreferences(text: string | null): Preferences {
  const stored = storedObject(text);
  return {
    density: stored["density"] === "compact" ? "compact" : "comfortable",
    confidenceScale: stored["confidenceScale"] === "ten" ? "ten" : "percent",
    singleKeys: stored["singleKeys"] !== false,
  };
}

const store = browserStore<Preferences>({
  key: PREFERENCES_KEY,
  parse: parsePreferences,
  onServer: defaultPreferences,
  onChange: ({ density }) => {
    document.documentElement.dataset["density"] = density;
  },
});

export const getPreferences = store.get;
export const usePreferences = store.use;
export const setPreferences = (patch: Partial<Preferences>): void => store.set({ ...store.get(), ...patch });
