"use client";

import { useSyncExternalStore } from "react";

/** Where this page was opened, which is where clients on the same network reach the server; empty on the server. */
export function useOrigin(): string {
  return useSyncExternalStore(
    neverChanges,
    () => window.location.origin,
    () => "",
  );
}

function neverChanges() {
  return () => undefined;
}
