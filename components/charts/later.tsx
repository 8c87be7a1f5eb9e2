"use client";

import { Skeleton } from "../ui/skeleton";
import { drawnInTurn } from "./in-turn";

/*
 * The charts as pages use them: their code, a third of what a page would otherwise load, is fetched after the page stands,
 * and a skeleton of the same height keeps its place.
 */
const Middle = () => <Waiting className="h-[18.5rem]" />;
const Tall = () => <Waiting className="h-[21rem]" />;
const Low = () => <Waiting className="h-60" />;

function Waiting({ className }: { readonly className: string }) {
  return (
    <div aria-busy="true" className="appear-late">
      <Skeleton className={className} />
    </div>
  );
}

export const ConfidenceBand = drawnInTurn(
  () => import("./confidence-band").then((module) => module.ConfidenceBand),
  Middle,
);
export const FlowChart = drawnInTurn(() => import("./flow-chart").then((module) => module.FlowChart), Middle);
export const Histogram = drawnInTurn(() => import("./histogram").then((module) => module.Histogram), Middle);
export const PulseChart = drawnInTurn(() => import("./pulse-chart").then((module) => module.PulseChart), Low);
export const ConfidenceTrend = drawnInTurn(
  () => import("./confidence-trend").then((module) => module.ConfidenceTrend),
  Tall,
);
export const Waterfall = drawnInTurn(() => import("./waterfall").then((module) => module.Waterfall), Low);
export const QualityChart = drawnInTurn(
  () => import("./quality-chart").then((module) => module.QualityChart),
  Middle,
);
export const ReliabilityCurve = drawnInTurn(
  () => import("./reliability-curve").then((module) => module.ReliabilityCurve),
  Middle,
);
export const CauseDays = drawnInTurn(() => import("./cause-days").then((module) => module.CauseDays), Middle);
