"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { FlaskConical, Play, RefreshCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useReadOnly } from "@/components/shell/use-read-only";
import { Writable } from "@/components/shell/writable";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { DataPanel } from "@/components/ui/data-panel";
import { EmptyState } from "@/components/ui/empty-state";
import { Page, PageHeader } from "@/components/ui/page-header";
import { Select } from "@/components/ui/select";
import { useListFocus } from "@/components/ui/use-list-focus";
import { queries } from "@/lib/client/queries";
import { plural } from "@/lib/format/number";
import { CycleRow } from "./cycle-row";
import type { CycleSummary } from "./cycle-words";
import { NextDue } from "./next-due";
import { ScoreTrend } from "./score-trend";
import { useCycleActs } from "./use-cycle-acts";

const states = ["waiting", "applied", "partly", "declined", "reverted", "failed", "cancelled"] as const;
const stateOptions = [
  { value: "all", label: "All cycles" },
  { value: "waiting", label: "Waiting for you" },
  { value: "applied", label: "Applied" },
  { value: "partly", label: "Partly applied" },
  { value: "declined", label: "Declined" },
  { value: "reverted", label: "Reverted" },
  { value: "failed", label: "Failed" },
  { value: "cancelled", label: "Cancelled or dry" },
] as const;

/** Every improvement run: what it changed, what that was worth, and which wait for a person. */
export function CyclesPage() {
  const [state, setState] = useQueryState("state", parseAsStringLiteral(states));
  const query = useInfiniteQuery(queries.cycles(state === null ? { limit: 50 } : { limit: 50, state }));
  const acts = useCycleActs();
  const first = query.data?.pages[0];
  const cycles = query.data?.pages.flatMap((page) => page.items) ?? [];
  const isUnderWay = acts.isRunning || cycles.some((cycle) => cycle.state === "running");
  return (
    <Page>
      <PageHeader
        title="Cycles"
        aside={first?.total === undefined ? undefined : plural(first.total, "cycle")}
        description="Each run looks at what was learned since the last one, tests what it would change, applies what is safe and leaves the rest to you. Any run can be taken back."
        actions={<RunButtons acts={acts} isUnderWay={isUnderWay} />}
      />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        {first === undefined ? <span className="h-5" /> : <NextDue timer={first.timer} />}
        <Select
          label="State"
          options={[...stateOptions]}
          value={state ?? "all"}
          onValueChange={(next) => void setState(states.find((known) => known === next) ?? null)}
        />
      </div>
      <DataPanel
        query={query}
        isEmpty={() => cycles.length === 0}
        filters={state === null ? [] : [stateOptions.find(({ value }) => value === state)?.label ?? state]}
        onClearFilters={() => void setState(null)}
        failureTitle="The cycles could not be loaded"
        empty={
          <EmptyState
            icon={RefreshCw}
            title="No cycle has run yet"
            action={<RunButtons acts={acts} isUnderWay={isUnderWay} />}
          >
            A cycle finds duplicates, contradictions and settings to tune. A dry run shows what it would do
            and changes nothing.
          </EmptyState>
        }
      >
        {() => (
          <div className="flex flex-col gap-(--page-gap)">
            <CycleList cycles={cycles} acts={acts} />
            <ScoreTrend cycles={cycles} />
          </div>
        )}
      </DataPanel>
      {query.hasNextPage ? (
        <Button
          className="self-center"
          busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show older cycles
        </Button>
      ) : null}
    </Page>
  );
}

interface RunButtonsProps {
  readonly acts: ReturnType<typeof useCycleActs>;
  readonly isUnderWay: boolean;
}

function RunButtons({ acts, isUnderWay }: RunButtonsProps) {
  const isOff = useReadOnly() || isUnderWay;
  return (
    <span className="flex flex-wrap items-center gap-2">
      <Button disabled={isOff} busy={acts.isRunning && acts.isDry} onClick={() => acts.run(true)}>
        {acts.isRunning && acts.isDry ? null : <FlaskConical aria-hidden />}
        Dry run
      </Button>
      <Button
        variant="primary"
        disabled={isOff}
        busy={acts.isRunning && !acts.isDry}
        onClick={() => acts.run(false)}
      >
        {acts.isRunning && !acts.isDry ? null : <Play aria-hidden />}
        Run now
      </Button>
    </span>
  );
}

interface CycleListProps {
  readonly cycles: readonly CycleSummary[];
  readonly acts: ReturnType<typeof useCycleActs>;
}

function CycleList({ cycles, acts }: CycleListProps) {
  const router = useRouter();
  const { list, rowProps } = useListFocus<HTMLUListElement>({
    count: cycles.length,
    group: "Cycles",
    keys: [
      {
        keys: ["Enter"],
        label: "Open the cycle",
        run: (index) => {
          const cycle = cycles[index];
          if (cycle) router.push(`/cycles/${cycle.id}`);
        },
      },
    ],
  });
  return (
    <Writable>
      <Card flush className="overflow-hidden">
        <ul ref={list} aria-label="Cycles" className="divide-y divide-line">
          {cycles.map((cycle, index) => (
            <li
              key={cycle.id}
              aria-label={`Cycle ${cycle.number}`}
              {...rowProps(index)}
              className="focus-inset"
            >
              <CycleRow
                cycle={cycle}
                isCancelling={acts.isCancelling}
                onCancel={() => acts.cancel(cycle.id)}
              />
            </li>
          ))}
        </ul>
      </Card>
    </Writable>
  );
}
