"use client";

import { useState, type FormEvent } from "react";
import { useVerb, verbs } from "@/lib/client/mutations";
import { Button } from "../ui/button";
import { CodeBlock } from "../ui/code-block";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { showDone, showFailure } from "../ui/undo-toast";
import type { Workspace } from "./workspaces";

export interface WorkspaceNameDialogProps {
  /** `new` makes one. */
  readonly subject: Workspace | "new" | null;
  readonly onClose: () => void;
}

/** A name for a new workspace, whose owner key is shown once, or another name for one that is there. */
export function WorkspaceNameDialog({ subject, onClose }: WorkspaceNameDialogProps) {
  const create = useVerb(verbs.createWorkspace);
  const update = useVerb(verbs.updateWorkspace);
  const close = () => {
    create.reset();
    onClose();
  };
  const submit = (name: string) => {
    if (subject === "new") {
      create.mutate({ body: { name } }, { onError: (error) => showFailure("No workspace was made", error) });
    } else if (subject !== null) {
      update.mutate(
        { params: { id: subject.id }, body: { name } },
        {
          onSuccess: () => {
            close();
            showDone(`Renamed to ${name}`);
          },
          onError: (error) => showFailure("It was not renamed", error),
        },
      );
    }
  };
  const made = create.data;
  return (
    <Dialog
      open={subject !== null}
      onOpenChange={(open) => (open ? undefined : close())}
      title={made ? `${made.workspace.name} is there` : subject === "new" ? "New workspace" : "Rename"}
      description={
        made
          ? "This is its owner key. It is not shown again; only a hash of it is kept. You can do without it: the menu at the top left takes you there."
          : "Shown at the top left, to everybody who is let in."
      }
      footer={
        made ? (
          <Button variant="primary" onClick={close}>
            Done
          </Button>
        ) : (
          <>
            <Button onClick={close}>Cancel</Button>
            <Button
              type="submit"
              form="workspace-name"
              variant="primary"
              busy={create.isPending || update.isPending}
            >
              {subject === "new" ? "Make it" : "Rename"}
            </Button>
          </>
        )
      }
    >
      {made ? (
        <CodeBlock label="owner key" code={made.secret} />
      ) : (
        <NameForm
          key={subject === null || subject === "new" ? "new" : subject.id}
          initial={subject === null || subject === "new" ? "" : subject.name}
          onSubmit={submit}
        />
      )}
    </Dialog>
  );
}

interface NameFormProps {
  readonly initial: string;
  readonly onSubmit: (name: string) => void;
}

function NameForm({ initial, onSubmit }: NameFormProps) {
  const [name, setName] = useState(initial);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== "") onSubmit(name.trim());
  };
  return (
    <form id="workspace-name" onSubmit={submit}>
      <Field label="Name">
        {(ids) => (
          <Input
            {...ids}
            data-autofocus
            required
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
    </form>
  );
}
