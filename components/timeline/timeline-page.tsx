"use client";

import dynamic from "next/dynamic";
import { useInfiniteQuery } from "@tanstack/react-query";
import { History, Undo2 } from "lucide-react";
import { useState } from "react";
import { useReadOnly } from "@/components/shell/use-read-only";
import { Button } from "@/components/ui/button";
import { DataPanel } from "@/components/ui/data-panel";
import { EmptyState } from "@/components/ui/empty-state";
import { laterPanel } from "@/components/ui/later-dialog";
import { Page, PageHeader } from "@/components/ui/page-header";
import { queries } from "@/lib/client/queries";
import { DensityStrip } from "./density-strip";
import { FilterBar } from "./filter-bar";
import { RevertDialog } from "./revert-dialog-later";
import { describeCount, stretchTarget, useTimelineFilters } from "./timeline-filters";
import { TimelineList, toggled } from "./timeline-list";
import { useQuickRevert } from "./use-revert";
import { useTimelineActs } from "./use-timeline-acts";

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
  const changes = query.data?.pages.flatMap((page) => page.items) ?? [];
  const stretch = stretchTarget(timeline.filters);
  const chosen = changes.filter((change) => selected.has(change.id));
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
            acts={acts}
            selected={selected}
            onSelectToggle={(id) => setSelected((before) => toggled(before, id))}
          />
        )}
      </DataPanel>
      {query.hasNextPage ? (
        <Button
          className="self-center"
          busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show older changes
        </Button>
      ) : null}
      <TimelineBulkBar
        selectedCount={chosen.length}
        matchingCount={first?.total ?? null}
        onClear={() => setSelected(new Set())}
        onRevert={() => acts.revertAll(chosen)}
      />
      <RevertDialog
        target={quick.pending}
        isRedo={quick.isRedo}
        open={quick.isOpen}
        onOpenChange={quick.setOpen}
        onDone={() => setSelected(new Set())}
      />
    </Page>
  );
}
