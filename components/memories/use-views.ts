"use client";

import { browserStore } from "../ui/browser-store";
import { lifecycles, sorts } from "./use-memory-search";
import { parseViews, VIEWS_KEY, type View } from "./views";

const store = browserStore<readonly View[]>({
  key: VIEWS_KEY,
  parse: (stored) => parseViews(stored, { sorts, lifecycles }),
  onServer: [],
});

/** One's own views. They are kept in this browser; what they name are addresses, which can be sent to anybody. */
export const useViews = (): readonly [readonly View[], (next: readonly View[]) => void] => [
  store.use(),
  store.set,
];
