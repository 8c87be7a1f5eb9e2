"use client";

import { useQuery } from "@tanstack/react-query";
import { MonitorSmartphone } from "lucide-react";
import type { CallOutput } from "@/lib/client/api";
import { useVerb, verbs } from "@/lib/client/mutations";
import { queries } from "@/lib/client/queries";
import { Badge } from "../ui/badge";
import { loadAnew } from "../shell/load-anew";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { DataPanel } from "../ui/data-panel";
import { EmptyState } from "../ui/empty-state";
import { RelativeTime } from "../ui/relative-time";
import { showDone, showFailure } from "../ui/undo-toast";
import { browserName } from "./browser-name";
import { PanelSkeleton } from "./panel-skeleton";

type BrowserSession = CallOutput<"sessions.list">["items"][number];

/** Where one is signed in, each with its way out. */
export function Browsers() {
  const sessions = useQuery(queries.sessions());
  const endAll = useVerb(verbs.endSessions);
  const endOthers = () =>
    endAll.mutate(
      { query: { others: "true" } },
      {
        onSuccess: ({ ended }) => showDone(`Other browsers signed out: ${ended}`),
        onError: (error) => showFailure("They are still signed in", error),
      },
    );
  const endEvery = () =>
    endAll.mutate(
      { query: {} },
      {
        onSuccess: () => loadAnew("/login"),
        onError: (error) => showFailure("You are still signed in", error),
      },
    );
  return (
    <Card
      title="Signed in"
      description="Your own browsers. One that rests too long, or is too old, is signed out by itself."
      flush
      actions={
        <>
          <Button size="sm" busy={endAll.isPending} onClick={endOthers}>
            Sign the others out
          </Button>
          <Button size="sm" variant="ghost" onClick={endEvery}>
            Sign out everywhere
          </Button>
        </>
      }
    >
      <DataPanel
        query={sessions}
        failureTitle="Your browsers could not be listed"
        skeleton={<PanelSkeleton />}
        isEmpty={({ items }) => items.length === 0}
        empty={<EmptyState icon={MonitorSmartphone} title="No browser is signed in as you" />}
      >
        {({ items }) => (
          <ul aria-label="Browsers" className="divide-y divide-line border-t border-line">
            {items.map((session) => (
              <BrowserRow key={session.id} session={session} />
            ))}
          </ul>
        )}
      </DataPanel>
    </Card>
  );
}

function BrowserRow({ session }: { readonly session: BrowserSession }) {
  const end = useVerb(verbs.endSession);
  const { id, agent, address, lastSeenAt, isCurrent } = session;
  const signOut = () =>
    end.mutate(
      { params: { id } },
      {
        onSuccess: () => showDone("That browser is signed out"),
        onError: (error) => showFailure("It is still signed in", error),
      },
    );
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1.5 px-(--card-pad) py-(--row-y) text-sm">
      <div className="flex min-w-0 flex-1 basis-56 flex-col gap-0.5">
        <span className="flex flex-wrap items-center gap-2 font-medium">
          <span className="line-clamp-2 min-w-0 wrap-anywhere">{browserName(agent)}</span>
          {isCurrent ? <Badge tone="accent">This one</Badge> : null}
        </span>
        <span className="text-xs text-muted">
          {address === null ? "" : `From ${address}, `}
          seen <RelativeTime at={lastSeenAt} />
        </span>
      </div>
      {isCurrent ? null : (
        <Button size="sm" variant="ghost" busy={end.isPending} onClick={signOut}>
          Sign out<span className="sr-only"> {browserName(agent)}</span>
        </Button>
      )}
    </li>
  );
}
