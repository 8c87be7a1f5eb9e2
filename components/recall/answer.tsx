"use client";

import { Unplug } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { RecallInput } from "@/lib/client/keys";
import { formatCount, plural } from "@/lib/format/number";
import { EmptyState } from "@/components/ui/empty-state";
import { useReadOnly } from "@/components/shell/use-read-only";
import { Answerable } from "./answerable";
import { ResultList } from "./result-list";
import { StageStrip } from "./stage-strip";
import { outcomes, useJudgements, type Judgements } from "./use-judgements";
import type { Recalled, useRecall } from "./use-recall";
import { WhatMoved } from "./what-moved";

export interface AnswerProps {
  readonly data: Recalled;
  readonly input: NonNullable<RecallInput>;
  readonly recall: ReturnType<typeof useRecall>;
}

/** The answer with its stages, and what came of each judgement of it. */
export function Answer({ data, recall }: AnswerProps) {
  const { retrievalId, firstOrder, roundKey, noteJudged } = recall;
  const judgements = useJudgements({ retrievalId, shownIds: firstOrder, roundKey, onJudged: noteJudged });
  const isReadOnly = useReadOnly();
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
      <AnswerBar data={data} judgements={judgements} isJudgeable={retrievalId !== null && !isReadOnly} />
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
        />
      )}
    </div>
  );
}

interface AnswerBarProps {
  readonly data: Recalled;
  readonly judgements: Judgements;
  readonly isJudgeable: boolean;
}

function AnswerBar({ data, judgements, isJudgeable }: AnswerBarProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
      <span className="num text-muted">
        {plural(data.results.length, "result")} in {formatCount(Math.round(data.tookMs))} ms
      </span>
      <span className="flex-1" />
      {isJudgeable && data.results.length > 0 ? (
        <div role="group" aria-label="Judge the whole answer" className="flex flex-wrap items-center gap-1.5">
          <span className="text-muted">The whole answer:</span>
          {outcomes.map(({ outcome, label }) => (
            <Button
              key={outcome}
              size="sm"
              disabled={judgements.isBusy}
              onClick={() => void judgements.judgeAnswer(outcome)}
            >
              {label}
            </Button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
