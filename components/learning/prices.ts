"use client";

import { useSyncExternalStore } from "react";

/** A person's own prices, in whatever currency they think in. Kept in this browser, and sent nowhere. */
export interface Prices {
  /** Of the machine that runs Palimpsest, per hour. */
  readonly machineHour: number | null;
  readonly fineTuningRun: number | null;
  readonly modelCall: number | null;
  /** Calls of a model in one improvement cycle; none unless one is configured for it. */
  readonly callsPerCycle: number | null;
}
export type PriceName = keyof Prices;

export const PRICES_KEY = "palimpsest.prices";
export const noPrices: Prices = { machineHour: null, fineTuningRun: null, modelCall: null, callsPerCycle: 0 };

let current: Prices | null = null;
const listeners = new Set<() => void>();

/** Anything that is no price, from nothing to infinity, falls back to its default, field by field. */
export function parsePrices(text: string | null): Prices {
  const stored = readObject(text);
  const price = (name: PriceName): number | null => {
    const found = stored[name];
    return typeof found === "number" && Number.isFinite(found) && found >= 0 ? found : noPrices[name];
  };
  return {
    machineHour: price("machineHour"),
    fineTuningRun: price("fineTuningRun"),
    modelCall: price("modelCall"),
    callsPerCycle: price("callsPerCycle"),
  };
}

export function setPrice(name: PriceName, price: number | null): void {
  current = { ...getPrices(), [name]: price };
  try {
    localStorage.setItem(PRICES_KEY, JSON.stringify(current));
  } catch {
    // Storage may be full or forbidden; the prices then last as long as the page.
  }
  for (const listener of listeners) listener();
}

export function usePrices(): Prices {
  return useSyncExternalStore(subscribe, getPrices, () => noPrices);
}

function getPrices(): Prices {
  current ??= parsePrices(readStored());
  return current;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function readStored(): string | null {
  try {
    return localStorage.getItem(PRICES_KEY);
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
