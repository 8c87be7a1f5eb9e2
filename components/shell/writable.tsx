"use client";

import type { ReactNode } from "react";
import { READ_ONLY_REASON } from "./as-of-frame";
import { useReadOnly } from "./use-read-only";

/** Controls that change something: all of them are off, and say why, while an earlier state is shown. Links in it keep working. */
export function Writable({ children }: { readonly children: ReactNode }) {
  const isReadOnly = useReadOnly();
  return (
    <fieldset
      role="presentation"
      disabled={isReadOnly}
      {...(isReadOnly ? { title: READ_ONLY_REASON } : {})}
      className="contents"
    >
      {children}
    </fieldset>
  );
}
