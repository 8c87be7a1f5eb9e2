"use client";

import { GitCompareArrows, Search } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { DataPanel } from "@/components/ui/data-panel";
import { EmptyState } from "@/components/ui/empty-state";
import { Page, PageHeader } from "@/components/ui/page-header";
import { Answer } from "./answer";
import { RecallForm } from "./recall-form";
import { recallInput, useRecallFields, type RecallPatch } from "./recall-form-state";
import { RecentQueries } from "./recent-queries";
import { useGradingMode } from "./use-grading";
import { useRecall } from "./use-recall";
import { WhyNot } from "./why-not";

export function RecallPage() {
  const { fields, set } = useRecallFields();
  const input = recallInput(fields);
  const recall = useRecall(input);
  const [, setGrading] = useGradingMode();
  const ask = (patch: RecallPatch) => {
    void setGrading(null);
    set(patch);
    recall.askAgain();
  };
  return (
    <Page wide>
      <PageHeader
        title="Recall"
        description="Ask as a client would, and see why it ranks so. Each question is logged with what it showed, so that its outcome can be credited; that alone moves nothing."
        actions={
          <Button asChild>
            <Link
              href={fields.q === "" ? "/recall/compare" : `/recall/compare?q=${encodeURIComponent(fields.q)}`}
            >
              <GitCompareArrows aria-hidden />
              Compare two settings
            </Link>
          </Button>
        }
      />
      <RecallForm fields={fields} onAsk={ask} isBusy={recall.query.isFetching} />
      <div className="grid items-start gap-(--page-gap) xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="min-w-0">
          {input === null ? (
            <EmptyState icon={Search} title="Ask something">
              The answer comes with the parts of every score, the stages it went through, and buttons to say
              what helped.
            </EmptyState>
          ) : (
            <DataPanel query={recall.query} isEmpty={() => false} failureTitle="The recall failed">
              {(data) => <Answer data={data} input={input} recall={recall} />}
            </DataPanel>
          )}
        </div>
        <aside aria-label="Around this recall" className="flex min-w-0 flex-col gap-(--page-gap)">
          {input === null ? null : (
            <WhyNot input={input} target={fields.target} onTargetChange={(target) => set({ target })} />
          )}
          <RecentQueries onAsk={(q) => ask({ q })} />
        </aside>
      </div>
    </Page>
  );
}
