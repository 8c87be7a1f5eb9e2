"use client";

import { Card } from "@/components/ui/card";
import { ScoreLegend } from "@/components/ui/score-bar";
import { scoreScale } from "@/components/ui/score-parts";
import { useListFocus } from "@/components/ui/use-list-focus";
import { ResultCard } from "./result-card";
import { verdicts, type Judgements } from "./use-judgements";
import type { RecallResult } from "./use-recall";

export interface ResultListProps {
  readonly results: readonly RecallResult[];
  readonly firstOrder: readonly string[];
  /** Null where nothing can be judged. */
  readonly judgements: Judgements | null;
}

export function ResultList({ results, firstOrder, judgements }: ResultListProps) {
  const scale = scoreScale(results.map((result) => result.parts));
  const { list, rowProps } = useListFocus<HTMLOListElement>({
    count: results.length,
    group: "Results",
    keys: (judgements === null ? [] : verdicts).map(({ verdict, label, key }) => ({
      keys: [key],
      label: `Judge: ${label.toLowerCase()}`,
      run: (index: number) => {
        const result = results[index];
        if (result && judgements?.isBusy === false) void judgements.judge(result, verdict);
      },
    })),
  });
  return (
    <Card title="Results" flush className="overflow-hidden">
      <ScoreLegend className="px-(--card-pad) pb-3" />
      <ol ref={list} aria-label="Results" className="divide-y divide-line border-t border-line">
        {results.map((result, index) => (
          <li
            key={result.memory.id}
            aria-label={`Result ${result.rank}: ${result.memory.content.slice(0, 80)}`}
            {...rowProps(index)}
            className="focus-inset"
          >
            <ResultCard
              result={result}
              scale={scale}
              firstRank={rankOf(firstOrder, result.memory.id)}
              isBusy={judgements?.isBusy === true}
              onJudge={judgements === null ? null : (verdict) => void judgements.judge(result, verdict)}
            />
          </li>
        ))}
      </ol>
    </Card>
  );
}

function rankOf(order: readonly string[], id: string): number | null {
  const index = order.indexOf(id);
  return index < 0 ? null : index + 1;
}
