"use client";

import { Clock } from "lucide-react";
import { usePathname } from "next/navigation";
import { parseAsString, useQueryState } from "nuqs";
import { formatAbsolute, toMs } from "@/lib/format/time";
import { Button } from "../ui/button";

/** While `?asOf=` is set nothing can be changed, and a memory's own page shows the past: the frame says so on every page. */
export function AsOfFrame() {
  const [asOf, setAsOf] = useQueryState("asOf", parseAsString);
  const isMemory = usePathname().startsWith("/memories/");
  if (asOf === null) return null;
  const when = Number.isNaN(toMs(asOf)) || /^\d+$/.test(asOf) ? `change ${asOf}` : formatAbsolute(asOf);
  return (
    <>
      <div aria-hidden className="pointer-events-none fixed inset-0 z-30 border-3 border-suspended-mark" />
      <div className="sticky top-0 z-20 flex flex-wrap items-center gap-2 bg-suspended-soft px-4 py-1.5 text-sm">
        <Clock aria-hidden className="size-4 text-suspended" />
        <span className="flex-1">
          {isMemory
            ? "You see this memory as it was at "
            : "Read only. A memory’s own page shows what it said at "}
          <strong className="num font-semibold">{when}</strong>
          {isMemory ? ". Its charts and its history go on to today. Read only." : "; this page shows today."}
        </span>
        <Button size="sm" onClick={() => void setAsOf(null)}>
          Back to now
        </Button>
      </div>
    </>
  );
}
