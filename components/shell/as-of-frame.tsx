"use client";

import { Clock } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { formatAbsolute, toMs } from "@/lib/format/time";
import { Button } from "../ui/button";

/** While `?asOf=` is set, everything shown is the past and nothing can be changed: the frame says so on every page. */
export function AsOfFrame() {
  const [asOf, setAsOf] = useQueryState("asOf", parseAsString);
  if (asOf === null) return null;
  const when = Number.isNaN(toMs(asOf)) || /^\d+$/.test(asOf) ? `change ${asOf}` : formatAbsolute(asOf);
  return (
    <>
      <div aria-hidden className="pointer-events-none fixed inset-0 z-30 border-3 border-suspended-mark" />
      <div className="sticky top-0 z-20 flex flex-wrap items-center gap-2 bg-suspended-soft px-4 py-1.5 text-sm">
        <Clock aria-hidden className="size-4 text-suspended" />
        <span className="flex-1">
          You see the memory as it was at <strong className="num font-semibold">{when}</strong>. Read only.
        </span>
        <Button size="sm" onClick={() => void setAsOf(null)}>
          Back to now
        </Button>
      </div>
    </>
  );
}
