"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useVerb, verbs } from "@/lib/client/mutations";
import { queries } from "@/lib/client/queries";
import { plural } from "@/lib/format/number";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { DataPanel } from "../ui/data-panel";
import { RelativeTime } from "../ui/relative-time";
import { showDone, showFailure } from "../ui/undo-toast";
import { outcomeOf, type Delivery } from "./delivery-words";
import { PanelSkeleton } from "./panel-skeleton";

/** What was sent and what came of it, newest first. */
export function WebhookLog({ webhookId }: { readonly webhookId: string }) {
  const deliveries = useInfiniteQuery(queries.deliveries(webhookId));
  return (
    <div className="border-t border-line bg-sunken">
      <DataPanel
        query={deliveries}
        failureTitle="The log could not be read"
        skeleton={<PanelSkeleton />}
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={
          <p className="px-(--card-pad) py-4 text-sm text-muted">
            Nothing was sent yet. Test it, or change a memory.
          </p>
        }
      >
        {({ pages }) => (
          <ol aria-label="Messages, newest first" className="divide-y divide-line">
            {pages.flatMap(({ items }) =>
              items.map((delivery) => (
                <DeliveryRow key={delivery.id} webhookId={webhookId} delivery={delivery} />
              )),
            )}
          </ol>
        )}
      </DataPanel>
      {deliveries.hasNextPage ? (
        <div className="border-t border-line px-(--card-pad) py-2">
          <Button
            size="sm"
            busy={deliveries.isFetchingNextPage}
            onClick={() => void deliveries.fetchNextPage()}
          >
            Earlier messages
          </Button>
        </div>
      ) : null}
    </div>
  );
}

const looks = {
  delivered: { tone: "gain", word: "Taken" },
  failed: { tone: "loss", word: "Not taken" },
  waiting: { tone: "neutral", word: "Waits" },
} as const;

function DeliveryRow({ webhookId, delivery }: { readonly webhookId: string; readonly delivery: Delivery }) {
  const redeliver = useVerb(verbs.redeliverWebhook);
  const { event, state, at, attempts, seq, id } = delivery;
  const again = () =>
    redeliver.mutate(
      { params: { id: webhookId }, body: { deliveryId: id } },
      {
        onSuccess: (done) => showDone(`Sent again: ${outcomeOf(done.delivery)}`),
        onError: (error) => showFailure("It was not sent again", error),
      },
    );
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-(--card-pad) py-2 text-sm">
      <Badge tone={looks[state].tone}>{looks[state].word}</Badge>
      <div className="flex min-w-0 flex-1 basis-48 flex-col">
        <span className="font-medium">{event}</span>
        <span className="text-xs wrap-anywhere text-muted">
          {outcomeOf(delivery)}
          {attempts.length > 1 ? `, ${plural(attempts.length, "attempt")}` : ""} · change {seq}
        </span>
      </div>
      <span className="text-xs text-muted">
        <RelativeTime at={at} />
      </span>
      {state === "waiting" ? null : (
        <Button size="sm" variant="ghost" busy={redeliver.isPending} onClick={again}>
          {redeliver.isPending ? null : <RotateCw aria-hidden />}
          Send again<span className="sr-only"> {event}</span>
        </Button>
      )}
    </li>
  );
}
