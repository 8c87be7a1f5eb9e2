"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { DataPanel } from "@/components/ui/data-panel";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { queries } from "@/lib/client/queries";
import { plural } from "@/lib/format/number";

const SHOWN = 12;

/** What was asked lately, by whomever; pressing one asks it again. */
export function RecentQueries({ onAsk }: { readonly onAsk: (query: string) => void }) {
  const query = useInfiniteQuery(queries.retrievals({ limit: SHOWN }));
  return (
    <Card title="Recent questions" flush className="overflow-hidden">
      <DataPanel
        query={query}
        isEmpty={(data) => data.pages.every((page) => page.items.length === 0)}
        failureTitle="The recent questions could not be loaded"
        empty={
          <EmptyState title="Nothing was asked yet" className="py-6">
            Each recall of a client or of this page is listed here.
          </EmptyState>
        }
      >
        {(data) => (
          <ul aria-label="Recent questions" className="divide-y divide-line border-t border-line">
            {data.pages[0]?.items.slice(0, SHOWN).map((asked) => (
              <li key={asked.id}>
                <button
                  type="button"
                  onClick={() => onAsk(asked.query)}
                  className="focus-inset flex w-full flex-col gap-0.5 px-(--card-pad) py-2 compact:py-1 text-left hover:bg-hover"
                >
                  <span className="line-clamp-2 text-sm">{asked.query}</span>
                  <span className="flex flex-wrap items-center gap-x-2 text-xs text-muted">
                    <RelativeTime at={asked.at} focusable={false} />
                    <span className="num">{asked.shown.length} shown</span>
                    {asked.signals > 0 ? (
                      <Badge tone="accent">{plural(asked.signals, "judgement")}</Badge>
                    ) : null}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </DataPanel>
    </Card>
  );
}
