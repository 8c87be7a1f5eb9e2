"use client";

import type { CallOutput } from "@/lib/client/api";
import { useVerb, verbs } from "@/lib/client/mutations";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { showDone, showFailure } from "../ui/undo-toast";

export type ApiKey = CallOutput<"keys.list">["items"][number];

export interface RevokeKeyDialogProps {
  readonly apiKey: ApiKey | null;
  readonly onClose: () => void;
}

/** A revoked key cannot be given back, so this asks. */
export function RevokeKeyDialog({ apiKey, onClose }: RevokeKeyDialogProps) {
  const revoke = useVerb(verbs.revokeApiKey);
  const confirm = () => {
    if (apiKey === null) return;
    revoke.mutate(
      { params: { id: apiKey.id } },
      {
        onSuccess: () => {
          onClose();
          showDone(`Revoked ${apiKey.name}`);
        },
        onError: (error) => showFailure("The key was not revoked", error),
      },
    );
  };
  return (
    <Dialog
      open={apiKey !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      size="sm"
      title={`Revoke ${apiKey?.name ?? "the key"}?`}
      description="Its next call is refused. A revoked key cannot be given back; what it wrote stays."
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button variant="danger" busy={revoke.isPending} onClick={confirm}>
            Revoke
          </Button>
        </>
      }
    />
  );
}
