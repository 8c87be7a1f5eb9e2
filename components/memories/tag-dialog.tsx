"use client";

import { useState, type FormEvent } from "react";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Input } from "../ui/input";

export interface TagDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onTag: (tag: string) => void;
}

const LONGEST_TAG = 100;

export function TagDialog({ open, onOpenChange, onTag }: TagDialogProps) {
  const [tag, setTag] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (tag.trim() === "") return;
    onTag(tag.trim());
    setTag("");
    onOpenChange(false);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="sm"
      title="Add a tag"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" form="add-tag" variant="primary" disabled={tag.trim() === ""}>
            Add tag
          </Button>
        </>
      }
    >
      <form id="add-tag" onSubmit={submit}>
        <Field label="Tag">
          {(ids) => (
            <Input
              {...ids}
              data-autofocus
              maxLength={LONGEST_TAG}
              value={tag}
              onChange={(event) => setTag(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
