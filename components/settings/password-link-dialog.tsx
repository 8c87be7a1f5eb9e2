"use client";

import { useVerb, verbs } from "@/lib/client/mutations";
import { Button } from "../ui/button";
import { CodeBlock } from "../ui/code-block";
import { Dialog } from "../ui/dialog";
import { showFailure } from "../ui/undo-toast";
import type { Person } from "./remove-person-dialog";

export interface PasswordLinkDialogProps {
  /** Who forgot theirs; null: closed. */
  readonly person: Person | null;
  readonly onClose: () => void;
}

/** Says what the link does, makes it, then shows it, once. */
export function PasswordLinkDialog({ person, onClose }: PasswordLinkDialogProps) {
  const make = useVerb(verbs.makePasswordLink);
  const close = () => {
    make.reset();
    onClose();
  };
  const confirm = () => {
    if (person === null) return;
    make.mutate(
      { params: { id: person.id }, body: {} },
      { onError: (error) => showFailure("No link was made", error) },
    );
  };
  const [made, name] = [make.data, person?.name ?? "them"];
  return (
    <Dialog
      open={person !== null}
      onOpenChange={(open) => (open ? undefined : close())}
      title={made ? `Hand this link to ${name}` : `A new password for ${name}?`}
      description={
        made
          ? "Whoever has it sets the password, once, within a day. It is not shown again; only a hash of it is kept."
          : "You get a link to hand over; no mail is sent. It lets them set another password once, within a day, and signs them out everywhere when they do. Until then the old password works."
      }
      footer={
        made ? (
          <Button variant="primary" onClick={close}>
            I have copied it
          </Button>
        ) : (
          <>
            <Button onClick={close}>Cancel</Button>
            <Button variant="primary" busy={make.isPending} onClick={confirm}>
              Make the link
            </Button>
          </>
        )
      }
    >
      {made ? <CodeBlock label="password link" code={`${window.location.origin}${made.path}`} /> : null}
    </Dialog>
  );
}
