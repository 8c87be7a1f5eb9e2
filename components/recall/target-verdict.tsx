"use client";

import { useQuery } from "@tanstack/react-query";
import { Badge } from "@/components/ui/badge";
import { DataPanel } from "@/components/ui/data-panel";
import { ScoreTable } from "@/components/ui/score-bar";
import type { RecallInput } from "@/lib/client/keys";
import { queries } from "@/lib/client/queries";
import { formatDecimal } from "@/lib/format/number";
import { stageName } from "./stage-names";
import type { Recalled } from "./use-recall";

export interface TargetVerdictProps {
  readonly input: NonNullable<RecallInput>;
  readonly target: string;
}

/** Where one memory stands in a recall or where it fell out of it, and the smallest change that would bring it in. Looking, not asking: it is not logged. */
export function TargetVerdict({ input, target }: TargetVerdictProps) {
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
