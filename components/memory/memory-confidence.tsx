"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useMemo } from "react";
import { queries } from "@/lib/client/queries";
import { formatDecimal } from "@/lib/format/number";
import { toMs } from "@/lib/format/time";
import type { Annotation } from "../charts/annotations";
import { ConfidenceTrend, Waterfall } from "../charts/later";
import { eventKindOf } from "../charts/confidence-trend-shape";
import { titleOnOwnPage } from "../timeline/change-title";
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
  const annotations = useOtherChanges(memory.id);
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
              annotations={annotations}
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
          <Link
            href={`/learning?memory=${memory.id}`}
            className="rounded-xs text-accent underline-offset-2 hover:underline"
          >
            The outcomes behind it
          </Link>
        </p>
      </Card>
    </>
  );
}

/** The changes that are no evidence, such as edits and merges, marked on the trend beside those that are. */
function useOtherChanges(memoryId: string): readonly Annotation[] {
  const history = useInfiniteQuery(queries.memoryHistory(memoryId));
  return useMemo(
    () =>
      (history.data?.pages.flatMap((page) => page.items) ?? [])
        .filter(({ op }) => op !== "create" && op !== "observe")
        .map((change) => ({
          atMs: toMs(change.at),
          kind: eventKindOf(change.op, 0),
          label: titleOnOwnPage(change),
          href: `/timeline?group=${change.groupId}`,
        })),
    [history.data],
  );
}
