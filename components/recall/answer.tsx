"use client";

import { Unplug } from "lucide-react";
import { useRef } from "react";
import type { RecallInput } from "@/lib/client/keys";
import { EmptyState } from "@/components/ui/empty-state";
import { useReadOnly } from "@/components/shell/use-read-only";
import { AnswerBar } from "./answer-bar";
import { Answerable } from "./answerable";
import { GradedElsewhere } from "./graded-elsewhere";
import { GradingBar } from "./grading-bar";
import { ResultList } from "./result-list";
import { StageStrip } from "./stage-strip";
import { useGrading } from "./use-grading";
import { useJudgements } from "./use-judgements";
import type { Recalled, useRecall } from "./use-recall";
import { WhatMoved } from "./what-moved";

export interface AnswerProps {
  readonly data: Recalled;
  readonly input: NonNullable<RecallInput>;
  readonly recall: ReturnType<typeof useRecall>;
}

/** The answer with its stages, and what came of each judgement of it. */
export function Answer({ data, input, recall }: AnswerProps) {
  const { retrievalId, firstOrder, roundKey, noteJudged } = recall;
  const judgements = useJudgements({ retrievalId, shownIds: firstOrder, roundKey, onJudged: noteJudged });
  const isReadOnly = useReadOnly();
  const grading = useGrading(input, judgements);
  const testButton = useRef<HTMLButtonElement>(null);
  const labels = new Map(data.results.map(({ memory }) => [memory.id, memory.content]));
  return (
    <div className="flex flex-col gap-4">
      {data.degraded.length > 0 ? (
        <p role="status" className="flex items-center gap-2 rounded-md bg-unsupported-soft px-3 py-2 text-sm">
          <Unplug aria-hidden className="size-4 text-unsupported" />
          Answered without: {data.degraded.join(", ")}. The rest of the ranking still holds.
        </p>
      ) : null}
      {data.explanation ? <StageStrip explanation={data.explanation} /> : null}
      <Answerable answer={data} />
      <AnswerBar
        data={data}
        judgements={judgements}
        isJudgeable={retrievalId !== null && !isReadOnly}
        grading={grading}
        testButton={testButton}
      />
      <WhatMoved judgements={judgements} labelOf={(id) => labels.get(id) ?? id} />
      {data.results.length === 0 ? (
        <EmptyState title="Nothing was found">
          The stages above show where candidates fell out. Fewer conditions or other words may find more.
        </EmptyState>
      ) : (
        <ResultList
          results={data.results}
          firstOrder={firstOrder}
          judgements={isReadOnly ? null : judgements}
          grading={grading.isOn ? grading : null}
        />
      )}
      {grading.isOn ? (
        <>
          <GradedElsewhere grading={grading} shownIds={data.results.map(({ memory }) => memory.id)} />
          <GradingBar grading={grading} onSaved={() => testButton.current?.focus()} />
        </>
      ) : null}
    </div>
  );
}
