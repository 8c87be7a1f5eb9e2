"use client";

import { Check } from "lucide-react";
import { useShortcuts } from "@/components/ui/use-shortcuts";
import { Button } from "@/components/ui/button";
import { FailureNotice } from "@/components/ui/failure-notice";
import { GlossaryPopover } from "@/components/ui/glossary-popover";
import { Input } from "@/components/ui/input";
import { plural } from "@/lib/format/number";
import type { Grading } from "./use-grading";

const LONGEST_NOTE = 2000;

export interface GradingBarProps {
  readonly grading: Grading;
  readonly onSaved: () => void;
}

/** What the grades so far make of the question, and the button that keeps them; it stays in view while results are graded. */
export function GradingBar({ grading, onSaved }: GradingBarProps) {
  const { known, grades, note, isReady, isSaving } = grading;
  const hasAnswer = [...grades.values()].some((grade) => grade > 0);
  const isBusy = isSaving || !isReady;
  const save = () => {
    if (!isBusy) grading.save(onSaved);
  };
  useShortcuts([{ keys: ["s"], label: "Save the test", group: "Grading", run: save }]);
  if (known.isError && !isReady)
    return (
      <FailureNotice
        title="Whether this question is saved could not be told"
        error={known.error}
        onRetry={() => void known.refetch()}
        isRetrying={known.isFetching}
      />
    );
  return (
    <section
      aria-label="Grading"
      className="sticky bottom-3 z-10 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line-strong bg-overlay px-(--card-pad) py-3 text-sm shadow-float"
    >
      <p role="status" className="min-w-0 flex-1 basis-full sm:basis-64">
        {hasAnswer ? (
          <>
            {plural(grades.size, "result")} graded; the rest counts as not relevant.{" "}
            <span className="max-sm:hidden">
              A <GlossaryPopover term="savedTests">test</GlossaryPopover> only measures, it teaches nothing.
            </span>
          </>
        ) : (
          <>
            Nothing is graded above 0: saved so, the question has no answer, and a recall is right when it
            says so.
          </>
        )}
      </p>
      <span className="min-w-0 flex-1 sm:w-56 sm:flex-none">
        <Input
          aria-label="Note"
          placeholder="Note, if any"
          maxLength={LONGEST_NOTE}
          value={note}
          onChange={(event) => grading.setNote(event.target.value)}
        />
      </span>
      <Button variant="primary" busy={isBusy} aria-keyshortcuts="s" onClick={save}>
        <Check aria-hidden />
        {hasAnswer ? "Save the test" : "Save: it has no answer"}
      </Button>
    </section>
  );
}
