"use client";

import { ArrowRight, X } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useCallback, useEffect, useRef } from "react";
import { useLiveEvent } from "@/lib/client/live";
import { Button } from "../ui/button";
import { IconButton } from "../ui/icon-button";
import { setTourStep, useTourStep } from "./tour-state";
import { tourSteps, type TourStep } from "./tour-steps";

/** One line above the page, while the tour is on: what to do next, and the way out. It covers nothing and waits for nobody. */
export function TourBar() {
  const index = useTourStep();
  const step = index === null ? undefined : tourSteps[index];
  if (index === null || step === undefined) return null;
  return <StepBar key={index} step={step} index={index} />;
}

interface StepBarProps {
  readonly step: TourStep;
  readonly index: number;
}

function StepBar({ step, index }: StepBarProps) {
  const router = useRouter();
  const bar = useRef<HTMLElement>(null);
  // What was pressed may be gone with its page; the keys then go on from here instead of from the top.
  useEffect(() => {
    if (document.activeElement === document.body) bar.current?.focus();
  }, []);
  const isThere = usePathname() === step.href.split("?")[0];
  const isLast = index === tourSteps.length - 1;
  const next = useCallback(() => setTourStep(isLast ? null : index + 1), [isLast, index]);
  const end = () => setTourStep(null);
  const { doneBy } = step;
  useLiveEvent(
    "retrieval",
    useCallback(() => (doneBy === "retrieval" ? next() : undefined), [doneBy, next]),
  );
  useLiveEvent(
    "change",
    useCallback((data) => (opsOf(data).includes(doneBy) ? next() : undefined), [doneBy, next]),
  );
  const goThere = () => {
    router.push(step.href);
    if (isLast) end();
  };
  return (
    <section
      ref={bar}
      tabIndex={-1}
      aria-label="Tour"
      className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line bg-accent-soft px-4 py-2 text-sm sm:px-6 lg:px-8"
    >
      <p aria-live="polite" className="min-w-0 flex-1 basis-72 text-pretty">
        {isLast ? null : (
          <span className="num mr-2 text-xs text-muted">
            {index + 1} of {tourSteps.length - 1}
          </span>
        )}
        <strong className="font-semibold">{step.title}.</strong> {step.text}
      </p>
      <div className="flex items-center gap-1.5">
        {isThere && !isLast ? null : (
          <Button size="sm" variant="primary" onClick={goThere}>
            {step.go}
          </Button>
        )}
        {isLast ? null : (
          <Button size="sm" onClick={next}>
            Next
            <ArrowRight aria-hidden />
          </Button>
        )}
        <IconButton label="End the tour" size="sm" onClick={end}>
          <X aria-hidden />
        </IconButton>
      </div>
    </section>
  );
}

/** The ops of the changes that an event tells of. */
const opsOf = (data: unknown): readonly unknown[] =>
  typeof data === "object" && data !== null && "ops" in data && Array.isArray(data.ops) ? data.ops : [];
