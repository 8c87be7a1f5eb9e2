"use client";

import { useState, type FormEvent } from "react";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Input } from "../ui/input";

export interface ViewDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** What it is called so far; empty for a new one. */
  readonly name: string;
  readonly onSave: (name: string) => void;
}

export function ViewDialog({ open, onOpenChange, name, onSave }: ViewDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="sm"
      title={name === "" ? "Save this view" : "Rename the view"}
      description="Words, conditions and order under one name, kept in this browser. Its address can be sent to anybody."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" form="view-name" variant="primary">
            Save
          </Button>
        </>
      }
    >
      <NameForm key={name} name={name} onSave={onSave} />
    </Dialog>
  );
}

function NameForm({ name, onSave }: Pick<ViewDialogProps, "name" | "onSave">) {
  const [typed, setTyped] = useState(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() !== "") onSave(typed.trim());
  };
  return (
    <form id="view-name" onSubmit={submit}>
      <Field label="Name">
        {(ids) => (
          <Input
            {...ids}
            data-autofocus
            required
            maxLength={60}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
    </form>
  );
}
