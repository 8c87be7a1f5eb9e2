"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useState } from "react";
import { queries } from "@/lib/client/queries";
import { Card } from "../ui/card";
import { DataPanel } from "../ui/data-panel";
import { GlossaryPopover } from "../ui/glossary-popover";
import { Page, PageHeader } from "../ui/page-header";
import { Skeleton } from "../ui/skeleton";
import { timeRanges } from "../ui/time-range";
import { TimeRangeControl } from "../ui/time-range-control";
import { rangeInput } from "./range-input";
import { FirstSteps } from "./first-steps";
import { LearningCard } from "./learning-card";
import { LatestChanges } from "./latest-changes";
import { NeedsYou } from "./needs-you";
import { OverviewCharts } from "./overview-charts";
import { OverviewTiles } from "./overview-tiles";
import { TourOffer } from "../tour/tour-offer";

/** Is the memory healthy, and what needs me today? */
export function OverviewPage() {
  const [range, setRange] = useQueryState("range", parseAsStringLiteral(timeRanges).withDefault("30d"));
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
        actions={
          isEmpty ? null : <TimeRangeControl value={range} onValueChange={(next) => void setRange(next)} />
        }
      />
      <DataPanel
        query={overview}
        failureTitle="The overview could not be loaded"
        skeleton={<OverviewSkeleton />}
        isEmpty={(data) => data.empty}
        empty={<FirstSteps />}
      >
        {(data) => (
          <div className="flex flex-col gap-(--page-gap)">
            <TourOffer />
            <NeedsYou items={data.needsYou} />
            <OverviewTiles overview={data} learning={learning.data} />
            <Card title={<GlossaryPopover term="pulse">Pulse of the learning loop</GlossaryPopover>}>
              <LearningCard query={learning} />
            </Card>
            <OverviewCharts overview={data} range={range} />
            <LatestChanges changes={data.latest} />
          </div>
        )}
      </DataPanel>
    </Page>
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
