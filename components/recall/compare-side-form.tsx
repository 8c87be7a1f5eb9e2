"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { queries } from "@/lib/client/queries";
import { writeDraft } from "../settings/draft";
import { parameterTitle } from "../settings/parameter-title";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Field } from "../ui/field";
import { IconButton } from "../ui/icon-button";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import {
  liveSide,
  modeLabels,
  modes,
  sideName,
  unlearnedSide,
  writeSide,
  type CompareSide,
} from "./compare-side";

export interface CompareSideFormProps {
  readonly letter: "A" | "B";
  readonly side: CompareSide;
  readonly onSideChange: (side: CompareSide) => void;
}

const modeOptions = modes.map((value) => ({ value, label: modeLabels[value] }));

/** What one side is asked with. */
export function CompareSideForm({ letter, side, onSideChange }: CompareSideFormProps) {
  return (
    <Card
      role="group"
      aria-label={`Side ${letter}`}
      title={`${letter}: ${sideName(side)}`}
      actions={
        writeSide(side) === null ? (
          <Button size="sm" onClick={() => onSideChange(unlearnedSide)}>
            Without what outcomes taught
          </Button>
        ) : (
          <Button size="sm" onClick={() => onSideChange(liveSide)}>
            Live settings
          </Button>
        )
      }
    >
      <div className="grid grid-cols-2 gap-3">
        <Field label="Routes">
          {({ id }) => (
            <Select
              id={id}
              label={`Routes of ${letter}`}
              className="w-full"
              options={modeOptions}
              value={side.mode}
              onValueChange={(mode) => onSideChange({ ...side, mode })}
            />
          )}
        </Field>
        <Field label="Valid as of">
          {(ids) => (
            <Input
              {...ids}
              type="date"
              value={side.at ?? ""}
              onChange={(event) => onSideChange({ ...side, at: event.target.value || null })}
            />
          )}
        </Field>
        <Field label="Store as it stood on" className="col-span-2">
          {(ids) => (
            <Input
              {...ids}
              type="date"
              value={side.stood ?? ""}
              onChange={(event) => onSideChange({ ...side, stood: event.target.value || null })}
            />
          )}
        </Field>
      </div>
      <Drafts letter={letter} side={side} onSideChange={onSideChange} />
      {side.at === null && side.stood === null ? null : (
        <p className="mt-2 text-xs text-muted">
          Facts that held on that day, found by all that is known and learned now. The store as it stood then
          knows and has learned no more than it had by the end of the day.
        </p>
      )}
    </Card>
  );
}

function Drafts({ letter, side, onSideChange }: CompareSideFormProps) {
  const parameters = useQuery(queries.parameters());
  const items = parameters.data?.items.filter((item) => item.name.startsWith("recall.")) ?? [];
  const set = (name: string, value: number) =>
    onSideChange({ ...side, drafts: { ...side.drafts, [name]: value } });
  const remove = (removed: string) =>
    onSideChange({
      ...side,
      drafts: Object.fromEntries(Object.entries(side.drafts).filter(([name]) => name !== removed)),
    });
  const draft = writeDraft(side.drafts);
  const free = items.filter((item) => !(item.name in side.drafts));
  return (
    <div className="mt-3 flex flex-col gap-2">
      {Object.entries(side.drafts).map(([name, value]) => {
        const known = items.find((item) => item.name === name);
        return (
          <div key={name} className="flex items-center gap-2 text-sm">
            <span className="min-w-0 flex-1 truncate" title={known?.effect}>
              {parameterTitle(name)}
              {known ? <span className="num text-xs text-muted"> live {known.value}</span> : null}
            </span>
            <DraftValue
              label={`${parameterTitle(name)} of ${letter}`}
              value={value}
              min={known?.min}
              max={known?.max}
              onCommit={(next) => set(name, next)}
            />
            <IconButton
              label={`Back to live: ${parameterTitle(name)}`}
              size="sm"
              onClick={() => remove(name)}
            >
              <X aria-hidden />
            </IconButton>
          </div>
        );
      })}
      {draft === null ? null : (
        <Link
          href={`/settings?${new URLSearchParams({ tab: "parameters", draft }).toString()}`}
          aria-label={`Open ${letter} as draft setting`}
          className="self-start rounded-xs text-sm text-accent underline-offset-2 hover:underline"
        >
          Open as draft setting
        </Link>
      )}
      <Select
        label={`Try another value in ${letter}`}
        placeholder="Try another value of …"
        className="w-full"
        options={free.map((item) => ({ value: item.name, label: parameterTitle(item.name) }))}
        value={undefined}
        onValueChange={(name) => set(name, items.find((item) => item.name === name)?.value ?? 0)}
      />
    </div>
  );
}

interface DraftValueProps {
  readonly label: string;
  readonly value: number;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly onCommit: (value: number) => void;
}

/** Taken when it is left or entered, so that no half-typed number is asked with. */
function DraftValue({ label, value, min, max, onCommit }: DraftValueProps) {
  const [typed, setTyped] = useState(String(value));
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setTyped(String(value));
  }
  const commit = () => {
    const next = Number(typed);
    const isFit = typed.trim() !== "" && next >= (min ?? -Infinity) && next <= (max ?? Infinity);
    if (isFit && next !== value) onCommit(next);
    else setTyped(String(value));
  };
  return (
    <Input
      type="number"
      step="any"
      aria-label={label}
      className="w-24"
      min={min}
      max={max}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => (event.key === "Enter" ? commit() : undefined)}
    />
  );
}
