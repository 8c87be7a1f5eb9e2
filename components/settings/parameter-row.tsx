"use client";

import { ArrowUp, RotateCcw } from "lucide-react";
import { useId, useState } from "react";
import { Writable } from "../shell/writable";
import { Badge } from "../ui/badge";
import { cn } from "../ui/cn";
import { IconButton } from "../ui/icon-button";
import { formatCount, formatDecimal } from "@/lib/format/number";
import { Input } from "../ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "../ui/popover";
import { RelativeTime } from "../ui/relative-time";
import type { Parameter } from "./parameter-list";
import { parameterTitle } from "./parameter-title";

export interface ParameterRowProps {
  readonly parameter: Parameter;
  /** What is tried out instead of the value in force. */
  readonly drafted: number | undefined;
  readonly onDraft: (next: number) => void;
}

/** One tunable: what raising it does, its range, who moved it last, and the way back to its default. */
export function ParameterRow({ parameter, drafted, onDraft }: ParameterRowProps) {
  const { name, effect } = parameter;
  const effectId = useId();
  const isTuned = parameter.value !== parameter.default;
  return (
    <li
      className={cn(
        "flex flex-wrap items-center gap-x-4 gap-y-2 px-(--card-pad) py-(--row-y)",
        drafted !== undefined && "bg-accent-soft",
      )}
    >
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="text-sm font-medium">{parameterTitle(name)}</span>
          {isTuned ? <Badge tone="accent">Tuned</Badge> : null}
        </p>
        <p id={effectId} className="text-xs text-pretty text-muted">
          <ArrowUp aria-label="Raising it:" className="mr-1 inline size-3 align-[-1px]" />
          {effect}
        </p>
        {parameter.changedAt && isTuned ? (
          <p className="text-xs text-muted">
            Set by {actorName(parameter.changedBy)} <RelativeTime at={parameter.changedAt} />
          </p>
        ) : null}
      </div>
      <div className="flex items-center justify-between gap-x-4 max-sm:w-full">
        <AboutParameter parameter={parameter} />
        <Writable>
          <ValueField
            // A value that moved elsewhere replaces what was being typed here.
            key={`${parameter.value}=${drafted === undefined}`}
            parameter={parameter}
            drafted={drafted}
            onDraft={onDraft}
            describedBy={effectId}
          />
        </Writable>
      </div>
    </li>
  );
}

function ValueField({
  parameter,
  drafted,
  onDraft,
  describedBy,
}: ParameterRowProps & { readonly describedBy: string }) {
  const { name, min, max } = parameter;
  const [typed, setTyped] = useState(String(drafted ?? parameter.value));
  const next = Number(typed);
  const isInRange = typed.trim() !== "" && next >= min && next <= max;
  const type = (text: string) => {
    setTyped(text);
    const value = Number(text);
    if (text.trim() !== "" && value >= min && value <= max) onDraft(value);
  };
  const back = drafted === undefined ? parameter.default : parameter.value;
  return (
    <div className="flex w-36 items-center justify-end gap-1.5">
      {(drafted ?? parameter.value) === back ? null : (
        <IconButton
          label={drafted === undefined ? `Draft the default of ${name}, ${back}` : `Back to ${back}`}
          size="sm"
          onClick={() => onDraft(back)}
        >
          <RotateCcw aria-hidden />
        </IconButton>
      )}
      <Input
        type="number"
        step="any"
        min={min}
        max={max}
        aria-label={name}
        aria-describedby={describedBy}
        aria-invalid={isInRange ? undefined : true}
        value={typed}
        onChange={(event) => type(event.target.value)}
        className="num w-24 text-right"
      />
    </div>
  );
}

/** Range, unit, default, and where that default comes from. */
function AboutParameter({ parameter }: { readonly parameter: Parameter }) {
  const { name, min, max, unit, source } = parameter;
  return (
    <Popover>
      <PopoverTrigger className="num rounded-xs text-right text-xs text-muted underline decoration-line-control decoration-dotted underline-offset-[3px] hover:decoration-ink max-sm:text-left">
        {formatRange(min, max)} {unitText(unit)}
      </PopoverTrigger>
      <PopoverContent aria-label={`About ${name}`} align="end" className="flex flex-col gap-2 text-sm">
        <p className="font-semibold">{parameterTitle(name)}</p>
        <dl className="num grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-xs">
          <dt className="text-muted">Range</dt>
          <dd>
            {formatRange(min, max)} {unitText(unit)}
          </dd>
          <dt className="text-muted">Name</dt>
          <dd className="font-mono wrap-anywhere">{name}</dd>
          <dt className="text-muted">Default</dt>
          <dd>{parameter.default}</dd>
          <dt className="text-muted">Why so</dt>
          <dd className="text-pretty">{source}</dd>
        </dl>
      </PopoverContent>
    </Popover>
  );
}

const formatRange = (min: number, max: number): string => `${boundText(min)} to ${boundText(max)}`;

/** A bound is what may be typed, so it is never rounded. */
const boundText = (bound: number): string =>
  Number.isInteger(bound) ? formatCount(bound) : formatDecimal(bound, digitsOf(bound));

const digitsOf = (amount: number): number => String(amount).split(".")[1]?.length ?? 0;

/** Pure numbers carry the unit 1, which nobody reads as one. */
const unitText = (unit: string): string => (unit === "1" ? "" : unit);

/** An actor is `type:id`; the id of a key tells a person nothing. */
function actorName(actor: string | null): string {
  const type = actor?.split(":")[0];
  if (type === "person") return "you";
  if (type === "key") return "an API key";
  return type === "cycle" ? "an improvement cycle" : "Palimpsest";
}
