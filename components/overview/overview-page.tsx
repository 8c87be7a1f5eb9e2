"use client";

import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useMemo, useState } from "react";
import type { CallOutput } from "@/lib/client/api";
import { queries } from "@/lib/client/queries";
import { Card } from "../ui/card";
import { DataPanel } from "../ui/data-panel";
import { GlossaryPopover } from "../ui/glossary-popover";
import { Page, PageHeader } from "../ui/page-header";
import { Skeleton } from "../ui/skeleton";
import type { TimeRange } from "../ui/time-range";
import { TimeRangeControl } from "../ui/time-range-control";
import { useTimeRange } from "../ui/use-time-range";
import { rangeInput } from "./range-input";
import { LearningCard } from "./learning-card";
import { NeedsYou } from "./needs-you";
import { OverviewCharts } from "./overview-charts";
import { OverviewTiles } from "./overview-tiles";
import { toAnnotation } from "./to-annotation";
import { firstShownDay } from "./young-store";
import { TourOffer } from "../tour/tour-offer";

const FirstSteps = dynamic(() => import("./first-steps").then((module) => module.FirstSteps), { ssr: false });
const LatestChanges = dynamic(() => import("./latest-changes").then((module) => module.LatestChanges), {
  ssr: false,
});

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
