"use client";

import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { CallOutput } from "@/lib/client/api";
import { queries } from "@/lib/client/queries";
import { toMs } from "@/lib/format/time";
import type { Annotation } from "../charts/annotations";
import { annotationKind } from "../charts/event-kinds";
import { Card } from "../ui/card";
import { DataPanel } from "../ui/data-panel";
import { GlossaryPopover } from "../ui/glossary-popover";
import { Page, PageHeader } from "../ui/page-header";
import { Skeleton } from "../ui/skeleton";
import type { TimeRange } from "../ui/time-range";
import { TimeRangeControl } from "../ui/time-range-control";
import { useTimeRange } from "../ui/use-time-range";
import { rangeInput } from "./range-input";
import { FirstSteps } from "./first-steps";
import { LearningCard } from "./learning-card";
import { LatestChanges } from "./latest-changes";
import { NeedsYou } from "./needs-you";
import { OverviewCharts } from "./overview-charts";
import { OverviewTiles } from "./overview-tiles";
import { firstShownDay } from "./young-store";
import { TourOffer } from "../tour/tour-offer";

/** Is the memory healthy, and what needs me today? */
export function OverviewPage() {
  const [range, setRange] = useTimeRange();
  const [openedAtMs] = useState(() => Date.now());
  const input = rangeInput(range, openedAtMs);
  const overview = useQuery(queries.overview(input));
  const learning = useQuery(queries.learning(input));
  const isEmpty = overview.data?.empty === true;
  return (
    <Page>
      <PageHeader
        title="Overview"
        description="Whether the memory is healthy, and what waits for you."
        actions={isEmpty ? null : <TimeRangeControl value={range} onValueChange={setRange} />}
      />
      <DataPanel
        query={overview}
        failureTitle="The overview could not be loaded"
        skeleton={<OverviewSkeleton />}
        isEmpty={(data) => data.empty}
        empty={<FirstSteps />}
      >
        {(data) => <OverviewBody overview={data} learning={learning} range={range} />}
      </DataPanel>
    </Page>
  );
}

interface OverviewBodyProps {
  readonly overview: CallOutput<"metrics.overview">;
  readonly learning: UseQueryResult<CallOutput<"metrics.learning">>;
  readonly range: TimeRange;
}

function OverviewBody({ overview, learning, range }: OverviewBodyProps) {
  const annotations = useMemo(() => overview.annotations.map(toAnnotation), [overview.annotations]);
  const fromDay = firstShownDay(overview.activePerDay);
  return (
    <div className="flex flex-col gap-(--page-gap)">
      <TourOffer />
      <NeedsYou items={overview.needsYou} />
      <OverviewTiles overview={overview} learning={learning.data} fromDay={fromDay} />
      <Card title={<GlossaryPopover term="pulse">Pulse of the learning loop</GlossaryPopover>}>
        <LearningCard query={learning} annotations={annotations} fromDay={fromDay} />
      </Card>
      <OverviewCharts overview={overview} range={range} annotations={annotations} fromDay={fromDay} />
      <LatestChanges changes={overview.latest} />
    </div>
  );
}

function toAnnotation({ at, kind, label, groupId }: Marked): Annotation {
  return { atMs: toMs(at), kind: annotationKind(kind), label, href: `/timeline?group=${groupId}` };
}
type Marked = CallOutput<"metrics.overview">["annotations"][number];

function OverviewSkeleton() {
  return (
    <div className="flex flex-col gap-(--page-gap)">
      <Skeleton className="h-20" />
      <div className="grid grid-cols-2 gap-(--page-gap) xl:grid-cols-4">
        {["active", "confidence", "usefulness", "contested"].map((tile) => (
          <Skeleton key={tile} className="h-28" />
        ))}
      </div>
      <div className="grid gap-(--page-gap) lg:grid-cols-2">
        <Skeleton className="h-72" />
        <Skeleton className="h-72" />
      </div>
    </div>
  );
}
