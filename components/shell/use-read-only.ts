"use client";

import { parseAsString, useQueryState } from "nuqs";

/** Whether the pages show an earlier state (`?asOf=`), in which nothing can be changed. */
export function useReadOnly(): boolean {
  const [asOf] = useQueryState("asOf", parseAsString);
  return asOf !== null;
}
