"use client";

import { GitCompareArrows, Search } from "lucide-react";
import Link from "next/link";
import { parseAsString, useQueryStates } from "nuqs";
import { useState, type FormEvent } from "react";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { Input } from "../ui/input";
import { Page, PageHeader } from "../ui/page-header";
import { CompareAnswers } from "./compare-answers";
import { readSide, sideName, unlearnedSide, writeSide, type CompareSide } from "./compare-side";
import { CompareSideForm } from "./compare-side-form";
import { CompareTestSet } from "./compare-test-set";

const parsers = { q: parseAsString.withDefault(""), a: parseAsString, b: parseAsString };

/** Two settings, or two points in time, on one question and on the judged ones. */
export function ComparePage() {
  const [address, setAddress] = useQueryStates(parsers, { history: "push" });
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
      <Question query={address.q} onAsk={(q) => void setAddress({ q })} />
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
          {address.q === "" ? null : <CompareAnswers query={address.q} left={left} right={right} />}
          <CompareTestSet
            key={JSON.stringify([left, right])}
            left={left}
            right={right}
            onAsk={(q) => void setAddress({ q })}
          />
        </>
      )}
      <p className="sr-only" role="status">
        A: {sideName(left)}. B: {sideName(right)}.
      </p>
    </Page>
  );
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
