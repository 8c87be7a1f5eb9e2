import type { MemoryView } from "./memory";

/** Whether an ordinary recall may show it. */
export const isFindable = (view: MemoryView): boolean =>
  view.exists &&
  !view.erased &&
  view.lifecycle === "active" &&
  !view.quarantined &&
  view.mergedInto === null &&
  view.supersededBy === null;
