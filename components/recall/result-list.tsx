"use client";

import { useEffect } from "react";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { ScoreLegend } from "@/components/ui/score-bar";
import { scoreScale } from "@/components/ui/score-parts";
import { useListFocus } from "@/components/ui/use-list-focus";
import { ResultCard } from "./result-card";
import { gradeWords } from "./test-grades";
import type { Grading } from "./use-grading";
import { verdicts, type Judgements } from "./use-judgements";
import type { RecallResult } from "./use-recall";

export interface ResultListProps {
  readonly results: readonly RecallResult[];
  readonly firstOrder: readonly string[];
  /** Null where nothing can be judged. */
  readonly judgements: Judgements | null;
  /** While results are graded, instead of judged. */
  readonly grading: Grading | null;
}

export function ResultList({ results, firstOrder, judgements, grading }: ResultListProps) {
  const scale = scoreScale(results.map((result) => result.parts));
  const { list, rowProps } = useListFocus<HTMLOListElement>({
    count: results.length,
    group: "Results",
    keys: grading === null ? judgeKeys(results, judgements) : gradeKeys(results, grading),
  });
  const isGrading = grading !== null;
  useEffect(() => {
    if (isGrading) list.current?.querySelector<HTMLElement>("[data-list-row]")?.focus();
  }, [isGrading, list]);
  return (
    <Card title="Results" flush className="overflow-hidden">
      <ScoreLegend className="px-(--card-pad) pb-3" />
      <ol ref={list} aria-label="Results" className="divide-y divide-line border-t border-line">
        {results.map((result, index) => (
          <li
            key={result.memory.id}
            aria-label={`Result ${result.rank}: ${result.memory.content.slice(0, 80)}`}
            {...rowProps(index)}
            // The row in focus stands above the bar that grades are saved with.
            className={cn("focus-inset", isGrading && "scroll-mb-36")}
          >
            <ResultCard
              result={result}
              scale={scale}
              firstRank={rankOf(firstOrder, result.memory.id)}
              isBusy={judgements?.isBusy === true}
              grading={grading}
              onJudge={judgements === null ? null : (verdict) => void judgements.judge(result, verdict)}
            />
          </li>
        ))}
      </ol>
    </Card>
  );
}

function judgeKeys(results: ResultListProps["results"], judgements: Judgements | null) {
  return (judgements === null ? [] : verdicts).map(({ verdict, label, key }) => ({
    keys: [key],
    label: `Judge: ${label.toLowerCase()}`,
    run: (index: number) => {
      const result = results[index];
      if (result && judgements?.isBusy === false) void judgements.judge(result, verdict);
    },
  }));
}

function gradeKeys(results: ResultListProps["results"], grading: Grading) {
  return gradeWords.map(({ grade, label }) => ({
    keys: [String(grade)],
    label: `Grade: ${label.toLowerCase()}`,
    run: (index: number) => {
      const result = results[index];
      if (result) grading.grade(result.memory.id, grade);
    },
  }));
}

function rankOf(order: readonly string[], id: string): number | null {
  const index = order.indexOf(id);
  return index < 0 ? null : index + 1;
}
