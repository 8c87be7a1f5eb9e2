"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, Stethoscope } from "lucide-react";
import { useState } from "react";
import type { CallOutput } from "@/lib/client/api";
import type { MetricsRange } from "@/lib/client/keys";
import { queries } from "@/lib/client/queries";
import { formatCount, plural } from "@/lib/format/number";
import type { Annotation } from "../charts/annotations";
import { CauseDays } from "../charts/later";
import { FailureCauses } from "../charts/failure-causes";
import { causeLook, causesSentence, type FailureCause } from "../charts/failure-causes-shape";
import { toAnnotation } from "../overview/to-annotation";
import { Card } from "../ui/card";
import { DataPanel } from "../ui/data-panel";
import { EmptyState } from "../ui/empty-state";
import { GlossaryPopover } from "../ui/glossary-popover";
import { Skeleton } from "../ui/skeleton";
import { causeWords } from "./cause-words";
import { FailureList } from "./failure-list";
import { TuningCosts } from "./tuning-costs";

type Diagnosis = CallOutput<"metrics.diagnosis">;

/** Memory or model: where answers fail, as far as the signals show, and what would mend each. */
export function DiagnosisPanel({ range }: { readonly range: MetricsRange }) {
  const query = useQuery(queries.diagnosis(range));
  // The same range has the same events, whichever chart they are asked for by.
  const { data: learning } = useQuery(queries.learning(range));
  return (
    <DataPanel
      query={query}
      failureTitle="The diagnosis could not be loaded"
      skeleton={<Skeleton className="h-96" />}
      isEmpty={(data) => data.failed === 0}
      empty={<NoFailures outcomes={query.data?.outcomes ?? 0} />}
    >
      {(data) => <Diagnosed diagnosis={data} annotations={(learning?.annotations ?? []).map(toAnnotation)} />}
    </DataPanel>
  );
}

interface DiagnosedProps {
  readonly diagnosis: Diagnosis;
  readonly annotations: readonly Annotation[];
}

function Diagnosed({ diagnosis, annotations }: DiagnosedProps) {
  const [chosen, setChosen] = useState<FailureCause | null>(null);
  const { outcomes, failed, causes, days, failures } = diagnosis;
  const told = chosen ?? mostFrequent(causes);
  return (
    <div className="flex flex-col gap-(--page-gap)">
      <Card
        title={<GlossaryPopover term="diagnosis">Memory or model?</GlossaryPopover>}
        description={`${plural(failed, "judged outcome")} of ${formatCount(outcomes)} failed. Each is sorted by what the log shows; choose a cause to list its questions.`}
      >
        <p className="num mb-3 text-base font-medium text-pretty">{causesSentence(causes, failed)}</p>
        <FailureCauses causes={causes} failed={failed} chosen={chosen} onChoose={setChosen} />
        <div aria-live="polite" className="mt-3 empty:hidden">
          {told === undefined ? null : <Finding cause={told} />}
        </div>
        <p className="mt-3 text-xs text-muted">
          Shares with their 95% intervals, by Wilson&apos;s method. A cause is what the signals speak for, not
          a proof: an outcome may have failed for more than one reason.
        </p>
      </Card>
      <Card title="Causes over time">
        <CauseDays days={days} annotations={annotations} />
      </Card>
      <FailureList failures={failures} failed={failed} cause={chosen} onAllCauses={() => setChosen(null)} />
      <TuningCosts
        outcomes={outcomes}
        modelFailures={causes.find((one) => one.cause === "model")?.count ?? 0}
      />
    </div>
  );
}

/** The known cause that is told of while none is chosen. */
function mostFrequent(causes: Diagnosis["causes"]): FailureCause | undefined {
  const found = causes.filter(({ cause, count }) => cause !== "unknown" && count > 0);
  return found.toSorted((one, other) => other.count - one.count)[0]?.cause ?? "unknown";
}

function Finding({ cause }: { readonly cause: FailureCause }) {
  const { finding, advice } = causeWords[cause];
  return (
    <div className="rounded-md bg-sunken px-3 py-2 text-sm">
      <p>
        <strong className="font-semibold">{causeLook[cause].label}: </strong>
        {finding}
      </p>
      <p className="mt-1">
        <strong className="font-semibold">What helps: </strong>
        {advice}
      </p>
    </div>
  );
}

function NoFailures({ outcomes }: { readonly outcomes: number }) {
  return outcomes === 0 ? (
    <EmptyState icon={Stethoscope} title="No answer was judged in this time">
      Once clients report how answers turned out, the failed ones are sorted here into what memory can mend
      and what it cannot.
    </EmptyState>
  ) : (
    <EmptyState
      icon={CircleCheck}
      title={`None of ${plural(outcomes, "judged outcome")} failed in this time`}
    >
      There is nothing to sort. Answers that nobody judged are not counted.
    </EmptyState>
  );
}
