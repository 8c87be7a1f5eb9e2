"use client";

import type { CallOutput } from "@/lib/client/api";
import { PulseChart } from "../charts/pulse-chart";
import { DataPanel, type DataPanelProps } from "../ui/data-panel";
import { Skeleton } from "../ui/skeleton";

type Learning = CallOutput<"metrics.learning">;

/** Signals in, credited, moved, ranks changed: a stage that stays flat under a busy one is broken. Fails alone. */
export function LearningCard({ query }: Pick<DataPanelProps<Learning>, "query">) {
  return (
    <DataPanel
      query={query}
      failureTitle="The learning loop could not be loaded"
      skeleton={<Skeleton className="h-56" />}
    >
      {(learning) => <PulseChart days={learning.days} alarms={learning.alarms} />}
    </DataPanel>
  );
}
