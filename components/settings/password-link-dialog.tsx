"use client";

import { useVerb, verbs } from "@/lib/client/mutations";
import { showFailure } from "../ui/undo-toast";
import { ShownOnceDialog } from "./shown-once-dialog";
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
    <ShownOnceDialog
      open={person !== null}
      onClose={close}
      asks={{
        title: `A new password for ${name}?`,
        description:
          "You get a link to hand over; no mail is sent. It lets them set another password once, within a day, and signs them out everywhere when they do. Until then the old password works.",
        action: "Make the link",
        onConfirm: confirm,
      }}
      busy={make.isPending}
      made={
        made
          ? {
              title: `Hand this link to ${name}`,
              description:
                "Whoever has it sets the password, once, within a day. It is not shown again; only a hash of it is kept.",
              label: "password link",
              code: `${window.location.origin}${made.path}`,
            }
          : null
      }
    />
  );
}
