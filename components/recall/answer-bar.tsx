"use client";

import { ClipboardCheck, X } from "lucide-react";
import type { RefObject } from "react";
import { useCommands } from "@/components/shell/command-registry";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useShortcuts } from "@/components/ui/use-shortcuts";
import { formatCount, plural } from "@/lib/format/number";
import { outcomes, type Judgements } from "./use-judgements";
import type { Grading } from "./use-grading";
import type { Recalled } from "./use-recall";

export interface AnswerBarProps {
  readonly data: Recalled;
  readonly judgements: Judgements;
  readonly isJudgeable: boolean;
  readonly grading: Grading;
  readonly testButton: RefObject<HTMLButtonElement | null>;
}

/** How much was found how fast, and what can be said about all of it: what came of it, or that it is a test. */
export function AnswerBar({ data, judgements, isJudgeable, grading, testButton }: AnswerBarProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
      <span className="num text-muted">
        {plural(data.results.length, "result")} in {formatCount(Math.round(data.tookMs))} ms
      </span>
      <span className="flex-1" />
      {isJudgeable && data.results.length > 0 && !grading.isOn ? (
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
      {grading.isReadOnly ? null : <TestButton grading={grading} testButton={testButton} />}
    </div>
  );
}

function TestButton({ grading, testButton }: Pick<AnswerBarProps, "grading" | "testButton">) {
  const { isOn, saved } = grading;
  const label = isOn ? "Stop grading" : saved === null ? "Save as test" : "Edit grades";
  const run = isOn ? grading.leave : grading.start;
  useShortcuts([{ keys: ["t"], label, group: "Recall", run }]);
  useCommands({
    heading: "This question",
    commands: [{ id: "recall-test", label, icon: ClipboardCheck, keys: ["t"], keywords: ["grade"], run }],
  });
  return (
    <span className="flex items-center gap-2">
      {saved === null ? null : <Badge tone="accent">Saved as test</Badge>}
      <Button ref={testButton} size="sm" aria-keyshortcuts="t" onClick={run}>
        {isOn ? <X aria-hidden /> : <ClipboardCheck aria-hidden />}
        {label}
      </Button>
    </span>
  );
}
