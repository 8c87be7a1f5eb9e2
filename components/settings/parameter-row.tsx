"use client";

import { useQueryClient } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import { useId, useState, type FormEvent } from "react";
import { undoGroup, useVerb, verbs } from "@/lib/client/mutations";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { IconButton } from "../ui/icon-button";
import { Input } from "../ui/input";
import { RelativeTime } from "../ui/relative-time";
import { showDone, showFailure, showUndo } from "../ui/undo-toast";
import type { Parameter } from "./parameter-list";

/** One tunable: what raising it does, its range, who moved it last, and the way back to its default. */
export function ParameterRow({ parameter }: { readonly parameter: Parameter }) {
  const { name, effect, min, max, unit, source } = parameter;
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
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-(--card-pad) py-3">
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-center gap-2">
          <code className="font-mono text-xs wrap-anywhere">{name}</code>
          {isTuned ? <Badge tone="accent">Tuned</Badge> : null}
        </p>
        <p id={effectId} className="text-sm">
          <span className="text-muted">Raising it: </span>
          {effect}
        </p>
        <p className="text-xs text-muted">
          <span className="num">
            {min} to {max}
          </span>{" "}
          {unit}, default <span className="num">{parameter.default}</span> ({source})
          {parameter.changedAt ? (
            <>
              . Set by {parameter.changedBy ?? "somebody"} <RelativeTime at={parameter.changedAt} />
            </>
          ) : null}
        </p>
      </div>
      <form className="flex items-center gap-1.5" onSubmit={submit}>
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
        <Button type="submit" size="sm" busy={tune.isBusy} disabled={!isChanged || !isInRange}>
          Set
        </Button>
        <IconButton
          label={`Reset ${name} to ${parameter.default}`}
          size="sm"
          disabled={!isTuned}
          onClick={() => void tune.to(parameter.default)}
        >
          <RotateCcw aria-hidden />
        </IconButton>
      </form>
    </li>
  );
}

/** Tuning is a change: at once, with undo, and refused when somebody else tuned it meanwhile. */
function useTune({ name, seq }: Parameter) {
  const client = useQueryClient();
  const set = useVerb(verbs.setParameter);
  const to = async (value: number) => {
    try {
      const { changes } = await set.mutateAsync({ params: { name }, body: { value, expectedSeq: seq } });
      const groupId = changes[0]?.groupId;
      if (groupId === undefined) return showDone("It had that value already");
      showUndo({
        message: `Set ${name} to ${value}`,
        onUndo: () => undoGroup(client, groupId),
        timelineHref: `/timeline?group=${groupId}`,
      });
    } catch (error) {
      showFailure("The parameter was not changed", error);
    }
  };
  return { to, isBusy: set.isPending };
}
