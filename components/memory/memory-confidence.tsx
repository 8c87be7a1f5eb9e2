"use client";

import { useQuery } from "@tanstack/react-query";
import { queries } from "@/lib/client/queries";
import { formatDecimal } from "@/lib/format/number";
import { ConfidenceTrend } from "../charts/confidence-trend";
import { Waterfall } from "../charts/waterfall";
import { Card } from "../ui/card";
import { DataPanel } from "../ui/data-panel";
import { GlossaryPopover } from "../ui/glossary-popover";
import { Skeleton } from "../ui/skeleton";
import type { Memory } from "./use-memory-actions";

export interface MemoryConfidenceProps {
  readonly memory: Memory;
  readonly selectedChangeId: string | null;
  readonly onChangeSelect: (changeId: string) => void;
}

/** How the confidence came to be, change by change, and where it goes if nothing more is observed. */
export function MemoryConfidence({ memory, selectedChangeId, onChangeSelect }: MemoryConfidenceProps) {
  const confidence = useQuery(queries.memoryConfidence(memory.id));
  const { alpha, beta } = memory.evidence;
  return (
    <>
      <Card title="Confidence over time">
        <DataPanel
          query={confidence}
          failureTitle="The confidence could not be loaded"
          skeleton={<Skeleton className="h-72" />}
        >
          {({ points, forecast }) => (
            <ConfidenceTrend
              points={points}
              forecast={forecast}
              selectedChangeId={selectedChangeId}
              onChangeSelect={onChangeSelect}
            />
          )}
        </DataPanel>
      </Card>
      <Card
        title="Why this confidence"
        description="From the prior through every observation in force to now."
      >
        <DataPanel query={confidence} failureTitle="The confidence could not be loaded">
          {({ waterfall }) => <Waterfall steps={waterfall} onChangeSelect={onChangeSelect} />}
        </DataPanel>
        <p className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
          <span>
            Observed <span className="num text-ink">{formatDecimal(alpha)}</span> for,{" "}
            <span className="num text-ink">{formatDecimal(beta)}</span> against
          </span>
          <span>
            <GlossaryPopover term="utility" />{" "}
            <span className="num text-ink">{formatDecimal(memory.utility)}</span>
          </span>
          <span>
            <GlossaryPopover term="accessibility" />{" "}
            <span className="num text-ink">{formatDecimal(memory.accessibility)}</span>
          </span>
        </p>
      </Card>
    </>
  );
}
