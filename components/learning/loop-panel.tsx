"use client";

import { useQuery } from "@tanstack/react-query";
import type { CallOutput } from "@/lib/client/api";
import type { MetricsRange } from "@/lib/client/keys";
import { queries } from "@/lib/client/queries";
import { QualityChart } from "../charts/later";
import { gainKind, gainSentence } from "../charts/quality-shape";
import { LearningCard } from "../overview/learning-card";
import { toAnnotation } from "../overview/to-annotation";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { DataPanel } from "../ui/data-panel";
import { GlossaryPopover } from "../ui/glossary-popover";
import { Skeleton } from "../ui/skeleton";
import { CalibrationCard } from "./calibration-card";

type Quality = CallOutput<"metrics.quality">;

/** Is the loop alive, and is what it learns worth anything? */
export function LoopPanel({ range }: { readonly range: MetricsRange }) {
  const learning = useQuery(queries.learning(range));
  const quality = useQuery(queries.quality(range));
  return (
    <div className="flex flex-col gap-(--page-gap)">
      <Card title={<GlossaryPopover term="pulse">Pulse of the learning loop</GlossaryPopover>}>
        <LearningCard query={learning} annotations={(learning.data?.annotations ?? []).map(toAnnotation)} />
      </Card>
      <Card
        title={<GlossaryPopover term="frozenArm">What learning is worth</GlossaryPopover>}
        description="Judged recalls as they were ranked, beside the same candidates ranked without anything that outcomes taught."
      >
        <DataPanel
          query={quality}
          failureTitle="The quality could not be loaded"
          skeleton={<Skeleton className="h-72" />}
        >
          {(data) => <QualityBody quality={data} />}
        </DataPanel>
      </Card>
      <CalibrationCard range={range} />
    </div>
  );
}

const tones = { none: "text-muted", few: "", unclear: "", gain: "text-gain", loss: "text-loss" } as const;

function QualityBody({ quality }: { readonly quality: Quality }) {
  const { ndcg } = quality.gain;
  return (
    <div className="flex flex-col gap-4">
      <p className={cn("num text-base font-medium text-pretty", tones[gainKind(ndcg)])}>
        {gainSentence(ndcg)}
      </p>
      {quality.judged === 0 ? (
        <p className="text-sm text-muted">
          It needs verdicts on single memories, on the Recall page or by the API: an outcome of the whole
          answer does not say which memory should have stood first.
        </p>
      ) : (
        <>
          <QualityChart days={quality.days} annotations={quality.annotations.map(toAnnotation)} />
          <p className="text-xs text-pretty text-muted">
            Only what was shown could be judged, which favours the shown order a little; and judged recalls
            are no random sample of all recalls.
          </p>
        </>
      )}
    </div>
  );
}
