"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "../ui/skeleton";

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

export const ConfidenceBand = dynamic(
  () => import("./confidence-band").then((module) => module.ConfidenceBand),
  { ssr: false, loading: Middle },
);
export const FlowChart = dynamic(() => import("./flow-chart").then((module) => module.FlowChart), {
  ssr: false,
  loading: Middle,
});
export const Histogram = dynamic(() => import("./histogram").then((module) => module.Histogram), {
  ssr: false,
  loading: Middle,
});
export const PulseChart = dynamic(() => import("./pulse-chart").then((module) => module.PulseChart), {
  ssr: false,
  loading: Low,
});
export const ConfidenceTrend = dynamic(
  () => import("./confidence-trend").then((module) => module.ConfidenceTrend),
  { ssr: false, loading: Tall },
);
export const Waterfall = dynamic(() => import("./waterfall").then((module) => module.Waterfall), {
  ssr: false,
  loading: Low,
});
export const QualityChart = dynamic(() => import("./quality-chart").then((module) => module.QualityChart), {
  ssr: false,
  loading: Middle,
});
export const ReliabilityCurve = dynamic(
  () => import("./reliability-curve").then((module) => module.ReliabilityCurve),
  { ssr: false, loading: Middle },
);
export const CauseDays = dynamic(() => import("./cause-days").then((module) => module.CauseDays), {
  ssr: false,
  loading: Middle,
});
