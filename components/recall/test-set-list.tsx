"use client";

import { Pencil, Trash2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useReadOnly } from "@/components/shell/use-read-only";
import { formatDecimal, formatSigned, plural } from "@/lib/format/number";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { IconButton } from "../ui/icon-button";
import { isAnswerable, lossOf, worstFirst, type Scored } from "./compare-measure";
import { conditionsText, gradingAddress } from "./test-conditions";
import type { TestQuestion } from "./test-measure";
import { useSavedTests } from "./use-saved-tests";

export interface TestSetListProps {
  readonly questions: readonly TestQuestion[];
  /** Of those that were asked; empty before. */
  readonly scored: readonly Scored[];
  readonly onAsk: (question: TestQuestion) => void;
}

/** Rows that are listed before somebody asks for all. */
const FIRST = 20;

/** Every question of a set: those that were asked first, with the largest loss on top. */
export function TestSetList({ questions, scored, onAsk }: TestSetListProps) {
  const [isWhole, setWhole] = useState(false);
  const asked = worstFirst(scored);
  const rest = questions.filter(({ key }) => !scored.some(({ question }) => question.key === key));
  const rows = [
    ...asked.map((score) => ({ question: score.question, score })),
    ...rest.map((question) => ({ question, score: null })),
  ];
  return (
    <>
      <ul
        aria-label={asked.length > 0 ? "Questions, the largest loss first" : "Questions"}
        className="divide-y divide-line border-t border-line"
      >
        {(isWhole ? rows : rows.slice(0, FIRST)).map(({ question, score }) => (
          <QuestionRow key={question.key} question={question} score={score} onAsk={onAsk} />
        ))}
      </ul>
      {isWhole || rows.length <= FIRST ? null : (
        <Button size="sm" className="self-start" onClick={() => setWhole(true)}>
          Show all {plural(rows.length, "question")}
        </Button>
      )}
    </>
  );
}

interface QuestionRowProps extends Pick<TestSetListProps, "onAsk"> {
  readonly question: TestQuestion;
  readonly score: Scored | null;
}

function QuestionRow({ question, score, onAsk }: QuestionRowProps) {
  return (
    <li className="flex items-center gap-3 py-1.5 text-sm">
      <span className="flex min-w-0 flex-1 flex-col">
        <button
          type="button"
          onClick={() => onAsk(question)}
          className="line-clamp-2 rounded-xs text-left leading-6 break-words underline-offset-2 hover:underline"
        >
          {question.query}
        </button>
        <About question={question} />
      </span>
      {score === null ? null : <ScoreOf score={score} />}
      <RowActions question={question} />
    </li>
  );
}

/** What the question is asked of, and what of its grades nothing can meet. */
function About({ question }: { readonly question: TestQuestion }) {
  const { saved, conditions, targets } = question;
  if (saved === null) return null;
  const gone = saved.grades.filter(({ grade, isThere }) => grade > 0 && !isThere).length;
  const facts = [
    isAnswerable(question) ? `${plural(targets.length, "memory", "memories")} to find` : "Has no answer",
    ...(gone > 0 ? [`${gone} gone, so out of reach`] : []),
    ...[conditionsText(conditions), saved.note ?? ""].filter((text) => text !== ""),
  ];
  return <span className="num truncate text-xs text-muted">{facts.join(" · ")}</span>;
}

function ScoreOf({ score }: { readonly score: Scored }) {
  const { question, left, right } = score;
  const loss = lossOf(score);
  const [first, second] = [left.ndcg === 1, right.ndcg === 1];
  const says =
    first === second ? (first ? "both say so" : "neither says so") : first ? "A says so" : "B says so";
  return (
    <>
      <span className="num shrink-0 text-xs text-muted max-sm:hidden">
        {isAnswerable(question) ? `${formatDecimal(left.ndcg, 3)} to ${formatDecimal(right.ndcg, 3)}` : says}
      </span>
      <span
        className={cn(
          "num w-14 shrink-0 text-right font-medium",
          loss > 0 ? "text-loss" : loss < 0 ? "text-gain" : "text-muted",
        )}
      >
        {formatSigned(-loss, 3)}
      </span>
    </>
  );
}

function RowActions({ question: { saved, query } }: { readonly question: TestQuestion }) {
  const tests = useSavedTests();
  const isReadOnly = useReadOnly();
  if (saved === null || isReadOnly) return null;
  const address = gradingAddress(saved);
  return (
    <span className="flex shrink-0 items-center gap-1">
      {address === null ? null : (
        <Button asChild size="sm" variant="ghost">
          <Link href={address} aria-label={`Edit the grades of “${query}”`}>
            <Pencil aria-hidden />
            <span className="max-sm:sr-only">Edit grades</span>
          </Link>
        </Button>
      )}
      <IconButton label={`Delete the test “${query}”`} size="sm" onClick={() => tests.remove(saved)}>
        <Trash2 aria-hidden />
      </IconButton>
    </span>
  );
}
