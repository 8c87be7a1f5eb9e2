"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { queries } from "@/lib/client/queries";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { DataPanel } from "../ui/data-panel";
import { SkeletonRows } from "../ui/skeleton";
import { ChangeList } from "./change-list";

export interface MemoryHistoryProps {
  readonly memoryId: string;
  readonly selectedChangeId: string | null;
}

/** Everything that ever moved this memory. Each line can be taken back alone, after a look at what that does. */
export function MemoryHistory({ memoryId, selectedChangeId }: MemoryHistoryProps) {
  const history = useInfiniteQuery(queries.memoryHistory(memoryId));
  return (
    <Card title="History" description="All changes of this memory, newest first." flush>
      <DataPanel
        query={history}
        failureTitle="The history could not be loaded"
        skeleton={
          <div className="px-(--card-pad) pb-(--card-pad)">
            <SkeletonRows />
          </div>
        }
      >
        {({ pages }) => (
          <>
            <ChangeList
              label="History"
              changes={pages.flatMap((page) => page.items)}
              alwaysPreview
              selectedId={selectedChangeId}
            />
            {history.hasNextPage ? (
              <div className="border-t border-line p-2 text-center">
                <Button
                  size="sm"
                  variant="ghost"
                  busy={history.isFetchingNextPage}
                  onClick={() => void history.fetchNextPage()}
                >
                  Show older changes
                </Button>
              </div>
            ) : null}
          </>
        )}
      </DataPanel>
    </Card>
  );
}
