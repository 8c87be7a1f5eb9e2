"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { useState } from "react";
import { queries } from "@/lib/client/queries";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { DataPanel } from "../ui/data-panel";
import { EmptyState } from "../ui/empty-state";
import { RelativeTime } from "../ui/relative-time";
import { SegmentedControl } from "../ui/segmented-control";
import { browserName } from "./browser-name";
import { auditViews, kindWords, type AuditEvent } from "./audit-words";
import { PanelSkeleton } from "./panel-skeleton";

type View = keyof typeof auditViews;
const segments = [
  { value: "all", label: "All" },
  { value: "refused", label: "Refused" },
  { value: "signIns", label: "Sign-ins" },
  { value: "rights", label: "Rights" },
] as const;

/** Who came, what was refused, and who changed who may do what. */
export function Audit() {
  const [view, setView] = useState<View>("all");
  const kinds = auditViews[view];
  const events = useInfiniteQuery(queries.audit({ limit: 50, ...(kinds === null ? {} : { kinds }) }));
  return (
    <Card
      title="Audit"
      description="The newest 20,000 for at most 400 days. The same refusal again within a minute is counted in one row."
      flush
      actions={<SegmentedControl label="Show" segments={segments} value={view} onValueChange={setView} />}
    >
      <DataPanel
        query={events}
        failureTitle="The audit could not be read"
        skeleton={<PanelSkeleton />}
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={<EmptyState icon={ShieldCheck} title="Nothing of the kind was noted" />}
        {...(view === "all"
          ? {}
          : {
              filters: [segments.find(({ value }) => value === view)?.label ?? view],
              onClearFilters: () => setView("all"),
            })}
      >
        {({ pages }) => (
          <ol aria-label="Newest first" className="divide-y divide-line border-t border-line">
            {pages.flatMap(({ items }) => items.map((event) => <EventRow key={event.id} event={event} />))}
          </ol>
        )}
      </DataPanel>
      {events.hasNextPage ? (
        <div className="border-t border-line px-(--card-pad) py-(--row-y)">
          <Button size="sm" busy={events.isFetchingNextPage} onClick={() => void events.fetchNextPage()}>
            Earlier ones
          </Button>
        </div>
      ) : null}
    </Card>
  );
}

function EventRow({ event }: { readonly event: AuditEvent }) {
  const { kind, actor, detail, operation, address, agent, at, times } = event;
  const { word, tone } = kindWords[kind];
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-1 px-(--card-pad) py-(--row-y) text-sm">
      <span className="w-36 shrink-0">
        <Badge tone={tone}>{word}</Badge>
      </span>
      <div className="flex min-w-0 flex-1 basis-56 flex-col gap-0.5">
        <p className="wrap-anywhere">
          <span className="font-medium">{actor?.name ?? "Somebody unknown"}</span>
          {detail === null ? null : <span className="text-muted"> · {detail}</span>}
          {operation === null ? null : (
            <code className="ml-1.5 font-mono text-xs text-muted">{operation}</code>
          )}
        </p>
        <p className="text-xs wrap-anywhere text-muted">
          {[address === null ? null : `from ${address}`, agent === null ? null : browserName(agent)]
            .filter(Boolean)
            .join(", ")}
        </p>
      </div>
      {times > 1 ? <Badge>{times} times</Badge> : null}
      <span className="text-xs text-muted">
        <RelativeTime at={at} />
      </span>
    </li>
  );
}
