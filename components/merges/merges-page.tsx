"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { GitMerge } from "lucide-react";
import dynamic from "next/dynamic";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useState } from "react";
import { useReadOnly } from "@/components/shell/use-read-only";
import { Writable } from "@/components/shell/writable";
import { RevertDialog } from "@/components/timeline/revert-dialog-later";
import { useQuickRevert } from "@/components/timeline/use-revert";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DataPanel } from "@/components/ui/data-panel";
import { EmptyState } from "@/components/ui/empty-state";
import { laterDialog } from "@/components/ui/later-dialog";
import { Page, PageHeader } from "@/components/ui/page-header";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { showFailure } from "@/components/ui/undo-toast";
import { useListFocus } from "@/components/ui/use-list-focus";
import { useShortcuts } from "@/components/ui/use-shortcuts";
import { queries } from "@/lib/client/queries";
import { plural } from "@/lib/format/number";
import { useRescue } from "./use-rescue";
import { MergeCard, type Merge } from "./merge-card";
import { MergeQueue } from "./merge-queue";
import { redoTarget } from "./redo-merge";

const UnmergeDialog = dynamic(() => import("./unmerge-dialog").then((module) => module.UnmergeDialog), {
  ssr: false,
});
const MergeDialog = laterDialog(() => import("./merge-dialog").then((module) => module.MergeDialog));

const filters = ["all", "inForce", "reverted", "suspended"] as const;
const labels = { all: "All", inForce: "In force", reverted: "Reverted", suspended: "Suspended" } as const;
const segments = filters.map((value) => ({ value, label: labels[value] }));

const views = ["queue", "made"] as const;
type View = (typeof views)[number];

/** Same fact or not? What waits for that question first, then what was merged and can be taken apart. */
export function MergesPage() {
  const [chosen, setView] = useQueryState("view", parseAsStringLiteral(views));
  const [status] = useQueryState("status", parseAsStringLiteral(filters));
  const queue = useInfiniteQuery(queries.proposals({ kind: "merge" }));
  const waiting = queue.data?.pages.flatMap((page) => page.items) ?? [];
  const [isMerging, setMerging] = useState(false);
  const isReadOnly = useReadOnly();
  const merge = () => setMerging(true);
  const found = queue.isPending ? null : queue.isError || waiting.length > 0 ? "queue" : "made";
  const opened = useOpenedView(chosen ?? (status === null ? null : "made"), found);
  return (
    <Page>
      <PageHeader
        title="Merges"
        description="What was made one, from which words. Any source can leave again, and what was learned since stays with the memory it was learned for."
        actions={
          <Button
            variant="primary"
            disabled={isReadOnly}
            onClick={merge}
            {...(opened === "made" ? { "aria-keyshortcuts": "m" } : {})}
          >
            <GitMerge aria-hidden />
            Merge memories
          </Button>
        }
      />
      <Tabs
        value={opened ?? ""}
        onValueChange={(next) => void setView(views.find((known) => known === next) ?? null)}
      >
        <TabsList aria-label="Merges">
          <TabsTrigger value="queue">
            To decide{" "}
            {queue.data === undefined ? null : (
              <Badge className="num">{queue.data.pages[0]?.total ?? waiting.length}</Badge>
            )}
          </TabsTrigger>
          <TabsTrigger value="made">Made</TabsTrigger>
        </TabsList>
        <TabsContent value="queue">
          <DataPanel
            query={queue}
            isEmpty={() => false}
            failureTitle="The proposed merges could not be loaded"
          >
            {() => <MergeQueue proposals={waiting} />}
          </DataPanel>
        </TabsContent>
        <TabsContent value="made">
          <MadeMerges onMerge={merge} />
        </TabsContent>
      </Tabs>
      {opened === null ? (
        <div aria-busy className="appear-late">
          <span role="status" className="sr-only">
            Loading
          </span>
          <SkeletonRows />
        </div>
      ) : null}
      <MergeDialog open={isMerging} onOpenChange={setMerging} />
    </Page>
  );
}

/** Without a choice the queue opens while anything is in it, or where it failed; that is settled once, so that the last verdict moves nobody. */
function useOpenedView(chosen: View | null, found: View | null): View | null {
  const [first, setFirst] = useState<View | null>(null);
  if (first === null && found !== null) setFirst(found);
  return chosen ?? first;
}

function MadeMerges({ onMerge }: { readonly onMerge: () => void }) {
  const [status, setStatus] = useQueryState("status", parseAsStringLiteral(filters).withDefault("all"));
  const query = useInfiniteQuery(queries.merges(status === "all" ? {} : { status }));
  const rescue = useRescue();
  const quick = useQuickRevert(rescue.carryOut);
  const merges = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total;
  const isReadOnly = useReadOnly();
  useShortcuts(isReadOnly ? [] : [{ keys: ["m"], label: "Merge memories", group: "Merges", run: onMerge }]);
  return (
    <div className="flex flex-col gap-(--page-gap)">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <span className="num text-sm text-muted">{total === undefined ? "" : plural(total, "merge")}</span>
        <SegmentedControl
          label="Status"
          segments={segments}
          value={status}
          onValueChange={(next) => void setStatus(next)}
        />
      </div>
      <DataPanel
        query={query}
        isEmpty={() => merges.length === 0}
        filters={status === "all" ? [] : [labels[status].toLowerCase()]}
        onClearFilters={() => void setStatus(null)}
        failureTitle="The merges could not be loaded"
        empty={
          <EmptyState
            icon={GitMerge}
            title="Nothing was merged yet"
            action={
              <Button disabled={isReadOnly} onClick={onMerge}>
                Merge memories
              </Button>
            }
          >
            Memories that say the same share what they learn once they are merged.
          </EmptyState>
        }
      >
        {() => (
          <Writable>
            <MergeList merges={merges} quick={quick} rescue={rescue} />
          </Writable>
        )}
      </DataPanel>
      {query.hasNextPage ? (
        <Button
          className="self-center"
          busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show older merges
        </Button>
      ) : null}
      <RevertDialog
        target={quick.pending}
        isRedo={quick.isRedo}
        open={quick.isOpen}
        onOpenChange={quick.setOpen}
      />
    </div>
  );
}

interface MergeListProps {
  readonly merges: readonly Merge[];
  readonly quick: ReturnType<typeof useQuickRevert>;
  readonly rescue: ReturnType<typeof useRescue>;
}

function MergeList({ merges, quick, rescue }: MergeListProps) {
  const [edited, setEdited] = useState<Merge | null>(null);
  const isReadOnly = useReadOnly();
  const takeApart = (merge: Merge) => quick.ask(partsOf(merge));
  const unmerge = (merge: Merge) => {
    rescue.forget();
    if (merge.content === merge.mergedText) takeApart(merge);
    else setEdited(merge);
  };
  const redo = (merge: Merge) => {
    redoTarget(merge).then(
      (target) => quick.ask(target, true),
      (error: unknown) => showFailure("The merge could not be redone", error),
    );
  };
  const { list, rowProps } = useListFocus<HTMLUListElement>({
    count: merges.length,
    group: "Merges",
    keys: isReadOnly
      ? []
      : [
          {
            keys: ["u"],
            label: "Unmerge or redo",
            run: (index) => {
              const merge = merges[index];
              if (merge?.status === "inForce") unmerge(merge);
              if (merge?.status === "reverted") redo(merge);
            },
          },
        ],
  });
  return (
    <>
      <ul ref={list} aria-label="Merges" className="flex flex-col gap-4">
        {merges.map((merge, index) => (
          <li
            key={merge.id}
            aria-label={`Merge: ${merge.content.slice(0, 80)}`}
            {...rowProps(index)}
            className="rounded-lg"
          >
            <MergeCard
              merge={merge}
              busyKey={quick.busyKey}
              onLeave={(id) => void quick.run({ changeIds: [id] }, { key: id })}
              onUnmerge={unmerge}
              onRedo={redo}
            />
          </li>
        ))}
      </ul>
      {edited === null ? null : (
        <UnmergeDialog
          merge={edited}
          onOpenChange={() => setEdited(null)}
          onContinue={(memoryId) => {
            if (memoryId !== null) rescue.plan(memoryId, edited.content);
            setEdited(null);
            takeApart(edited);
          }}
        />
      )}
    </>
  );
}

/** The merge and its memberships; its group may be a whole cycle's. */
const partsOf = ({ id, parts }: Merge) => ({
  changeIds: [id, ...parts.flatMap(({ membershipId }) => membershipId ?? [])],
});
