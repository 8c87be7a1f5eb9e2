"use client";

import { KeyRound, RotateCcw } from "lucide-react";
import { useId, useState, type FormEvent } from "react";
import { useVerb, verbs } from "@/lib/client/mutations";
import { KeyTimes } from "../settings/api-key-row";
import { keyStanding } from "../settings/key-standing";
import { RevokeKeyDialog, type ApiKey } from "../settings/revoke-key-dialog";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { CodeBlock } from "../ui/code-block";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { showFailure } from "../ui/undo-toast";
import { useNow } from "../ui/use-now";
import { presets, type KeyInput, type Preset } from "./presets";

export interface KeyCardProps {
  readonly secret: string;
  /** The key that the secret belongs to, as far as the list of keys knows it. */
  readonly apiKey: ApiKey | null;
  readonly onSecretChange: (secret: string) => void;
}

export function KeyCard({ secret, apiKey, onSecretChange }: KeyCardProps) {
  return (
    <Card
      title="1. A key"
      description={
        secret === ""
          ? "What it may do, and the name that the timeline shows beside everything it does."
          : "It is filled in below. It is not shown again once you leave this page; only a hash of it is kept."
      }
    >
      {secret === "" ? (
        <NewKey onSecret={onSecretChange} />
      ) : (
        <ShownKey secret={secret} apiKey={apiKey} onForget={() => onSecretChange("")} />
      )}
    </Card>
  );
}

function NewKey({ onSecret }: { readonly onSecret: (secret: string) => void }) {
  const create = useVerb(verbs.createApiKey);
  const make = (body: KeyInput) =>
    create.mutate(
      { body },
      {
        onSuccess: (created) => onSecret(created.secret),
        onError: (error) => showFailure("No key was made", error),
      },
    );
  return (
    <div className="flex flex-col gap-4">
      <KeyForm isBusy={create.isPending} onMake={make} />
      <PasteKey onSecret={onSecret} />
    </div>
  );
}

interface KeyFormProps {
  readonly isBusy: boolean;
  readonly onMake: (body: KeyInput) => void;
}

function KeyForm({ isBusy, onMake }: KeyFormProps) {
  const [name, setName] = useState("");
  const [preset, setPreset] = useState<Preset>(presets[0]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onMake({ name: name.trim() || preset.name, scopes: [...preset.scopes] });
  };
  return (
    <form className="flex flex-col gap-4" onSubmit={submit}>
      <fieldset className="grid gap-2 sm:grid-cols-3">
        <legend className="sr-only">What it may do</legend>
        {presets.map((one) => (
          <PresetChoice
            key={one.id}
            preset={one}
            isChosen={one.id === preset.id}
            onChoose={() => setPreset(one)}
          />
        ))}
      </fieldset>
      <div className="flex flex-wrap items-end gap-2">
        <Field label="Name" className="min-w-0 flex-1 basis-48">
          {(ids) => (
            <Input
              {...ids}
              maxLength={100}
              placeholder={preset.name}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Button type="submit" variant="primary" busy={isBusy}>
          {isBusy ? null : <KeyRound aria-hidden />}
          Make a key
        </Button>
      </div>
    </form>
  );
}

interface PresetChoiceProps {
  readonly preset: Preset;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function PresetChoice({ preset, isChosen, onChoose }: PresetChoiceProps) {
  const id = useId();
  return (
    <label className="flex cursor-pointer gap-2.5 rounded-md border border-line-strong px-3 py-2.5 text-sm transition-colors duration-100 hover:bg-hover has-checked:border-accent-mark has-checked:bg-accent-soft">
      <input
        type="radio"
        name="preset"
        className="mt-0.5 size-4 shrink-0 accent-(--accent-solid)"
        checked={isChosen}
        aria-labelledby={id}
        aria-describedby={`${id}-may`}
        onChange={onChoose}
      />
      <span className="flex min-w-0 flex-col gap-0.5">
        <span id={id} className="font-medium">
          {preset.name}
        </span>
        <span id={`${id}-may`} className="text-xs text-pretty text-muted">
          {preset.may}
        </span>
      </span>
    </label>
  );
}

function PasteKey({ onSecret }: { readonly onSecret: (secret: string) => void }) {
  const [pasted, setPasted] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (pasted.trim() !== "") onSecret(pasted.trim());
  };
  return (
    <form className="flex flex-wrap items-center gap-2 border-t border-line pt-4" onSubmit={submit}>
      <span className="min-w-0 flex-1 basis-48">
        <Input
          aria-label="A key that you have"
          placeholder="Or paste a key that you have"
          autoComplete="off"
          spellCheck={false}
          className="font-mono text-xs"
          value={pasted}
          onChange={(event) => setPasted(event.target.value)}
        />
      </span>
      <Button type="submit" disabled={pasted.trim() === ""}>
        Use it here
      </Button>
    </form>
  );
}

interface ShownKeyProps {
  readonly secret: string;
  readonly apiKey: ApiKey | null;
  readonly onForget: () => void;
}

function ShownKey({ secret, apiKey, onForget }: ShownKeyProps) {
  const [doomed, setDoomed] = useState<ApiKey | null>(null);
  const now = useNow();
  const standing = apiKey === null ? null : keyStanding(apiKey, now);
  return (
    <div className="flex flex-col gap-3">
      <CodeBlock label="Key" code={secret} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
        {apiKey === null ? (
          <p className="min-w-0 flex-1 basis-56 text-xs text-muted">This workspace has no key like it.</p>
        ) : (
          <div className="flex min-w-0 flex-1 basis-56 flex-col gap-1">
            <p className="flex flex-wrap items-center gap-1">
              <span className="mr-1 font-medium wrap-anywhere">{apiKey.name}</span>
              {apiKey.scopes.map((scope) => (
                <Badge key={scope} tone="outline">
                  {scope}
                </Badge>
              ))}
              {standing === "revoked" ? <Badge tone="loss">Revoked</Badge> : null}
              {standing === "expired" ? <Badge tone="loss">Expired</Badge> : null}
            </p>
            <KeyTimes apiKey={apiKey} />
          </div>
        )}
        <div className="flex gap-2">
          {apiKey !== null && standing !== "revoked" ? (
            <Button size="sm" onClick={() => setDoomed(apiKey)}>
              Revoke…
            </Button>
          ) : null}
          <Button size="sm" onClick={onForget}>
            <RotateCcw aria-hidden />
            Another key
          </Button>
        </div>
      </div>
      <RevokeKeyDialog apiKey={doomed} onClose={() => setDoomed(null)} />
    </div>
  );
}
