"use client";

import { useState, type FormEvent, type KeyboardEvent } from "react";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Kbd } from "../ui/kbd";
import { Select } from "../ui/select";
import { Textarea } from "../ui/textarea";
import { kindOptions } from "./kind-options";
import { splitTags } from "./split-tags";
import type { Memory, MemoryActions, MemoryEdit } from "./use-memory-actions";

export interface MemoryEditFormProps {
  readonly memory: Memory;
  readonly actions: MemoryActions;
  readonly onClose: () => void;
}

/** Edits in place. What was not touched is not sent, so an edit of the tags is no edit of the text. */
export function MemoryEditForm({ memory, actions, onClose }: MemoryEditFormProps) {
  const [content, setContent] = useState(memory.content);
  const [kind, setKind] = useState(memory.kind);
  const [tags, setTags] = useState(memory.tags.join(", "));
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const body = editOf(memory, { content, kind, tags: splitTags(tags) });
    if (Object.keys(body).length === 0) return onClose();
    // Somebody else may have moved it since; then the server says so instead of overwriting them.
    const isSaved = await actions.edit({ ...body, expectedSeq: memory.seq }, "Edited the memory");
    if (isSaved) onClose();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key === "Escape") onClose();
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) event.currentTarget.requestSubmit();
  };
  return (
    <form
      aria-label="Edit the memory"
      className="flex flex-col gap-3"
      onSubmit={(event) => void save(event)}
      onKeyDown={onKeyDown}
    >
      <Textarea
        aria-label="Text"
        autoFocus
        required
        rows={5}
        value={content}
        onChange={(event) => setContent(event.target.value)}
        className="text-lg"
      />
      <div className="grid gap-3 sm:grid-cols-[12rem_1fr]">
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
        <Field label="Tags">
          {(ids) => <Input {...ids} value={tags} onChange={(event) => setTags(event.target.value)} />}
        </Field>
      </div>
      <div className="flex items-center gap-2">
        <Button type="submit" variant="primary" busy={actions.isBusy}>
          Save
          <Kbd keys={["Ctrl Enter"]} />
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  );
}

function editOf(memory: Memory, next: Pick<Memory, "content" | "kind" | "tags">): MemoryEdit {
  return {
    ...(next.content === memory.content ? {} : { content: next.content }),
    ...(next.kind === memory.kind ? {} : { kind: next.kind }),
    ...(next.tags.join("\n") === memory.tags.join("\n") ? {} : { tags: next.tags }),
  };
}
