"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ListChecks } from "lucide-react";
import Link from "next/link";
import { useMemo, type ReactNode } from "react";
import { queries } from "@/lib/client/queries";
import { formatCount } from "@/lib/format/number";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { DataPanel } from "../ui/data-panel";
import { EmptyState } from "../ui/empty-state";
import { GlossaryPopover } from "../ui/glossary-popover";
import { SegmentedControl } from "../ui/segmented-control";
import { judgedQuestions } from "./compare-measure";
import type { CompareSide } from "./compare-side";
import { testOf, type TestQuestion } from "./test-measure";
import { TestSetRun } from "./test-set-run";

export const testSets = ["saved", "judged"] as const;
export type TestSet = (typeof testSets)[number];

export interface CompareTestSetProps {
  readonly left: CompareSide;
  readonly right: CompareSide;
  /** Null: the saved ones where there are any. */
  readonly set: TestSet | null;
  readonly onSetChange: (set: TestSet) => void;
  readonly onAsk: (question: TestQuestion) => void;
}

/** Outcomes that are read, newest first, and questions that are asked. */
const READ = 200;
const MOST_JUDGED = 40;
export const savedTestsQuery = queries.testQuestions({ limit: READ });

const segments = [
  { value: "saved", label: "Saved" },
  { value: "judged", label: "Judged" },
] as const;

/** Questions with graded results as a test set: which it is, and how both sides do on it. */
export function CompareTestSet(props: CompareTestSetProps) {
  const saved = useInfiniteQuery(savedTestsQuery);
  const total = saved.data?.pages[0]?.total ?? 0;
  const set = props.set ?? (saved.data !== undefined && total === 0 ? "judged" : "saved");
  const isSaved = set === "saved";
  return (
    <Card
      title={
        <GlossaryPopover term={isSaved ? "savedTests" : "testSet"}>
          {isSaved ? "The saved questions" : "The judged questions"}
        </GlossaryPopover>
      }
      description={
        isSaved
          ? `Each with the grades somebody gave its results, and asked under its own conditions.${total > READ ? ` The newest ${READ} of ${formatCount(total)}.` : ""}`
          : `Kept by nobody: they are the questions among the newest ${READ} outcomes of which somebody said what helped. Judging a recall adds one; taking the judgement back removes it. They are asked without conditions.`
      }
      actions={
        <SegmentedControl
          label="Which questions"
          segments={segments}
          value={set}
          onValueChange={props.onSetChange}
        />
      }
    >
      {isSaved ? <SavedSet {...props} /> : <JudgedSet {...props} />}
    </Card>
  );
}

function SavedSet(props: CompareTestSetProps) {
  const query = useInfiniteQuery(savedTestsQuery);
  const tests = query.data?.pages[0]?.items;
  const questions = useMemo(() => (tests ?? []).map(testOf), [tests]);
  return (
    <DataPanel
      query={query}
      failureTitle="The saved questions could not be loaded"
      isEmpty={() => questions.length === 0}
      empty={
        <NoQuestions title="No question was saved yet" action="Ask one and save it as a test">
          Ask on the page Recall, press <strong>Save as test</strong> and grade what it shows. Then every
          draft can be measured by it.
        </NoQuestions>
      }
    >
      {() => <TestSetRun {...props} key="saved" questions={questions} />}
    </DataPanel>
  );
}

function JudgedSet(props: CompareTestSetProps) {
  const query = useInfiniteQuery(queries.signals({ limit: READ }));
  const signals = query.data?.pages[0]?.items;
  const questions = useMemo(() => judgedQuestions(signals ?? []).slice(0, MOST_JUDGED), [signals]);
  return (
    <DataPanel
      query={query}
      failureTitle="The judged questions could not be loaded"
      isEmpty={() => questions.length === 0}
      empty={
        <NoQuestions title="No question was judged yet" action="Ask one and say what helped">
          A verdict on a memory, or an outcome with the memories used, makes a question a test.
        </NoQuestions>
      }
    >
      {() => <TestSetRun {...props} key="judged" questions={questions} />}
    </DataPanel>
  );
}

interface NoQuestionsProps {
  readonly title: string;
  readonly action: string;
  readonly children: ReactNode;
}

function NoQuestions({ title, action, children }: NoQuestionsProps) {
  return (
    <EmptyState
      icon={ListChecks}
      title={title}
      className="py-6"
      action={
        <Button asChild>
          <Link href="/recall">{action}</Link>
        </Button>
      }
    >
      {children}
    </EmptyState>
  );
}
