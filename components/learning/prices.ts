"use client";

import { browserStore, storedObject } from "../ui/browser-store";

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

const PRICES_KEY = "palimpsest.prices";
export const noPrices: Prices = { machineHour: null, fineTuningRun: null, modelCall: null, callsPerCycle: 0 };

/** Anything that is no price, from nothing to infinity, falls back to its default, field by field. */
export function parsePrices(text: string | null): Prices {
  const stored = storedObject(text);
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

const store = browserStore<Prices>({ key: PRICES_KEY, parse: parsePrices, onServer: noPrices });

export const usePrices = store.use;
export const setPrice = (name: PriceName, price: number | null): void =>
  store.set({ ...store.get(), [name]: price });
