"use client";

import { useInfiniteQuery, type UseQueryResult } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import type { CallOutput } from "@/lib/client/api";
import { queries } from "@/lib/client/queries";
import { formatCount, plural } from "@/lib/format/number";
import type { ApiKey } from "../settings/revoke-key-dialog";
import { Badge } from "../ui/badge";
import { Card } from "../ui/card";
import { DataPanel } from "../ui/data-panel";
import { RelativeTime } from "../ui/relative-time";
import { SkeletonRows } from "../ui/skeleton";
import { RequestLog } from "./request-log";

const SHOWN = 6;

export interface ActivityCardProps {
  readonly apiKey: ApiKey | null;
  readonly query: UseQueryResult<CallOutput<"keys.list">>;
  readonly hasSecret: boolean;
}

/** What came through with the key, as it comes. */
export function ActivityCard({ apiKey, query, hasSecret }: ActivityCardProps) {
  return (
    <Card title="4. What comes through" description="What the key asks and changes." flush>
      {hasSecret ? (
        <DataPanel
          query={query}
          failureTitle="The keys could not be loaded"
          skeleton={
            <div className="px-(--card-pad) pb-(--card-pad)">
              <SkeletonRows rows={3} />
            </div>
          }
        >
          {() =>
            apiKey === null ? (
              <Hint>This workspace has no key like it, so nothing of it is known here.</Hint>
            ) : (
              <Activity apiKey={apiKey} />
            )
          }
        </DataPanel>
      ) : (
        <Hint>The first call of a key shows here within seconds.</Hint>
      )}
    </Card>
  );
}

function Hint({ children }: { readonly children: ReactNode }) {
  return <p className="px-(--card-pad) pb-(--card-pad) text-sm text-pretty text-muted">{children}</p>;
}

function Activity({ apiKey }: { readonly apiKey: ApiKey }) {
  const actor = `key:${apiKey.id}`;
  const retrievals = useInfiniteQuery(queries.retrievals({ actor, limit: SHOWN }));
  const changes = useInfiniteQuery(queries.changes({ actor, limit: 1 }));
  return (
    <div className="text-sm">
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 px-(--card-pad) pb-3">
        <dt className="text-muted">Last seen</dt>
        <dd className="text-right">
          {apiKey.lastUsedAt === null ? "Not yet" : <RelativeTime at={apiKey.lastUsedAt} />}
        </dd>
        <dt className="text-muted">Changes</dt>
        <dd className="text-right">
          <Link
            href={`/timeline?actor=${encodeURIComponent(actor)}`}
            className="inline-flex items-center gap-1 text-accent underline-offset-2 hover:underline"
          >
            <span className="sr-only">On the timeline: </span>
            <Total query={changes} />
            <ArrowRight aria-hidden className="size-3.5" />
          </Link>
        </dd>
        <dt className="text-muted">Recalls</dt>
        <dd className="text-right">
          <Total query={retrievals} />
        </dd>
      </dl>
      <RequestLog actor={actor} />
      <DataPanel
        query={retrievals}
        failureTitle="Its recalls could not be loaded"
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={
          <p className="border-t border-line px-(--card-pad) py-3 text-muted">
            It has not recalled anything yet.
          </p>
        }
      >
        {({ pages }) => (
          <ul aria-label="Its latest recalls" className="divide-y divide-line border-t border-line">
            {pages[0]?.items.map((asked) => (
              <li key={asked.id}>
                <Link
                  href={`/recall?q=${encodeURIComponent(asked.query)}`}
                  className="focus-inset flex flex-col gap-0.5 px-(--card-pad) py-2 hover:bg-hover"
                >
                  <span className="line-clamp-2">{asked.query}</span>
                  <span className="flex flex-wrap items-center gap-x-2 text-xs text-muted">
                    <RelativeTime at={asked.at} focusable={false} />
                    <span className="num">{asked.shown.length} shown</span>
                    {asked.signals > 0 ? (
                      <Badge tone="accent">{plural(asked.signals, "judgement")}</Badge>
                    ) : null}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </DataPanel>
    </div>
  );
}

interface TotalProps {
  readonly query: {
    readonly data: { readonly pages: readonly { readonly total?: number | undefined }[] } | undefined;
    readonly isError: boolean;
  };
}

function Total({ query }: TotalProps) {
  const total = query.data?.pages[0]?.total;
  if (typeof total === "number") return <>{formatCount(total)}</>;
  return query.isError ? "not known" : "…";
}
