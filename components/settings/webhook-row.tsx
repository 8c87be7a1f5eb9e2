"use client";

import { ChevronDown, Pause, Play, Send } from "lucide-react";
import { useId, useState } from "react";
import type { CallOutput } from "@/lib/client/api";
import { useVerb, verbs } from "@/lib/client/mutations";
import { plural } from "@/lib/format/number";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { showDone, showFailure } from "../ui/undo-toast";
import { outcomeOf } from "./delivery-words";
import { WebhookLog } from "./webhook-log";

export type Webhook = CallOutput<"webhooks.list">["items"][number];

export interface WebhookRowProps {
  readonly webhook: Webhook;
  readonly onDelete: () => void;
}

export function WebhookRow({ webhook, onDelete }: WebhookRowProps) {
  const [isOpen, setOpen] = useState(false);
  const logId = useId();
  const { name, url, events, trouble } = webhook;
  return (
    <li className="text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-(--card-pad) py-(--row-y)">
        <div className="flex min-w-0 flex-1 basis-64 flex-col gap-1">
          <p className="flex flex-wrap items-center gap-2 font-medium">
            <span className="min-w-0 wrap-anywhere">{name}</span>
            <Standing webhook={webhook} />
          </p>
          <code className="font-mono text-xs wrap-anywhere text-muted">{url}</code>
          <p className="flex flex-wrap gap-1">
            <span className="sr-only">Told of: </span>
            {events.map((event) => (
              <Badge key={event} tone="outline">
                {event === "*" ? "everything" : event}
              </Badge>
            ))}
          </p>
        </div>
        <WebhookActs webhook={webhook} onTested={() => setOpen(true)} onDelete={onDelete} />
        <Button
          size="sm"
          variant="ghost"
          aria-expanded={isOpen}
          aria-controls={logId}
          onClick={() => setOpen(!isOpen)}
        >
          <ChevronDown aria-hidden className={cn("transition-transform", isOpen && "rotate-180")} />
          Log<span className="sr-only"> of {name}</span>
        </Button>
      </div>
      {trouble === null ? null : (
        <p role="status" className="mx-(--card-pad) mb-2.5 rounded-md bg-loss-soft px-3 py-2 text-sm">
          Switched off by itself: {trouble}
        </p>
      )}
      <div id={logId}>{isOpen ? <WebhookLog webhookId={webhook.id} /> : null}</div>
    </li>
  );
}

function Standing({ webhook: { enabled, waiting } }: { readonly webhook: Webhook }) {
  return (
    <>
      {enabled ? <Badge tone="gain">On</Badge> : <Badge tone="suspended">Paused</Badge>}
      {waiting > 0 ? <Badge>{plural(waiting, "message")} waiting</Badge> : null}
    </>
  );
}

interface WebhookActsProps extends WebhookRowProps {
  readonly onTested: () => void;
}

function WebhookActs({ webhook, onTested, onDelete }: WebhookActsProps) {
  const { id, name, enabled } = webhook;
  const test = useVerb(verbs.testWebhook);
  const update = useVerb(verbs.updateWebhook);
  const tryIt = () =>
    test.mutate(
      { params: { id }, body: {} },
      {
        onSuccess: ({ delivery }) => {
          onTested();
          const outcome = outcomeOf(delivery);
          if (delivery.state === "delivered") showDone(`${name} took the test: ${outcome}`);
          else showFailure(`${name} did not take the test`, new Error(outcome));
        },
        onError: (error) => showFailure("The test was not sent", error),
      },
    );
  const toggle = () =>
    update.mutate(
      { params: { id }, body: { enabled: !enabled } },
      {
        onSuccess: () => showDone(enabled ? `${name} is paused; what comes waits` : `${name} goes on`),
        onError: (error) => showFailure("It stays as it was", error),
      },
    );
  return (
    <>
      <Button size="sm" busy={test.isPending} onClick={tryIt}>
        {test.isPending ? null : <Send aria-hidden />}
        Test<span className="sr-only"> {name}</span>
      </Button>
      <Button size="sm" busy={update.isPending} onClick={toggle}>
        {update.isPending ? null : enabled ? <Pause aria-hidden /> : <Play aria-hidden />}
        {enabled ? "Pause" : "Go on"}
        <span className="sr-only"> {name}</span>
      </Button>
      <Button size="sm" variant="ghost" onClick={onDelete}>
        Delete…<span className="sr-only"> {name}</span>
      </Button>
    </>
  );
}
