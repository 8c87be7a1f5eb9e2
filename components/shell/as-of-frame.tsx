"use client";

import { useIsFetching, useQuery } from "@tanstack/react-query";
import { Clock, Lock } from "lucide-react";
import { usePathname } from "next/navigation";
import { queries } from "@/lib/client/queries";
import { formatAbsolute, toMs } from "@/lib/format/time";
import { Button } from "../ui/button";
import { Spinner } from "../ui/spinner";
import { useStateAt } from "./state-at";

export const READ_ONLY_REASON =
  "Read only: you are looking at an earlier state of the store. Go back to now to change anything.";

/** Pages about this installation and not about the store; they have no earlier state. */
const ALWAYS_TODAY = ["/connect", "/docs", "/settings"];

/** While `?asOf=` is set every page shows the store as it was then, and nothing can be changed: the frame says so on all of them. */
export function AsOfFrame() {
  const { asOf } = useStateAt();
  return asOf === null ? null : <Frame key={asOf} asOf={asOf} />;
}

function Frame({ asOf }: { readonly asOf: string }) {
  const { leave } = useStateAt();
  const pathname = usePathname();
  const isToday = ALWAYS_TODAY.some((page) => pathname.startsWith(page));
  const newest = useQuery(queries.newestChange());
  const isReading = useIsFetching() > 0;
  const isSeq = /^\d+$/.test(asOf);
  const { data } = newest;
  const at = isSeq ? (data ? data.at : null) : Number.isNaN(toMs(asOf)) ? null : asOf;
  return (
    <>
      <div
        aria-hidden
        data-state-frame
        className="pointer-events-none fixed inset-0 z-40 border-4 border-suspended-mark"
      />
      <section
        aria-label="Earlier state"
        className="sticky top-0 z-20 flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-suspended-mark bg-suspended-soft px-4 py-2 text-sm max-md:top-12 sm:px-6"
      >
        <Clock aria-hidden className="size-4 shrink-0 text-suspended" />
        <p className="min-w-48 flex-1">
          The store as of{" "}
          <strong className="num font-semibold">{at === null ? `change ${asOf}` : formatAbsolute(at)}</strong>
          {isSeq && at !== null ? <span className="num text-muted"> · change {asOf}</span> : null}
          <span className="text-muted">
            {isToday
              ? " · this page shows today"
              : isReading
                ? " · laying that state out takes a moment"
                : ""}
          </span>
        </p>
        <span className="flex items-center gap-1 text-xs text-muted">
          {isReading ? <Spinner /> : <Lock aria-hidden className="size-3.5" />}
          Read only
        </span>
        <Button size="sm" variant="primary" onClick={leave}>
          Back to now
        </Button>
      </section>
    </>
  );
}
