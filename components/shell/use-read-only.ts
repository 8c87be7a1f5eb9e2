"use client";

import { useStateAt } from "./state-at";

/** Whether the pages show an earlier state (`?asOf=`), in which nothing can be changed. */
export const useReadOnly = (): boolean => useStateAt().asOf !== null;
