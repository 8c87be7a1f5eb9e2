"use client";

import { Footprints, X } from "lucide-react";
import { Button } from "../ui/button";
import { IconButton } from "../ui/icon-button";
import { useDismissed } from "../overview/use-dismissed";
import { startTour, useTourStep } from "./tour-state";

/** Offers the tour until it is taken or put away. */
export function TourOffer() {
  const [isDismissed, dismiss] = useDismissed("tour");
  const step = useTourStep();
  if (isDismissed || step !== null) return null;
  const start = () => {
    dismiss();
    startTour();
  };
  return (
    <section
      aria-label="Tour"
      className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line bg-surface px-(--card-pad) py-(--row-y) text-sm shadow-card"
    >
      <Footprints aria-hidden className="size-4 text-muted" />
      <p className="min-w-0 flex-1 basis-64">
        <strong className="font-medium">Try the loop once:</strong>{" "}
        <span className="text-muted">ask, judge, see it move, take it back. Two minutes.</span>
      </p>
      <Button size="sm" onClick={start}>
        Start the tour
      </Button>
      <IconButton label="Put the tour away" size="sm" onClick={dismiss}>
        <X aria-hidden />
      </IconButton>
    </section>
  );
}
