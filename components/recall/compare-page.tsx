"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { GitCompareArrows, Search } from "lucide-react";
import Link from "next/link";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useState, type FormEvent } from "react";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { Input } from "../ui/input";
import { Page, PageHeader } from "../ui/page-header";
import { CompareAnswers } from "./compare-answers";
import { readSide, sideName, unlearnedSide, writeSide, type CompareSide } from "./compare-side";
import { CompareSideForm } from "./compare-side-form";
import { CompareTestSet, savedTestsQuery, testSets } from "./compare-test-set";
import { conditionsOf } from "./test-conditions";

const parsers = {
  q: parseAsString.withDefault(""),
  a: parseAsString,
  b: parseAsString,
  set: parseAsStringLiteral(testSets),
  /** The saved test that the question is, whose conditions it is asked under. */
  test: parseAsString,
};

/** Two settings, or two points in time, on one question and on those of a set. */
export function ComparePage() {
  const [address, setAddress] = useQueryStates(parsers, { history: "push" });
  const question = useAsked(address.q, address.test);
  const [left, right] = [readSide(address.a), readSide(address.b)];
  const isSame = writeSide(left) === writeSide(right);
  const setSide = (name: "a" | "b") => (side: CompareSide) => void setAddress({ [name]: writeSide(side) });
  return (
    <Page wide>
      <PageHeader
        title="Compare"
        crumbs={
          <Link
            href={address.q === "" ? "/recall" : `/recall?q=${encodeURIComponent(address.q)}`}
            className="rounded-xs underline-offset-2 hover:underline"
          >
            Recall
          </Link>
        }
        description="Two settings, or two points in time, side by side. This looks only: nothing is logged, and a drafted value is not stored."
      />
      <Question query={address.q} onAsk={(q) => void setAddress({ q, test: null })} />
      <div className="grid gap-(--page-gap) md:grid-cols-2">
        <CompareSideForm letter="A" side={left} onSideChange={setSide("a")} />
        <CompareSideForm letter="B" side={right} onSideChange={setSide("b")} />
      </div>
      {isSame ? (
        <EmptyState
          icon={GitCompareArrows}
          title="Both sides are the same"
          action={
            <Button onClick={() => setSide("b")(unlearnedSide)}>
              Set B to: without what outcomes taught
            </Button>
          }
        >
          Change one of them: other routes, another weight, or another day.
        </EmptyState>
      ) : (
        <>
          {address.q === "" ? null : <CompareAnswers question={question} left={left} right={right} />}
          <CompareTestSet
            key={JSON.stringify([left, right])}
            left={left}
            right={right}
            set={address.set}
            onSetChange={(set) => void setAddress({ set })}
            onAsk={({ query: q, saved }) => void setAddress({ q, test: saved?.id ?? null })}
          />
        </>
      )}
      <p className="sr-only" role="status">
        A: {sideName(left)}. B: {sideName(right)}.
      </p>
    </Page>
  );
}

/** What is asked; a saved test keeps its conditions. */
function useAsked(query: string, testId: string | null) {
  const saved = useInfiniteQuery(savedTestsQuery);
  const test = saved.data?.pages[0]?.items.find((one) => one.id === testId && one.query === query);
  return { query, conditions: test === undefined ? {} : conditionsOf(test) };
}

interface QuestionProps {
  readonly query: string;
  readonly onAsk: (query: string) => void;
}

function Question({ query, onAsk }: QuestionProps) {
  const [draft, setDraft] = useState(query);
  const [known, setKnown] = useState(query);
  if (known !== query) {
    setKnown(query);
    setDraft(query);
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAsk(draft.trim());
  };
  return (
    <form role="search" aria-label="Compare" onSubmit={submit} className="flex gap-2">
      <span className="min-w-0 flex-1">
        <Input
          type="search"
          aria-label="Question"
          placeholder="What would the model ask?"
          maxLength={4000}
          icon={<Search aria-hidden />}
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
        />
      </span>
      <Button type="submit" variant="primary">
        Compare
      </Button>
    </form>
  );
}
