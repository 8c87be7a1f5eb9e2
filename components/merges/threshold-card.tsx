"use client";

import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { Parameter } from "@/components/settings/parameter-list";
import { useTune } from "@/components/settings/use-tune";
import { Writable } from "@/components/shell/writable";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { DataPanel } from "@/components/ui/data-panel";
import { Skeleton } from "@/components/ui/skeleton";
import { queries } from "@/lib/client/queries";
import { formatPercent } from "@/lib/format/number";
import { ThresholdChart } from "./threshold-chart";
import { LEAST_CERTAIN, MOST_CERTAIN, thresholdEffect, type JudgedMerge } from "./threshold-shape";
import { useJudgedMerges } from "./use-judged-merges";

const NAME = "cycle.auto.merge";
const STEP = 0.01;

/** The threshold above which merges apply themselves, tuned by looking at one's own decisions. */
export function ThresholdCard() {
  const parameters = useQuery(queries.parameters());
  const { merges, isPending } = useJudgedMerges();
  const parameter = parameters.data?.items.find(({ name }) => name === NAME);
  return (
    <Card
      title="When merges apply themselves"
      description="Your own decisions, by how sure the engine was. Everything surer than the line is merged without asking."
      className="min-h-72"
    >
      <DataPanel
        query={{ ...parameters, data: isPending ? undefined : parameter }}
        failureTitle="The threshold could not be read"
        skeleton={<Skeleton className="h-40" />}
      >
        {(known) => <Tuner key={known.seq} parameter={known} merges={merges} />}
      </DataPanel>
    </Card>
  );
}

interface TunerProps {
  readonly parameter: Parameter;
  readonly merges: readonly JudgedMerge[];
}

function Tuner({ parameter, merges }: TunerProps) {
  const [draft, setDraft] = useState(parameter.value);
  const tune = useTune(parameter);
  const id = useId();
  const isChanged = draft !== parameter.value;
  return (
    <div className="flex flex-col gap-3">
      <ThresholdChart merges={merges} threshold={parameter.value} draft={draft} />
      <Writable>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <label htmlFor={id} className="min-w-0 flex-1 text-sm">
            Threshold <strong className="num font-semibold">{labelOf(draft)}</strong>
          </label>
          <input
            id={id}
            type="range"
            min={LEAST_CERTAIN}
            max={MOST_CERTAIN}
            step={STEP}
            value={draft}
            aria-valuetext={labelOf(draft)}
            onChange={(event) => setDraft(Number(event.target.value))}
            className="-order-1 -mx-2 h-6 w-[calc(100%+1rem)] pointer-coarse:h-8 accent-accent-mark"
          />
          <span className="flex gap-2">
            {isChanged ? (
              <Button size="sm" variant="ghost" onClick={() => setDraft(parameter.value)}>
                Discard
              </Button>
            ) : null}
            <Button
              size="sm"
              variant={isChanged ? "primary" : "secondary"}
              disabled={!isChanged}
              busy={tune.isBusy}
              onClick={() => void tune.to(draft)}
            >
              Save the threshold
            </Button>
          </span>
        </div>
      </Writable>
      <p role="status" className="num text-sm text-muted">
        {thresholdEffect(merges, parameter.value, draft)}
      </p>
    </div>
  );
}

const labelOf = (certainty: number): string => (certainty > 1 ? "never" : formatPercent(certainty));
