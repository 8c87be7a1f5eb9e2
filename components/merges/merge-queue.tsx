"use client";

import { CircleCheck } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import { useReadOnly } from "@/components/shell/use-read-only";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { formatPercent } from "@/lib/format/number";
import { QueueCard } from "./queue-card";
import type { MergeProposal } from "./queue-state";
import { useQueueActs } from "./use-queue-acts";

const ThresholdCard = dynamic(() => import("./threshold-card").then((module) => module.ThresholdCard), {
  ssr: false,
  loading: () => <Skeleton className="h-72" />,
});

const NEXT_UP = 5;

/** Proposed merges one after the other, the riskiest first, and the threshold above which nobody is asked. */
export function MergeQueue({ proposals }: { readonly proposals: readonly MergeProposal[] }) {
  const [wanted, setWanted] = useState<string | null>(null);
  const acts = useQueueActs();
  const isReadOnly = useReadOnly();
  const place = Math.max(
    0,
    proposals.findIndex(({ id }) => id === wanted),
  );
  const current = proposals[place];
  const area = useKeptFocus(current?.id);
  const after = (step: number) => proposals[(place + step) % proposals.length];
  return (
    <div className="flex flex-col gap-(--page-gap)">
      <div
        ref={area}
        tabIndex={-1}
        role="group"
        aria-label="Proposed merge"
        className="rounded-lg focus-visible:outline-none"
      >
        {current === undefined ? (
          <NothingWaits />
        ) : (
          <QueueCard
            key={current.id}
            proposal={current}
            place={`${place + 1} of ${proposals.length}`}
            isFixed={isReadOnly}
            acts={acts}
            onNext={() => setWanted(after(1)?.id ?? null)}
          />
        )}
      </div>
      {proposals.length > 1 ? (
        <NextUp proposals={proposals.filter(({ id }) => id !== current?.id)} onChoose={setWanted} />
      ) : null}
      <ThresholdCard />
    </div>
  );
}

/** A verdict takes its card away; the focus goes to the one that comes up in its place. */
function useKeptFocus(currentId: string | undefined) {
  const area = useRef<HTMLDivElement>(null);
  const shown = useRef(currentId);
  useEffect(() => {
    const isNew = shown.current !== undefined && shown.current !== currentId;
    shown.current = currentId;
    const isElsewhere = document.activeElement !== document.body && document.activeElement !== null;
    if (isNew && !isElsewhere) area.current?.focus({ preventScroll: true });
  }, [currentId]);
  return area;
}

interface NextUpProps {
  readonly proposals: readonly MergeProposal[];
  readonly onChoose: (id: string) => void;
}

function NextUp({ proposals, onChoose }: NextUpProps) {
  return (
    <Card title="Next up" flush className="overflow-hidden">
      <ul className="divide-y divide-line border-t border-line">
        {proposals.slice(0, NEXT_UP).map((proposal) => (
          <li key={proposal.id}>
            <button
              type="button"
              onClick={() => onChoose(proposal.id)}
              className="flex min-h-9 w-full items-center gap-3 px-(--card-pad) py-1.5 text-left text-sm focus-inset hover:bg-hover"
            >
              <span className="min-w-0 flex-1 truncate">{proposal.title}</span>
              <span className="num shrink-0 text-xs text-muted">
                {formatPercent(proposal.certainty)} sure
              </span>
            </button>
          </li>
        ))}
      </ul>
      {proposals.length > NEXT_UP ? (
        <p className="num border-t border-line px-(--card-pad) py-2 text-xs text-muted">
          and {proposals.length - NEXT_UP} more
        </p>
      ) : null}
    </Card>
  );
}

function NothingWaits() {
  return (
    <Card>
      <EmptyState icon={CircleCheck} title="No merge waits for you">
        <Link href="/cycles" className="rounded-xs text-accent underline underline-offset-2">
          Improvement cycles
        </Link>{" "}
        look for memories that say the same, and ask here where they are not sure enough.
      </EmptyState>
    </Card>
  );
}
