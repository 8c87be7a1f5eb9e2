"use client";

import { useQuery } from "@tanstack/react-query";
import { Gauge } from "lucide-react";
import type { CallOutput } from "@/lib/client/api";
import type { MetricsRange } from "@/lib/client/keys";
import { queries } from "@/lib/client/queries";
import { ReliabilityCurve } from "../charts/later";
import { calibrationSentence } from "../charts/reliability-shape";
import { Card } from "../ui/card";
import { DataPanel } from "../ui/data-panel";
import { EmptyState } from "../ui/empty-state";
import { GlossaryPopover } from "../ui/glossary-popover";
import { Skeleton } from "../ui/skeleton";
import { fittedSentence } from "./fitted-sentence";

/** Does confidence keep its word? */
export function CalibrationCard({ range }: { readonly range: MetricsRange }) {
  const calibration = useQuery(queries.calibration(range));
  return (
    <Card
      title={<GlossaryPopover term="calibration">Calibration</GlossaryPopover>}
      description="Confidence as it was when a memory was shown, against what came of it."
    >
      <DataPanel
        query={calibration}
        failureTitle="The calibration could not be loaded"
        skeleton={<Skeleton className="h-72" />}
        isEmpty={({ count }) => count === 0}
        empty={<NothingJudged />}
      >
        {(data) => <CalibrationBody calibration={data} />}
      </DataPanel>
    </Card>
  );
}

function NothingJudged() {
  return (
    <EmptyState icon={Gauge} title="No prediction has met its outcome in this time">
      It needs verdicts on single memories, or reports of which memories an answer used. An outcome of the
      whole answer does not say which memory it was.
    </EmptyState>
  );
}

function CalibrationBody({ calibration }: { readonly calibration: CallOutput<"metrics.calibration"> }) {
  return (
    <div className="flex flex-col gap-4">
      <p className="num text-base font-medium text-pretty">{calibrationSentence(calibration)}</p>
      <ReliabilityCurve bins={calibration.bins} />
      <p className="num text-xs text-pretty text-muted">{fittedSentence(calibration)}</p>
    </div>
  );
}
