"use client";

import dynamic from "next/dynamic";
import { useInfiniteQuery } from "@tanstack/react-query";
import { History, Undo2, X } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { useCommands } from "@/components/shell/command-registry";
import { useReadOnly } from "@/components/shell/use-read-only";
import { Button } from "@/components/ui/button";
import { DataPanel } from "@/components/ui/data-panel";
import { EmptyState } from "@/components/ui/empty-state";
import { laterPanel } from "@/components/ui/later-dialog";
import { Page, PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useNow } from "@/components/ui/use-now";
import { queries } from "@/lib/client/queries";
import { plural } from "@/lib/format/number";
import { FilterBar } from "./filter-bar";
import { RevertDialog } from "./revert-dialog-later";
import { describeCount, stretchTarget, useTimelineFilters } from "./timeline-filters";
import { toggled } from "./toggled";
import { useQuickRevert } from "./use-revert";
import { useTimelineActs } from "./use-timeline-acts";

const TimelineList = dynamic(() => import("./timeline-list").then((module) => module.TimelineList), {
  ssr: false,
  loading: () => <SkeletonRows />,
});
const DensityStrip = dynamic(() => import("./density-strip").then((module) => module.DensityStrip), {
  ssr: false,
});
const RevertJobs = dynamic(() => import("./revert-jobs").then((module) => module.RevertJobs), { ssr: false });
const StateAtPicker = dynamic(() => import("./state-at-picker").then((module) => module.StateAtPicker), {
  ssr: false,
});

const TimelineBulkBar = laterPanel(
  () => import("./timeline-bulk-bar").then((module) => module.TimelineBulkBar),
  ({ selectedCount }) => selectedCount > 0,
);

export function TimelinePage() {
  const timeline = useTimelineFilters();
  const query = useInfiniteQuery(queries.changes(timeline.input));
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const quick = useQuickRevert(() => setSelected(new Set()));
  const acts = useTimelineActs(quick, (target) => timeline.set({ target }));
  const isReadOnly = useReadOnly();
  const first = query.data?.pages[0];
  const changes = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const chosen = changes.filter((change) => selected.has(change.id));
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const fetchMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const nowMs = useNow();
  const revertChosen = () => acts.revertAll(chosen);
  const letGo = () => setSelected(new Set());
  useCommands(
    chosen.length === 0 || isReadOnly
      ? null
      : {
          heading: `${plural(chosen.length, "entry", "entries")} selected`,
          isSelection: true,
          commands: [
            { id: "timeline-revert", label: "Revert the selection…", icon: Undo2, run: revertChosen },
            { id: "timeline-clear", label: "Clear the selection", icon: X, run: letGo },
          ],
        },
  );
  const stretch = stretchTarget(timeline.filters);
  return (
    <Page>
      <PageHeader
        title="Timeline"
        aside={first?.total === undefined ? undefined : describeCount(first.total)}
        description="Everything that ever changed, and what takes any of it back. Later changes keep standing when an earlier one is taken out."
        actions={
          <>
            {stretch === null || first?.total === 0 || isReadOnly ? null : (
              <Button onClick={() => quick.ask(stretch)}>
                <Undo2 aria-hidden />
                Revert this stretch…
              </Button>
            )}
            <StateAtPicker />
          </>
        }
      />
      {nowMs === null || isReadOnly ? null : <RevertJobs nowMs={nowMs} />}
      {timeline.names.length === 0 && first?.total === 0 ? null : <FilterBar timeline={timeline} />}
      {first?.density ? (
        <DensityStrip buckets={first.density} onStretchSelect={(from, to) => timeline.set({ from, to })} />
      ) : null}
      <DataPanel
        query={query}
        isEmpty={(data) => data.pages.every((page) => page.items.length === 0)}
        filters={timeline.names}
        onClearFilters={timeline.clear}
        failureTitle="The timeline could not be loaded"
        empty={
          <EmptyState icon={History} title="Nothing has changed yet">
            The first memory, outcome or setting will be the first entry here.
          </EmptyState>
        }
      >
        {() => (
          <TimelineList
            changes={changes}
            totalCount={first?.total ?? null}
            hasMore={hasNextPage}
            onNeedMore={fetchMore}
            acts={acts}
            selected={selected}
            onSelectToggle={(id) => setSelected((before) => toggled(before, id))}
          />
        )}
      </DataPanel>
      <TimelineBulkBar
        selectedCount={chosen.length}
        matchingCount={first?.total ?? null}
        onClear={letGo}
        onRevert={revertChosen}
      />
      <RevertDialog
        target={quick.pending}
        isRedo={quick.isRedo}
        open={quick.isOpen}
        onOpenChange={quick.setOpen}
        onDone={letGo}
      />
    </Page>
  );
}
