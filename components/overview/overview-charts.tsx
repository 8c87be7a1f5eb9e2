"use client";

import { useRouter } from "next/navigation";
import type { CallOutput } from "@/lib/client/api";
import { formatDecimal } from "@/lib/format/number";
import { toMs } from "@/lib/format/time";
import { ConfidenceBand, FlowChart, Histogram } from "../charts/later";
import type { Annotation } from "../charts/annotations";
import { Card } from "../ui/card";
import type { TimeRange } from "../ui/time-range";
import { rangeSince } from "./range-input";
import { daysFrom } from "./young-store";

export interface OverviewChartsProps {
  readonly overview: CallOutput<"metrics.overview">;
  readonly range: TimeRange;
  readonly annotations: readonly Annotation[];
  readonly fromDay: string | undefined;
}

/** Pressing a bar leads to what is in it. */
export function OverviewCharts({ overview, range, annotations, fromDay }: OverviewChartsProps) {
  const router = useRouter();
  const goToBucket = (bucket: { readonly from: number; readonly to: number }) => {
    const words = `conf>=${formatDecimal(bucket.from)} conf<${formatDecimal(bucket.to)}`;
    router.push(`/memories?q=${encodeURIComponent(words)}&sort=confidence`);
  };
  const goToDay = (day: string, kind: string) =>
    router.push(
      kind === "added"
        ? `/memories?q=${encodeURIComponent(`created:${day}`)}`
        : `/timeline?from=${day}&to=${dayAfter(day)}`,
    );
  return (
    <div className="grid gap-(--page-gap) lg:grid-cols-2">
      <Card title="Confidence of all memories" className="lg:col-span-2">
        <ConfidenceBand days={overview.confidenceBand} annotations={annotations} fromDay={fromDay} />
      </Card>
      <Card title="In and out per day">
        <FlowChart days={daysFrom(overview.flow, fromDay)} annotations={annotations} onDaySelect={goToDay} />
      </Card>
      <Card title="Spread of confidence">
        <Histogram buckets={overview.histogram} beforeLabel={rangeSince[range]} onBucketSelect={goToBucket} />
      </Card>
    </div>
  );
}

const DAY_MS = 86_400_000;

function dayAfter(day: string): string {
  return new Date(toMs(day) + DAY_MS).toISOString().slice(0, day.length);
}
