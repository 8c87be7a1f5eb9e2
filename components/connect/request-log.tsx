"use client";

import { useQuery } from "@tanstack/react-query";
import { queries } from "@/lib/client/queries";
import { cn } from "../ui/cn";
import { DataPanel } from "../ui/data-panel";
import { RelativeTime } from "../ui/relative-time";

const SHOWN = 8;
const LOWEST_REFUSAL = 400;

/** The latest requests of one client, with what each came to: whether it reaches this server, and what it is refused. */
export function RequestLog({ actor }: { readonly actor: string }) {
  const requests = useQuery(queries.requests({ actor, limit: SHOWN }));
  return (
    <DataPanel
      query={requests}
      failureTitle="Its requests could not be loaded"
      isEmpty={({ items }) => items.length === 0}
      empty={
        <p className="border-t border-line px-(--card-pad) py-3 text-muted">
          No request since the server started.
        </p>
      }
    >
      {({ items }) => (
        <ul aria-label="Its latest requests" className="divide-y divide-line border-t border-line">
          {items.map(({ requestId, at, operation, status, milliseconds }) => (
            <li
              key={requestId}
              title={`Request ${requestId}`}
              className="flex flex-wrap items-baseline gap-x-3 px-(--card-pad) py-1.5"
            >
              <span className={cn("num w-8 shrink-0", status >= LOWEST_REFUSAL && "font-medium text-loss")}>
                <span className="sr-only">Status </span>
                {status}
              </span>
              <code className="min-w-0 flex-1 truncate text-xs">{operation}</code>
              <span className="num text-xs text-muted">{milliseconds} ms</span>
              <span className="text-xs text-muted">
                <RelativeTime at={at} focusable={false} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </DataPanel>
  );
}
