"use client";

import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { EntitySearch } from "./entity-search";
import type { Named } from "./merge-entities-dialog";
import { useNameEdits } from "./use-name-edits";

export interface RelateDialogProps {
  readonly from: Named;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

const LONGEST = 48;

/** Says that an entity is related with another one. */
export function RelateDialog({ from, open, onOpenChange }: RelateDialogProps) {
  const [to, setTo] = useState<Named | null>(null);
  const [type, setType] = useState("");
  const [validAt, setValidAt] = useState("");
  const edits = useNameEdits();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (to === null) return;
    const body = { from: from.id, to: to.id, type: type.trim(), ...(validAt === "" ? {} : { validAt }) };
    if (!(await edits.relate(body, `${from.name} ${type.trim()} ${to.name}`))) return;
    setTo(null);
    setType("");
    onOpenChange(false);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="sm"
      title={`A relation of ${from.name}`}
      description="It also leads recalls from the memories of the one to those of the other."
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="What is said of the two" hint="Such as: works for, is the sister of">
          {(ids) => (
            <Input
              {...ids}
              value={type}
              maxLength={LONGEST}
              onChange={(event) => setType(event.target.value)}
              data-autofocus
              required
            />
          )}
        </Field>
        {to === null ? (
          <EntitySearch label="With which entity?" excluded={[from.id]} onChoose={setTo} />
        ) : (
          <p className="flex items-center gap-2 text-sm">
            {from.name} <em>{type.trim() || "…"}</em> {to.name}
            <Button size="sm" variant="ghost" onClick={() => setTo(null)}>
              Change
            </Button>
          </p>
        )}
        <Field label="Since" hint="Left empty: no limit">
          {(ids) => (
            <Input
              {...ids}
              type="date"
              value={validAt}
              onChange={(event) => setValidAt(event.target.value)}
            />
          )}
        </Field>
        <Button
          type="submit"
          variant="primary"
          busy={edits.isBusy}
          disabled={to === null || type.trim() === ""}
          className="self-end"
        >
          Add the relation
        </Button>
      </form>
    </Dialog>
  );
}
