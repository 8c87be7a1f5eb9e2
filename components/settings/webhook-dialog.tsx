"use client";

import { useState, type FormEvent } from "react";
import type { CallInput } from "@/lib/client/api";
import { useVerb, verbs } from "@/lib/client/mutations";
import { Checkbox } from "../ui/checkbox";
import { describeFailure } from "../ui/failure";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { ShownOnceDialog } from "./shown-once-dialog";

type Input_ = CallInput<"webhooks.create">["body"];
type Wanted = NonNullable<Input_["events"]>[number];

const choices: readonly { readonly event: Wanted; readonly text: string }[] = [
  { event: "change.*", text: "every change of the ledger" },
  { event: "cycle.*", text: "how improvement cycles go" },
  { event: "proposal.waiting", text: "what waits for a person" },
];

export interface WebhookDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Asks where to and of what, then shows the signing secret, once. The server refuses addresses it must not call. */
export function WebhookDialog({ open, onOpenChange }: WebhookDialogProps) {
  const create = useVerb(verbs.createWebhook);
  const close = () => {
    create.reset();
    onOpenChange(false);
  };
  const made = create.data;
  return (
    <ShownOnceDialog
      open={open}
      onClose={close}
      asks={{
        title: "New webhook",
        description: "It is told of what happens from now on.",
        action: "Make it",
        form: "webhook",
      }}
      busy={create.isPending}
      made={
        made
          ? {
              title: "Copy the secret now",
              description:
                "Check each message's signature with it (Standard Webhooks). It is not shown again.",
              label: "signing secret",
              code: made.secret,
            }
          : null
      }
    >
      <WebhookForm
        problem={create.isError ? describeFailure(create.error).message : undefined}
        onCreate={(body) => create.mutate({ body })}
      />
    </ShownOnceDialog>
  );
}

interface WebhookFormProps {
  readonly problem: string | undefined;
  readonly onCreate: (input: Input_) => void;
}

function WebhookForm({ problem, onCreate }: WebhookFormProps) {
  const [url, setUrl] = useState("");
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<readonly Wanted[]>(choices.map(({ event }) => event));
  const toggle = (event: Wanted) =>
    setChosen(chosen.includes(event) ? chosen.filter((other) => other !== event) : [...chosen, event]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen.length === 0) return;
    onCreate({
      url: url.trim(),
      events: chosen.length === choices.length ? ["*"] : [...chosen],
      ...(name.trim() === "" ? {} : { name: name.trim() }),
    });
  };
  return (
    <form id="webhook" className="flex flex-col gap-4" onSubmit={submit}>
      <Field
        label="Address"
        hint="Must be reachable from this server and not lead into its own network."
        error={problem}
      >
        {(ids) => (
          <Input
            {...ids}
            data-autofocus
            type="url"
            required
            placeholder="https://example.org/palimpsest"
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
        )}
      </Field>
      <Field label="Name" hint="Its host when left empty.">
        {(ids) => (
          <Input {...ids} maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <fieldset className="flex flex-col gap-1.5">
        <legend className="mb-1.5 text-sm font-medium">Tell it of</legend>
        {choices.map(({ event, text }) => (
          <label key={event} className="flex min-h-6 items-center gap-2 text-sm">
            <Checkbox checked={chosen.includes(event)} onCheckedChange={() => toggle(event)} />
            {text} <span className="text-xs text-muted">{event}</span>
          </label>
        ))}
      </fieldset>
    </form>
  );
}
