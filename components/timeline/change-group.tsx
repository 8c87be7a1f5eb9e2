"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { DataPanel } from "@/components/ui/data-panel";
import { queries } from "@/lib/client/queries";
import { ChangeActions } from "./change-actions";
import { ChangeRow, type TimelineChange } from "./change-row";
import type { RowActs } from "./use-timeline-acts";

export interface ChangeGroupProps {
  readonly groupId: string;
  readonly acts: RowActs;
}

/** The members of an opened group, each of which can be taken back alone. */
export function ChangeGroup({ groupId, acts }: ChangeGroupProps) {
  const query = useInfiniteQuery(queries.changes({ group: groupId }));
  return (
    <div className="border-t border-line bg-sunken pl-4 sm:pl-10">
      <DataPanel query={query} failureTitle="The group could not be loaded">
        {(data) => (
          <ul aria-label="Changes of the group" className="divide-y divide-line">
            {data.pages
              .flatMap((page) => page.items)
              .map((change) => (
                <li key={change.id}>
                  <MemberRow change={change} acts={acts} />
                </li>
              ))}
          </ul>
        )}
      </DataPanel>
      {query.hasNextPage ? (
        <Button variant="ghost" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Show more of the group
        </Button>
      ) : null}
    </div>
  );
}

function MemberRow({ change, acts }: { readonly change: TimelineChange; readonly acts: RowActs }) {
  return (
    <ChangeRow
      change={change}
      actions={
        <ChangeActions
          change={change}
          isBusy={acts.busyKey === change.id}
          onToggle={() => acts.toggle(change, true)}
          onRevertToHere={() => acts.revertToHere(change, true)}
          onSeeAsOf={() => acts.seeAsOf(change, true)}
          onShowTarget={() => acts.showTarget(change)}
        />
      }
    />
  );
}
