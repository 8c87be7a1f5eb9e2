"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { queries } from "@/lib/client/queries";
import { formatDecimal, MISSING, plural } from "@/lib/format/number";
import { Card } from "../ui/card";
import { DataPanel } from "../ui/data-panel";
import { EmptyState } from "../ui/empty-state";
import { RelativeTime } from "../ui/relative-time";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "../ui/table";

const SHOWN_ROWS = 20;

/** The logged recalls that showed this memory: what was asked, where it stood, and whether anybody said how it went. */
export function MemoryUses({ memoryId }: { readonly memoryId: string }) {
  const uses = useInfiniteQuery(queries.retrievals({ memory: memoryId, limit: SHOWN_ROWS }));
  return (
    <Card title="Used in" description="Recalls that showed it. Looking at this page is not one.">
      <DataPanel
        query={uses}
        failureTitle="The recalls could not be loaded"
        isEmpty={({ pages }) => pages.every((page) => page.items.length === 0)}
        empty={<EmptyState title="Never shown yet">No recall has brought it up so far.</EmptyState>}
      >
        {({ pages }) => (
          <Table aria-label="Recalls that showed this memory">
            <TableHead>
              <TableRow>
                <TableHeaderCell>Asked</TableHeaderCell>
                <TableHeaderCell numeric>Rank</TableHeaderCell>
                <TableHeaderCell numeric className="max-sm:hidden">
                  Score
                </TableHeaderCell>
                <TableHeaderCell className="max-sm:hidden">Judged</TableHeaderCell>
                <TableHeaderCell>When</TableHeaderCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {pages
                .flatMap((page) => page.items)
                .map((retrieval) => {
                  const place = retrieval.shown.find((shown) => shown.memoryId === memoryId);
                  return (
                    <TableRow key={retrieval.id}>
                      <TableCell>
                        <Link
                          href={`/recall?q=${encodeURIComponent(retrieval.query)}`}
                          className="line-clamp-2 rounded-xs underline-offset-2 hover:underline"
                        >
                          {retrieval.query}
                        </Link>
                      </TableCell>
                      <TableCell numeric>{place?.rank ?? MISSING}</TableCell>
                      <TableCell numeric className="max-sm:hidden">
                        {formatDecimal(place?.score ?? null)}
                      </TableCell>
                      <TableCell className="max-sm:hidden">
                        {retrieval.signals === 0 ? MISSING : plural(retrieval.signals, "signal")}
                      </TableCell>
                      <TableCell className="whitespace-nowrap">
                        <RelativeTime at={retrieval.at} focusable={false} />
                      </TableCell>
                    </TableRow>
                  );
                })}
            </TableBody>
          </Table>
        )}
      </DataPanel>
    </Card>
  );
}
