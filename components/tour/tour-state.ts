"use client";

import { useSyncExternalStore } from "react";

/** Which step of the tour this browser is at; null while it is not on the tour. It lives as long as the tab's session. */
const STORAGE_KEY = "palimpsest.tour";
const listeners = new Set<() => void>();

export function useTourStep(): number | null {
  return useSyncExternalStore(subscribe, read, () => null);
}

export const startTour = (): void => setTourStep(0);

export function setTourStep(step: number | null): void {
  try {
    if (step === null) sessionStorage.removeItem(STORAGE_KEY);
    else sessionStorage.setItem(STORAGE_KEY, String(step));
  } finally {
    for (const listener of listeners) listener();
  }
}

function read(): number | null {
  try {
    const stored = sessionStorage.getItem(STORAGE_KEY);
    return stored === null || !/^\d$/u.test(stored) ? null : Number(stored);
  } catch {
    return null;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
