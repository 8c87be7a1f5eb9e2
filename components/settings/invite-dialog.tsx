"use client";

import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { CallInput } from "@/lib/client/api";
import { useVerb, verbs } from "@/lib/client/mutations";
import { queries } from "@/lib/client/queries";
import { Checkbox } from "../ui/checkbox";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import { showFailure } from "../ui/undo-toast";
import { ShownOnceDialog } from "./shown-once-dialog";
import { roleOptions, type Role } from "./role-words";

type Invite = CallInput<"people.invite">["body"];

export interface InviteDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Asks whom and as what, then shows the link, once. */
export function InviteDialog({ open, onOpenChange }: InviteDialogProps) {
  const invite = useVerb(verbs.invitePerson);
  const close = () => {
    invite.reset();
    onOpenChange(false);
  };
  const made = invite.data;
  return (
    <ShownOnceDialog
      open={open}
      onClose={close}
      asks={{
        title: "Invite somebody",
        description: "You get a link to hand over as you like. It lets one person in and works for a week.",
        action: "Make the link",
        form: "invite",
      }}
      busy={invite.isPending}
      made={
        made
          ? {
              title: `Hand this link to ${made.invitation.note}`,
              description: "Whoever has it comes in, once. It is not shown again; only a hash of it is kept.",
              label: "invitation",
              code: `${window.location.origin}${made.path}`,
            }
          : null
      }
    >
      <InviteForm
        onInvite={(body) =>
          invite.mutate({ body }, { onError: (error) => showFailure("Nobody was invited", error) })
        }
      />
    </ShownOnceDialog>
  );
}

function InviteForm({ onInvite }: { readonly onInvite: (input: Invite) => void }) {
  const session = useQuery(queries.session());
  const [note, setNote] = useState("");
  const [role, setRole] = useState<Role>("curator");
  const [mayMakeWorkspaces, setMayMake] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (note.trim() === "") return;
    onInvite({ note: note.trim(), role, ...(mayMakeWorkspaces ? { mayMakeWorkspaces } : {}) });
  };
  return (
    <form id="invite" className="flex flex-col gap-4" onSubmit={submit}>
      <Field label="Whom is it for?" hint="So that you know it again in the list.">
        {(ids) => (
          <Input
            {...ids}
            data-autofocus
            required
            maxLength={100}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      <Field label="Role">
        {(ids) => <Select id={ids.id} options={roleOptions} value={role} onValueChange={setRole} />}
      </Field>
      {session.data?.installation ? (
        <label className="flex min-h-6 items-center gap-2 text-sm">
          <Checkbox checked={mayMakeWorkspaces} onCheckedChange={() => setMayMake(!mayMakeWorkspaces)} />
          May also make further workspaces
        </label>
      ) : null}
    </form>
  );
}
