import { useQueries } from "@tanstack/react-query";
import { Undo2, X } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ConfidenceMeter } from "@/components/ui/confidence-meter";
import { RelativeTime } from "@/components/ui/relative-time";
import { queries } from "@/lib/client/queries";
import { sourceTexts } from "./merge-sources";
import type { MergeProposal } from "./queue-state";
import { SourceMark } from "./sourced-text";

export interface QueueSourcesProps {
  readonly proposal: MergeProposal;
  readonly leftOut: ReadonlySet<string>;
  readonly onLeaveOut: (memoryId: string) => void;
}

const FEWEST = 2;

/** What would become one: each source with how far it is believed, and the way to leave it out. */
export function QueueSources({ proposal, leftOut, onLeaveOut }: QueueSourcesProps) {
  const { targets } = proposal;
  const texts = sourceTexts(proposal);
  const memories = useQueries({ queries: targets.map(({ id }) => queries.memory(id)) });
  const canLeaveOut = targets.length - leftOut.size > FEWEST;
  return (
    <ol aria-label="Sources" className="divide-y divide-line">
      {targets.map(({ id }, index) => {
        const memory = memories[index]?.data?.memory;
        const isOut = leftOut.has(id);
        return (
          <li key={id} className="flex items-start gap-2.5 py-2.5 first:pt-0 last:pb-0">
            <SourceMark index={index} />
            <div className={cn("min-w-0 flex-1", isOut && "text-muted line-through")}>
              <Link
                href={`/memories/${id}`}
                className="rounded-xs text-base break-words underline-offset-2 hover:underline"
              >
                {texts[index]}
              </Link>
              <span className="mt-1 flex h-4 flex-wrap items-center gap-x-3 text-xs text-muted">
                {memory ? (
                  <>
                    <ConfidenceMeter confidence={memory.confidence} size="sm" />
                    <RelativeTime at={memory.createdAt} focusable={false} />
                  </>
                ) : null}
              </span>
            </div>
            {targets.length > FEWEST ? (
              <Button
                size="sm"
                variant="ghost"
                aria-pressed={isOut}
                disabled={!isOut && !canLeaveOut}
                aria-label={`${isOut ? "Take back in" : "Leave out"}: ${(texts[index] ?? "").slice(0, 80)}`}
                data-leave-out
                onClick={() => onLeaveOut(id)}
              >
                {isOut ? <Undo2 aria-hidden /> : <X aria-hidden />}
                {isOut ? "Take back in" : "Leave out"}
              </Button>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}
