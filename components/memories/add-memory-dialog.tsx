"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent, type KeyboardEvent } from "react";
import { isApiError } from "@/lib/client/api-error";
import { undoGroup, useVerb, verbs } from "@/lib/client/mutations";
import { kindOptions, type Kind } from "../memory/kind-options";
import { splitTags } from "../memory/split-tags";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Kbd } from "../ui/kbd";
import { Select } from "../ui/select";
import { Textarea } from "../ui/textarea";
import { showDone, showUndo } from "../ui/undo-toast";

export interface AddMemoryDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function AddMemoryDialog({ open, onOpenChange }: AddMemoryDialogProps) {
  const create = useVerb(verbs.createMemory);
  const close = () => onOpenChange(false);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Add a memory"
      description="One thing per memory: it is found, judged and taken back as a whole."
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" form="add-memory" variant="primary" busy={create.isPending}>
            Remember
            <Kbd keys={["Ctrl Enter"]} />
          </Button>
        </>
      }
    >
      <AddMemoryForm create={create} onDone={close} />
    </Dialog>
  );
}

interface AddMemoryFormProps {
  readonly create: ReturnType<
    typeof useVerb<
      Parameters<typeof verbs.createMemory.run>[0],
      Awaited<ReturnType<typeof verbs.createMemory.run>>
    >
  >;
  readonly onDone: () => void;
}

function AddMemoryForm({ create, onDone }: AddMemoryFormProps) {
  const client = useQueryClient();
  const [content, setContent] = useState("");
  const [kind, setKind] = useState<Kind>("fact");
  const [tags, setTags] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (content.trim() === "") return;
    create.mutate(
      { body: { content, kind, tags: splitTags(tags) } },
      {
        onSuccess: ({ groupId, duplicate }) => {
          onDone();
          if (groupId === undefined) return showDone("That was known already");
          showUndo({
            message: duplicate ? "That was known already; believed a little more now" : "Remembered",
            onUndo: () => undoGroup(client, groupId),
            timelineHref: `/timeline?group=${groupId}`,
          });
        },
      },
    );
  };
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) event.currentTarget.requestSubmit();
  };
  return (
    <form id="add-memory" className="flex flex-col gap-4" onSubmit={submit} onKeyDown={onKeyDown}>
      <Field label="What should be remembered?" error={create.error ? messageOf(create.error) : undefined}>
        {(ids) => (
          <Textarea
            {...ids}
            data-autofocus
            required
            rows={4}
            value={content}
            onChange={(event) => setContent(event.target.value)}
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-[12rem_1fr]">
        <Field label="Kind">
          {(ids) => (
            <Select
              id={ids.id}
              options={kindOptions}
              value={kind}
              onValueChange={setKind}
              className="w-full"
            />
          )}
        </Field>
        <Field label="Tags" hint="Parted by commas.">
          {(ids) => <Input {...ids} value={tags} onChange={(event) => setTags(event.target.value)} />}
        </Field>
      </div>
    </form>
  );
}

function messageOf(error: unknown): string {
  if (isApiError(error)) return error.errors[0]?.message ?? error.message;
  return String(error);
}
