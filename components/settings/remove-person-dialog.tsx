"use client";

import type { CallOutput } from "@/lib/client/api";
import { useVerb, verbs } from "@/lib/client/mutations";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { showDone, showFailure } from "../ui/undo-toast";

export type Person = CallOutput<"people.list">["items"][number];

export interface RemovePersonDialogProps {
  readonly person: Person | null;
  readonly onClose: () => void;
}

export function RemovePersonDialog({ person, onClose }: RemovePersonDialogProps) {
  const remove = useVerb(verbs.removePerson);
  const confirm = () => {
    if (person === null) return;
    remove.mutate(
      { params: { id: person.id } },
      {
        onSuccess: () => {
          onClose();
          showDone(`${person.name} is out of this workspace`);
        },
        onError: (error) => showFailure("Nobody was removed", error),
      },
    );
  };
  return (
    <Dialog
      open={person !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      size="sm"
      title={`Remove ${person?.name ?? "them"}?`}
      description="They are signed out at once and need an invitation to come back. What they wrote stays, under their name."
      footer={
        <>
          <Button onClick={onClose}>Keep them</Button>
          <Button variant="danger" busy={remove.isPending} onClick={confirm}>
            Remove
          </Button>
        </>
      }
    />
  );
}
