"use client";

import { useSyncExternalStore } from "react";

/** Decides only how keys are printed; both Ctrl and Cmd work everywhere. */
export function useIsMac(): boolean {
  return useSyncExternalStore(
    () => () => undefined,
    () => /Mac|iPhone|iPad/.test(navigator.userAgent),
    () => false,
  );
}
