"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ListChecks } from "lucide-react";
import Link from "next/link";
import { useMemo } from "react";
import { queries } from "@/lib/client/queries";
import { formatDecimal, formatSigned, plural } from "@/lib/format/number";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { DataPanel } from "../ui/data-panel";
import { EmptyState } from "../ui/empty-state";
import { FailureNotice } from "../ui/failure-notice";
import { GlossaryPopover } from "../ui/glossary-popover";
import {
  gradedQuestions,
  setResult,
  setSentence,
  worstFirst,
  type GradedQuestion,
  type Scored,
} from "./compare-measure";
import type { CompareSide } from "./compare-side";
import { useTestRun } from "./use-test-run";

export interface CompareTestSetProps {
  readonly left: CompareSide;
  readonly right: CompareSide;
  readonly onAsk: (query: string) => void;
}

/** Outcomes that are read, newest first, and questions that are asked. */
const READ = 200;
const MOST_QUESTIONS = 40;

/** The judged questions as a test set: what it is, and how both sides do on it. */
export function CompareTestSet(props: CompareTestSetProps) {
  const query = useInfiniteQuery(queries.signals({ limit: READ }));
  const signals = query.data?.pages[0]?.items;
  const questions = useMemo(() => gradedQuestions(signals ?? []).slice(0, MOST_QUESTIONS), [signals]);
  return (
    <Card
      title={<GlossaryPopover term="testSet">The judged questions</GlossaryPopover>}
      description={`Kept by nobody: they are the questions among the newest ${READ} outcomes of which somebody said what helped. Judging a recall adds one; taking the judgement back removes it. They are asked without conditions.`}
    >
      <DataPanel
        query={query}
        failureTitle="The judged questions could not be loaded"
        isEmpty={() => questions.length === 0}
        empty={
          <EmptyState
            icon={ListChecks}
            title="No question was judged yet"
            className="py-6"
            action={
              <Button asChild>
                <Link href="/recall">Ask one and say what helped</Link>
              </Button>
            }
          >
            A verdict on a memory, or an outcome with the memories used, makes a question a test.
          </EmptyState>
        }
      >
        {() => <SetRun {...props} questions={questions} />}
      </DataPanel>
    </Card>
  );
}

function SetRun({
  left,
  right,
  onAsk,
  questions,
}: CompareTestSetProps & { readonly questions: readonly GradedQuestion[] }) {
  const { run, start } = useTestRun(left, right);
  const result = run.state === "done" ? setResult(run.scored) : null;
  const isRunning = run.state === "running";
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button busy={isRunning} onClick={() => void start(questions)}>
          Ask {plural(questions.length, "question")} on both sides
        </Button>
        <span role="status" className="num text-sm text-muted">
          {isRunning ? `${run.scored.length} of ${questions.length} asked` : ""}
        </span>
      </div>
      {run.state === "failed" ? (
        <FailureNotice
          title="The questions could not be asked"
          error={run.error}
          onRetry={() => void start(questions)}
        />
      ) : null}
      {result === null ? null : (
        <>
          <p className="num text-base font-medium text-pretty">{setSentence(result)}</p>
          <p className="num text-sm">
            nDCG@10: A <strong className="font-semibold">{formatDecimal(result.left, 3)}</strong>, B{" "}
            <strong className="font-semibold">{formatDecimal(result.right, 3)}</strong>
          </p>
          <p className="text-xs text-muted">
            The live ranking has already learned from these very judgements, so a side that keeps what
            outcomes taught starts ahead. What learning is worth is measured fairly on the Learning page.
          </p>
          <ScoredList scored={worstFirst(run.scored)} onAsk={onAsk} />
        </>
      )}
    </div>
  );
}

function ScoredList({
  scored,
  onAsk,
}: {
  readonly scored: readonly Scored[];
  readonly onAsk: (query: string) => void;
}) {
  return (
    <ul aria-label="Questions, the largest loss first" className="divide-y divide-line border-t border-line">
      {scored.map(({ query, left, right }) => {
        const difference = right - left;
        return (
          <li key={query} className="flex items-baseline gap-3 py-1.5 text-sm">
            <button
              type="button"
              onClick={() => onAsk(query)}
              className="min-w-0 flex-1 truncate rounded-xs text-left underline-offset-2 hover:underline"
            >
              {query}
            </button>
            <span className="num text-xs text-muted max-sm:hidden">
              {formatDecimal(left, 3)} to {formatDecimal(right, 3)}
            </span>
            <span
              className={cn(
                "num w-14 text-right font-medium",
                difference < 0 ? "text-loss" : difference > 0 ? "text-gain" : "text-muted",
              )}
            >
              {formatSigned(difference, 3)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
