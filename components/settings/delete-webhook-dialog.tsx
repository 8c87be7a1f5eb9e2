"use client";

import { useVerb, verbs } from "@/lib/client/mutations";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { showDone, showFailure } from "../ui/undo-toast";
import type { Webhook } from "./webhook-row";

export interface DeleteWebhookDialogProps {
  readonly webhook: Webhook | null;
  readonly onClose: () => void;
}

export function DeleteWebhookDialog({ webhook, onClose }: DeleteWebhookDialogProps) {
  const remove = useVerb(verbs.deleteWebhook);
  const confirm = () => {
    if (webhook === null) return;
    remove.mutate(
      { params: { id: webhook.id } },
      {
        onSuccess: () => {
          onClose();
          showDone(`${webhook.name} is told nothing any more`);
        },
        onError: (error) => showFailure("It was not deleted", error),
      },
    );
  };
  return (
    <Dialog
      open={webhook !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      size="sm"
      title={`Delete ${webhook?.name ?? "the webhook"}?`}
      description="Its log and what still waits for it go too, and its secret is of no use any more. To stop it for a while, pause it."
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button variant="danger" busy={remove.isPending} onClick={confirm}>
            Delete
          </Button>
        </>
      }
    />
  );
}
