"use client";

import { useQuery } from "@tanstack/react-query";
import { queries } from "@/lib/client/queries";
import { plural } from "@/lib/format/number";
import { Card } from "../ui/card";
import { DataPanel } from "../ui/data-panel";
import { compareCosts, formatPrice, ratioSentence, type Side } from "./cost-shape";
import { PriceField } from "./price-field";
import { usePrices } from "./prices";

export interface TuningCostsProps {
  readonly outcomes: number;
  readonly modelFailures: number;
}

/** What one improvement cycle costs against one fine-tuning run, at prices that only the person knows. */
export function TuningCosts({ outcomes, modelFailures }: TuningCostsProps) {
  const cost = useQuery(queries.cost());
  const prices = usePrices();
  return (
    <Card
      title="One improvement cycle against one fine-tuning run"
      description="Your own prices, in your currency. They stay in this browser and are sent nowhere."
    >
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <PriceField name="machineHour" label="Machine, per hour" />
        <PriceField name="modelCall" label="Model, per call" />
        <PriceField name="callsPerCycle" label="Model calls per cycle" />
        <PriceField name="fineTuningRun" label="Fine-tuning, per run" />
      </div>
      <DataPanel query={cost} failureTitle="The measured times could not be loaded" className="mt-4">
        {({ cpu }) => {
          const sides = compareCosts(prices, cpu, outcomes);
          return (
            <div className="flex flex-col gap-3">
              <div className="grid gap-3 sm:grid-cols-2">
                <SideFigure name="One improvement cycle" side={sides.cycle} />
                <SideFigure name="One fine-tuning run" side={sides.tuning} />
              </div>
              <p className="text-sm text-pretty">
                {ratioSentence(sides)}{" "}
                <span className="text-muted">
                  They do not mend the same thing: a cycle changes what is recalled, a run changes the model.
                  Here the signals speak for the model in {plural(modelFailures, "failure")}.
                </span>
              </p>
            </div>
          );
        }}
      </DataPanel>
    </Card>
  );
}

function SideFigure({ name, side }: { readonly name: string; readonly side: Side }) {
  return (
    <div className="rounded-md border border-line px-3 py-2">
      <p className="text-xs font-medium text-muted">{name}</p>
      <p className="num text-xl font-semibold">{formatPrice(side.price)}</p>
      <p className="num text-xs text-pretty text-muted">{side.how}</p>
    </div>
  );
}
