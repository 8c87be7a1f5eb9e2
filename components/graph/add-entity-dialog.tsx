"use client";

import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { typeNames } from "./palette";
import type { EntityType } from "./scene";
import { useNameEdits } from "./use-name-edits";

export interface AddEntityDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

// The keys of a record of every type.
const types = (Object.keys(typeNames) as EntityType[]).map((value) => ({ value, label: typeNames[value] }));

/** Adds an entity that no text names yet. */
export function AddEntityDialog({ open, onOpenChange }: AddEntityDialogProps) {
  const [name, setName] = useState("");
  const [type, setType] = useState<EntityType>("person");
  const edits = useNameEdits();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await edits.addEntity({ name: name.trim(), type }))) return;
    setName("");
    onOpenChange(false);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="sm"
      title="Add an entity"
      description="One that no memory names yet. Texts that name it later belong to it."
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="Name">
          {(ids) => (
            <Input
              {...ids}
              value={name}
              maxLength={200}
              onChange={(event) => setName(event.target.value)}
              data-autofocus
              required
            />
          )}
        </Field>
        <Field label="Type">
          {({ id }) => <Select id={id} options={types} value={type} onValueChange={setType} />}
        </Field>
        <Button
          type="submit"
          variant="primary"
          busy={edits.isBusy}
          disabled={name.trim() === ""}
          className="self-end"
        >
          Add
        </Button>
      </form>
    </Dialog>
  );
}
