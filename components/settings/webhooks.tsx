"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus, Webhook as WebhookIcon } from "lucide-react";
import { useState } from "react";
import { queries } from "@/lib/client/queries";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { DataPanel } from "../ui/data-panel";
import { EmptyState } from "../ui/empty-state";
import { DeleteWebhookDialog } from "./delete-webhook-dialog";
import { PanelSkeleton } from "./panel-skeleton";
import { WebhookDialog } from "./webhook-dialog";
import { WebhookRow, type Webhook } from "./webhook-row";

/** Where it is told what happens here, and whether it got there. */
export function Webhooks() {
  const webhooks = useQuery(queries.webhooks());
  const [isCreating, setCreating] = useState(false);
  const [doomed, setDoomed] = useState<Webhook | null>(null);
  return (
    <Card
      title="Webhooks"
      description="Signed messages about changes, cycles and what waits for a person. They hold ids and numbers, no texts, and come in the order of the ledger."
      flush
      actions={
        <Button size="sm" variant="primary" onClick={() => setCreating(true)}>
          <Plus aria-hidden />
          New webhook
        </Button>
      }
    >
      <DataPanel
        query={webhooks}
        failureTitle="The webhooks could not be listed"
        skeleton={<PanelSkeleton />}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <EmptyState icon={WebhookIcon} title="Nobody is told">
            A webhook tells a program of yours the moment something changes here, so that it need not ask.
          </EmptyState>
        }
      >
        {({ items }) => (
          <ul aria-label="Webhooks" className="divide-y divide-line border-t border-line">
            {items.map((webhook) => (
              <WebhookRow key={webhook.id} webhook={webhook} onDelete={() => setDoomed(webhook)} />
            ))}
          </ul>
        )}
      </DataPanel>
      <WebhookDialog open={isCreating} onOpenChange={setCreating} />
      <DeleteWebhookDialog webhook={doomed} onClose={() => setDoomed(null)} />
    </Card>
  );
}
