"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Scale, X } from "lucide-react";
import Link from "next/link";
import type { MetricsRange } from "@/lib/client/keys";
import { queries } from "@/lib/client/queries";
import { plural } from "@/lib/format/number";
import { MemoryLink } from "../memory/memory-link";
import { useReadOnly } from "../shell/use-read-only";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { DataPanel } from "../ui/data-panel";
import { EmptyState } from "../ui/empty-state";
import { GlossaryPopover } from "../ui/glossary-popover";
import { useListFocus } from "../ui/use-list-focus";
import { OutcomeRow, WITHOUT_QUESTION } from "./outcome-row";
import { standingOf, type Outcome } from "./outcome-words";

export interface OutcomesPanelProps {
  readonly range: MetricsRange;
  /** Only outcomes that moved this memory, of all times; null for every outcome of the range. */
  readonly memoryId: string | null;
  readonly onAllMemories: () => void;
  readonly onTakeBack: (signalId: string) => void;
}

const PAGE_ROWS = 25;

/** The credit ledger: from each reported outcome to all that it moved, and the way back. */
export function OutcomesPanel({ range, memoryId, onAllMemories, onTakeBack }: OutcomesPanelProps) {
  const narrowed = memoryId === null ? range : { memory: memoryId };
  const query = useInfiniteQuery(queries.signals({ ...narrowed, limit: PAGE_ROWS }));
  const outcomes = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total;
  return (
    <Card
      flush
      className="overflow-hidden"
      title={<GlossaryPopover term="credit">What outcomes moved</GlossaryPopover>}
      description={total === undefined ? undefined : `${plural(total, "outcome")}, newest first`}
    >
      {memoryId === null ? null : <OfMemory memoryId={memoryId} onAllMemories={onAllMemories} />}
      <DataPanel
        query={query}
        className="border-t border-line"
        isEmpty={(data) => data.pages.every((page) => page.items.length === 0)}
        filters={memoryId === null ? [] : ["one memory"]}
        onClearFilters={onAllMemories}
        failureTitle="The outcomes could not be loaded"
        empty={<NoOutcomes />}
      >
        {() => <OutcomeList outcomes={outcomes} onTakeBack={onTakeBack} />}
      </DataPanel>
      {query.hasNextPage ? (
        <div className="flex justify-center border-t border-line p-3">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show older outcomes
          </Button>
        </div>
      ) : null}
    </Card>
  );
}

function OutcomeList({
  outcomes,
  onTakeBack,
}: Pick<OutcomesPanelProps, "onTakeBack"> & { readonly outcomes: readonly Outcome[] }) {
  const isReadOnly = useReadOnly();
  const canTakeBack = (outcome: Outcome) =>
    !isReadOnly && ["live", "partly"].includes(standingOf(outcome.moved));
  const { list, rowProps } = useListFocus<HTMLUListElement>({
    count: outcomes.length,
    group: "Outcomes",
    keys: isReadOnly
      ? []
      : [
          {
            keys: ["r"],
            label: "Take the outcome back",
            run: (index) => {
              const outcome = outcomes[index];
              if (outcome && canTakeBack(outcome)) onTakeBack(outcome.id);
            },
          },
        ],
  });
  return (
    <ul ref={list} aria-label="Outcomes" className="divide-y divide-line">
      {outcomes.map((outcome, index) => (
        <li
          key={outcome.id}
          {...rowProps(index)}
          aria-label={outcome.query ?? WITHOUT_QUESTION}
          className="focus-inset px-(--card-pad) py-3 compact:py-2"
        >
          <OutcomeRow
            outcome={outcome}
            onTakeBack={canTakeBack(outcome) ? () => onTakeBack(outcome.id) : null}
          />
        </li>
      ))}
    </ul>
  );
}

function OfMemory({
  memoryId,
  onAllMemories,
}: Pick<OutcomesPanelProps, "onAllMemories"> & { readonly memoryId: string }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line bg-accent-soft px-(--card-pad) py-2 text-sm">
      <span className="min-w-0 flex-1 basis-60">
        Only outcomes that moved: <MemoryLink memoryId={memoryId} />
      </span>
      <Button size="sm" onClick={onAllMemories}>
        <X aria-hidden />
        Show all outcomes
      </Button>
    </div>
  );
}

function NoOutcomes() {
  return (
    <EmptyState
      icon={Scale}
      title="Nobody reported an outcome in this time"
      action={
        <Button asChild>
          <Link href="/recall">Ask something and say what helped</Link>
        </Button>
      }
    >
      Being shown teaches nothing; only what came of an answer does. Clients report it with POST /signals.
    </EmptyState>
  );
}
