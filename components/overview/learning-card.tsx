"use client";

import Link from "next/link";
import type { CallOutput } from "@/lib/client/api";
import type { Annotation } from "../charts/annotations";
import { PulseChart } from "../charts/later";
import { DataPanel, type DataPanelProps } from "../ui/data-panel";
import { Skeleton } from "../ui/skeleton";
import { daysFrom } from "./young-store";

type Learning = CallOutput<"metrics.learning">;

export interface LearningCardProps extends Pick<DataPanelProps<Learning>, "query"> {
  readonly annotations?: readonly Annotation[];
  /** Where the charts of a young store begin. */
  readonly fromDay?: string | undefined;
}

/** Signals in, credited, moved, ranks changed: a stage that stays flat under a busy one is broken. Fails alone. */
export function LearningCard({ query, annotations = [], fromDay }: LearningCardProps) {
  return (
    <DataPanel
      query={query}
      failureTitle="The learning loop could not be loaded"
      skeleton={<Skeleton className="h-56" />}
    >
      {({ days, alarms }) =>
        days.every((day) => day.signals === 0) ? (
          <NoSignals />
        ) : (
          <PulseChart days={daysFrom(days, fromDay)} alarms={alarms} annotations={annotations} />
        )
      }
    </DataPanel>
  );
}

function NoSignals() {
  return (
    <p className="text-sm text-muted">
      Nobody said how an answer turned out in this time, so nothing could be learned.{" "}
      <Link href="/recall" className="text-accent underline underline-offset-2">
        Ask something and say what helped
      </Link>
      .
    </p>
  );
}
