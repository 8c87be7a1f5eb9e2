"use client";

import { cn } from "@/components/ui/cn";
import { gradeWords } from "./test-grades";

export interface GradeControlProps {
  /** "Grade result 3". */
  readonly label: string;
  readonly grade: number | undefined;
  readonly onGrade: (grade: number) => void;
}

/** How good one result is for the question, in a figure and in words; none is pressed while it was not graded. */
export function GradeControl({ label, grade, onGrade }: GradeControlProps) {
  return (
    <div role="group" aria-label={label} className="flex flex-wrap gap-1.5">
      {gradeWords.map((word) => {
        const isChosen = word.grade === grade;
        return (
          <button
            key={word.grade}
            type="button"
            aria-pressed={isChosen}
            aria-keyshortcuts={String(word.grade)}
            onClick={() => onGrade(word.grade)}
            className={cn(
              "inline-flex h-(--control-h-sm) scroll-mb-36 items-center gap-1.5 rounded-md border px-2 text-xs font-medium whitespace-nowrap transition-colors duration-100",
              isChosen
                ? "border-accent-mark bg-accent-soft text-ink"
                : "border-line-strong bg-surface text-muted hover:bg-hover hover:text-ink",
            )}
          >
            <span className={cn("num font-semibold", isChosen && "text-accent")}>{word.grade}</span>
            {word.label}
          </button>
        );
      })}
    </div>
  );
}
