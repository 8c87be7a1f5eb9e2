"use client";

import { ArrowUp, RotateCcw } from "lucide-react";
import { useId, useState, type FormEvent } from "react";
import { Writable } from "../shell/writable";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { IconButton } from "../ui/icon-button";
import { formatCompact } from "@/lib/format/number";
import { Input } from "../ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "../ui/popover";
import { RelativeTime } from "../ui/relative-time";
import type { Parameter } from "./parameter-list";
import { parameterTitle } from "./parameter-title";
import { useTune } from "./use-tune";

/** One tunable: what raising it does, its range, who moved it last, and the way back to its default. */
export function ParameterRow({ parameter }: { readonly parameter: Parameter }) {
  const { name, effect, min, max } = parameter;
  const tune = useTune(parameter);
  const [typed, setTyped] = useState(String(parameter.value));
  const effectId = useId();
  const next = Number(typed);
  const isInRange = typed.trim() !== "" && next >= min && next <= max;
  const isChanged = next !== parameter.value;
  const isTuned = parameter.value !== parameter.default;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isInRange && isChanged) void tune.to(next);
  };
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-(--card-pad) py-2.5">
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="text-sm font-medium">{parameterTitle(name)}</span>
          <code className="font-mono text-2xs wrap-anywhere text-muted">{name}</code>
          {isTuned ? <Badge tone="accent">Tuned</Badge> : null}
        </p>
        <p id={effectId} className="text-xs text-muted">
          <ArrowUp aria-label="Raising it:" className="mr-1 inline size-3 align-[-1px]" />
          {effect}
        </p>
        {parameter.changedAt && isTuned ? (
          <p className="text-xs text-muted">
            Set by {actorName(parameter.changedBy)} <RelativeTime at={parameter.changedAt} />
          </p>
        ) : null}
      </div>
      <AboutParameter parameter={parameter} />
      <Writable>
        <form className="flex w-40 items-center justify-end gap-1.5" onSubmit={submit}>
          {isTuned && !isChanged ? (
            <IconButton
              label={`Reset ${name} to ${parameter.default}`}
              size="sm"
              onClick={() => void tune.to(parameter.default)}
            >
              <RotateCcw aria-hidden />
            </IconButton>
          ) : null}
          {isChanged ? (
            <Button type="submit" size="sm" variant="primary" busy={tune.isBusy} disabled={!isInRange}>
              Set
            </Button>
          ) : null}
          <Input
            type="number"
            step="any"
            min={min}
            max={max}
            aria-label={name}
            aria-describedby={effectId}
            aria-invalid={isInRange ? undefined : true}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            className="num w-24 text-right"
          />
        </form>
      </Writable>
    </li>
  );
}

/** Range, unit, default, and where that default comes from. */
function AboutParameter({ parameter }: { readonly parameter: Parameter }) {
  const { name, min, max, unit, source } = parameter;
  return (
    <Popover>
      <PopoverTrigger className="num rounded-xs text-right text-xs text-muted underline decoration-line-control decoration-dotted underline-offset-[3px] hover:decoration-ink max-sm:text-left">
        {formatCompactRange(min, max)} {unit}
      </PopoverTrigger>
      <PopoverContent aria-label={`About ${name}`} align="end" className="flex flex-col gap-2 text-sm">
        <p className="font-semibold">{parameterTitle(name)}</p>
        <dl className="num grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-xs">
          <dt className="text-muted">Range</dt>
          <dd>
            {min} to {max} {unit}
          </dd>
          <dt className="text-muted">Default</dt>
          <dd>{parameter.default}</dd>
          <dt className="text-muted">Why so</dt>
          <dd className="text-pretty">{source}</dd>
        </dl>
      </PopoverContent>
    </Popover>
  );
}

const formatCompactRange = (min: number, max: number): string =>
  `${formatCompact(min)} – ${formatCompact(max)}`;

/** An actor is `type:id`; the id of a key tells a person nothing. */
function actorName(actor: string | null): string {
  const type = actor?.split(":")[0];
  if (type === "person") return "you";
  if (type === "key") return "an API key";
  return type === "cycle" ? "an improvement cycle" : "Palimpsest";
}
