"use client";

import { useState, type FormEvent } from "react";
import type { CallInput } from "@/lib/client/api";
import { useVerb, verbs } from "@/lib/client/mutations";
import { DAY_MS } from "@/lib/format/time";
import { Checkbox } from "../ui/checkbox";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import { showFailure } from "../ui/undo-toast";
import { ShownOnceDialog } from "./shown-once-dialog";

type KeyInput = CallInput<"keys.create">["body"];
type Scope = KeyInput["scopes"][number];
type Trust = NonNullable<KeyInput["trust"]>;

const scopes: readonly { readonly scope: Scope; readonly text: string }[] = [
  { scope: "read", text: "recall and read" },
  { scope: "write", text: "remember, edit, delete" },
  { scope: "feedback", text: "report what helped" },
  { scope: "curate", text: "merge, revert, tune" },
  { scope: "admin", text: "keys, import, export, erase" },
];
const usual: readonly Scope[] = ["read", "write", "feedback"];
const trustOptions: readonly { readonly value: Trust; readonly label: string }[] = [
  { value: "owner", label: "Owner" },
  { value: "verified", label: "Verified" },
  { value: "ordinary", label: "Ordinary" },
  { value: "low", label: "Low" },
];

const lifetimes = [
  { value: "never", label: "Until it is revoked", days: null },
  { value: "day", label: "For a day", days: 1 },
  { value: "month", label: "For 30 days", days: 30 },
  { value: "quarter", label: "For 90 days", days: 90 },
  { value: "year", label: "For a year", days: 365 },
] as const;
type Lifetime = (typeof lifetimes)[number]["value"];

export interface CreateKeyDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Asks for a name and rights, then shows the secret, once. */
export function CreateKeyDialog({ open, onOpenChange }: CreateKeyDialogProps) {
  const create = useVerb(verbs.createApiKey);
  const close = () => {
    create.reset();
    onOpenChange(false);
  };
  const created = create.data;
  return (
    <ShownOnceDialog
      open={open}
      onClose={close}
      asks={{
        title: "New API key",
        description: "Give each client its own, with no more rights than it needs.",
        action: "Make the key",
        form: "create-key",
      }}
      busy={create.isPending}
      made={
        created
          ? {
              title: "Copy the secret now",
              description: "It is not shown again; only a hash of it is kept.",
              label: "secret",
              code: created.secret,
            }
          : null
      }
    >
      <CreateKeyForm
        onCreate={(body) =>
          create.mutate({ body }, { onError: (error) => showFailure("No key was made", error) })
        }
      />
    </ShownOnceDialog>
  );
}

function CreateKeyForm({ onCreate }: { readonly onCreate: (input: KeyInput) => void }) {
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<readonly Scope[]>(usual);
  const [trust, setTrust] = useState<Trust>("ordinary");
  const [lifetime, setLifetime] = useState<Lifetime>("never");
  const toggle = (scope: Scope) =>
    setChosen(chosen.includes(scope) ? chosen.filter((other) => other !== scope) : [...chosen, scope]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "" || chosen.length === 0) return;
    const days = lifetimes.find(({ value }) => value === lifetime)?.days ?? null;
    onCreate({
      name: name.trim(),
      scopes: [...chosen],
      trust,
      ...(days === null ? {} : { expiresAt: new Date(Date.now() + days * DAY_MS).toISOString() }),
    });
  };
  return (
    <form id="create-key" className="flex flex-col gap-4" onSubmit={submit}>
      <Field label="Name" hint="Shown on the timeline beside everything it does.">
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
      <fieldset className="flex flex-col gap-1.5">
        <legend className="mb-1.5 text-sm font-medium">May</legend>
        {scopes.map(({ scope, text }) => (
          <label key={scope} className="flex min-h-6 items-center gap-2 text-sm">
            <Checkbox checked={chosen.includes(scope)} onCheckedChange={() => toggle(scope)} />
            {text} <span className="text-xs text-muted">{scope}</span>
          </label>
        ))}
      </fieldset>
      <Field label="Trust" hint="How far its signals can move one memory.">
        {(ids) => <Select id={ids.id} options={trustOptions} value={trust} onValueChange={setTrust} />}
      </Field>
      <Field label="Works">
        {(ids) => <Select id={ids.id} options={lifetimes} value={lifetime} onValueChange={setLifetime} />}
      </Field>
    </form>
  );
}
