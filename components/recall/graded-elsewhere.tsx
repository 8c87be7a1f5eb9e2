"use client";

import Link from "next/link";
import { Card } from "@/components/ui/card";
import { GradeControl } from "./grade-control";
import type { Grading } from "./use-grading";

export interface GradedElsewhereProps {
  readonly grading: Grading;
  readonly shownIds: readonly string[];
}

/** What the saved test grades and this recall does not show: it fell out, or its memory is gone. */
export function GradedElsewhere({ grading, shownIds }: GradedElsewhereProps) {
  const rest = new Map(
    (grading.saved?.grades ?? [])
      .filter(({ countsFor }) => !shownIds.includes(countsFor))
      .map((grade) => [grade.countsFor, grade]),
  );
  if (rest.size === 0) return null;
  return (
    <Card title="Graded, and not among these results" flush className="overflow-hidden">
      <ul className="divide-y divide-line border-t border-line">
        {[...rest.values()].map(({ countsFor, label, isThere }) => (
          <li key={countsFor} className="flex flex-col gap-2 px-(--card-pad) py-3 text-sm">
            <Link
              href={`/memories/${countsFor}`}
              className="rounded-xs text-pretty break-words underline-offset-2 hover:underline"
            >
              {label === "" ? "A memory whose words are gone" : label}
            </Link>
            {isThere ? null : (
              <p className="text-xs text-muted">
                No recall can show it now: it was archived, deleted, erased or set aside. Its grade stays and
                cannot be met.
              </p>
            )}
            <GradeControl
              label={`Grade ${label === "" ? countsFor : label.slice(0, 60)}`}
              grade={grading.grades.get(countsFor)}
              onGrade={(grade) => grading.grade(countsFor, grade)}
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}
