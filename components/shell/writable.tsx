"use client";

import type { ReactNode } from "react";
import { useReadOnly } from "./use-read-only";

/** Controls that change something: all of them are off while an earlier state is shown. Links in it keep working. */
export function Writable({ children }: { readonly children: ReactNode }) {
  return (
    <fieldset role="presentation" disabled={useReadOnly()} className="contents">
      {children}
    </fieldset>
  );
}
