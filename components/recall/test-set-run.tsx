"use client";

import { plural } from "@/lib/format/number";
import { Button } from "../ui/button";
import { FailureNotice } from "../ui/failure-notice";
import { declinedSentence, scored, setResult, setSentence } from "./compare-measure";
import type { CompareTestSetProps } from "./compare-test-set";
import type { TestQuestion } from "./test-measure";
import { TestSetList } from "./test-set-list";
import { TestSetTable } from "./test-set-table";
import { useTestRun } from "./use-test-run";

export interface TestSetRunProps extends CompareTestSetProps {
  readonly questions: readonly TestQuestion[];
}

/** A set on both sides: asked when somebody says so, scored by the grades as they are. */
export function TestSetRun({ left, right, onAsk, questions }: TestSetRunProps) {
  const { run, start, stop } = useTestRun(left, right);
  const isRunning = run.state === "running";
  const known = questions.flatMap((question) => {
    const shown = run.shown.get(question.key);
    return shown === undefined ? [] : [scored(question, ...shown)];
  });
  const isDone = run.state === "done";
  const result = isDone ? setResult(known) : null;
  const declined = isDone ? declinedSentence(known) : null;
  const isJudged = questions.some(({ saved }) => saved === null);
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button busy={isRunning} onClick={() => void start(questions)}>
          Ask {plural(questions.length, "question")} on both sides
        </Button>
        {isRunning ? (
          <Button variant="ghost" onClick={stop}>
            Stop
          </Button>
        ) : null}
        <span role="status" className="num text-sm text-muted">
          {isRunning ? `${known.length} of ${questions.length} asked` : ""}
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
          <TestSetTable result={result} />
        </>
      )}
      {declined === null ? null : <p className="num text-sm">{declined}</p>}
      {isDone && isJudged ? (
        <p className="text-xs text-muted">
          The live ranking has already learned from these very judgements, so a side that keeps what outcomes
          taught starts ahead. What learning is worth is measured fairly on the Learning page.
        </p>
      ) : null}
      <TestSetList questions={questions} scored={isDone ? known : []} onAsk={onAsk} />
    </div>
  );
}
