"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleHelp, X } from "lucide-react";
import { useState } from "react";
import { MemorySearch } from "@/components/merges/memory-search";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { DataPanel } from "@/components/ui/data-panel";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { ScoreTable } from "@/components/ui/score-bar";
import type { RecallInput } from "@/lib/client/keys";
import { queries } from "@/lib/client/queries";
import { formatDecimal } from "@/lib/format/number";
import { stageName } from "./stage-names";
import type { Recalled } from "./use-recall";

export interface WhyNotProps {
  readonly input: NonNullable<RecallInput>;
  readonly target: string | null;
  readonly onTargetChange: (target: string | null) => void;
}

/** Where one chosen memory fell out of this recall, and the smallest change that would bring it in. Looking, not asking: it is not logged. */
export function WhyNot({ input, target, onTargetChange }: WhyNotProps) {
  return (
    <Card
      title="Why not this one?"
      description="Choose a memory that you expected. This looks only; it is not logged."
      actions={
        target === null ? undefined : (
          <IconButton label="Ask about another memory" size="sm" onClick={() => onTargetChange(null)}>
            <X aria-hidden />
          </IconButton>
        )
      }
    >
      {target === null ? (
        <ChooseTarget onChoose={onTargetChange} />
      ) : (
        <TargetAnswer input={input} target={target} />
      )}
    </Card>
  );
}

function ChooseTarget({ onChoose }: { readonly onChoose: (id: string) => void }) {
  const [isOpen, setOpen] = useState(false);
  const [id, setId] = useState("");
  if (!isOpen) {
    return (
      <Button size="sm" onClick={() => setOpen(true)}>
        <CircleHelp aria-hidden />
        Choose a memory
      </Button>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      <MemorySearch
        label="Find the memory by its words"
        verb="Ask"
        onChoose={(memory) => onChoose(memory.id)}
      />
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (id.trim() !== "") onChoose(id.trim());
        }}
      >
        <Input
          aria-label="Or its id"
          placeholder="Or its id"
          value={id}
          onChange={(event) => setId(event.target.value)}
        />
        <Button type="submit">Ask</Button>
      </form>
    </div>
  );
}

function TargetAnswer({ input, target }: Pick<WhyNotProps, "input"> & { readonly target: string }) {
  const query = useQuery(queries.recallPreview({ ...input, explain: true, target }));
  return (
    <DataPanel query={query} failureTitle="The recall could not be explained">
      {(data) => <Verdict told={data.explanation?.target ?? null} />}
    </DataPanel>
  );
}

function Verdict({ told }: { readonly told: NonNullable<Recalled["explanation"]>["target"] }) {
  if (told === null) return <p className="text-sm text-muted">This memory is not in the workspace.</p>;
  return (
    <div className="flex flex-col gap-3 text-sm">
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone={told.found ? "gain" : "contested"}>
          {told.found ? `Shown at rank ${told.rank ?? "–"}` : `Fell out before “${stageName(told.stage)}”`}
        </Badge>
        <span className="min-w-0 flex-1 basis-64">{told.reason}</span>
      </p>
      {told.remedy === "" ? null : (
        <p className="rounded-md bg-accent-soft px-3 py-2">
          <strong className="font-semibold">What would bring it in: </strong>
          {told.remedy}
        </p>
      )}
      {told.score === null ? null : (
        <p className="num text-muted">
          Score {formatDecimal(told.score, 3)}; the lowest that was shown has{" "}
          {formatDecimal(told.lowestShownScore, 3)}.
        </p>
      )}
      {told.parts ? <ScoreTable parts={told.parts} /> : null}
    </div>
  );
}
