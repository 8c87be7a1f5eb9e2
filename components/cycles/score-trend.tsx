"use client";

import { useRef } from "react";
import { ChartFrame, ChartLegend } from "@/components/charts/chart-frame";
import { gridLook, ink, initialDimension } from "@/components/charts/chart-theme";
import { useWidth } from "@/components/charts/use-width";
import { Card } from "@/components/ui/card";
import { formatDecimal } from "@/lib/format/number";
import type { CycleSummary } from "./cycle-words";
import { trendPoints, trendSummary, trendTable, type TrendPoint } from "./score-trend-shape";

const HEIGHT = 148;
const EDGE = { left: 34, right: 14, top: 22, bottom: 34 } as const;
const TICKS = [0, 0.5, 1] as const;
const TEXT_PX = 11;
/** More names than this would run into each other. */
const MOST_NAMES = 12;
const FEWEST = 2;

const up = (share: number): number => EDGE.top + (1 - share) * (HEIGHT - EDGE.top - EDGE.bottom);

/** How good judged recalls were as each cycle found them; a hollow mark was taken back. */
export function ScoreTrend({ cycles }: { readonly cycles: readonly CycleSummary[] }) {
  const points = trendPoints(cycles);
  if (points.length < FEWEST) return null;
  return (
    <Card
      title="Quality over the cycles"
      description="Judged recalls as each cycle found them, with their 95% interval."
    >
      <ChartFrame
        title="nDCG of judged recalls by cycle"
        summary={trendSummary(points)}
        table={trendTable(points)}
        heightPx={HEIGHT}
        legend={
          <ChartLegend
            entries={[
              { label: "In force; hollow: taken back since", swatch: "line", color: ink.accent },
              { label: "Frozen arm", swatch: "dashed", color: ink.slate },
            ]}
          />
        }
      >
        <Picture points={points} />
      </ChartFrame>
    </Card>
  );
}

/** Drawn as wide as its box is, so that marks stay round and words keep their shape. */
function Picture({ points }: { readonly points: readonly TrendPoint[] }) {
  const box = useRef<HTMLDivElement>(null);
  const widthPx = useWidth(box) ?? initialDimension.width;
  const [from, until] = [EDGE.left, widthPx - EDGE.right];
  const across = (place: number) => from + (place / (points.length - 1)) * (until - from);
  const every = Math.ceil(points.length / MOST_NAMES);
  const lines = [
    { values: points.map(({ frozen }) => frozen), stroke: ink.slate, strokeDasharray: "4 3" },
    { values: points.map(({ ndcg }) => ndcg), stroke: ink.accent, strokeWidth: 1.5 },
  ];
  return (
    <div ref={box} className="h-full">
      <svg width="100%" height={HEIGHT}>
        <Grid untilX={until} />
        {lines.map(({ values, ...look }) => (
          <path key={look.stroke} d={lineOf(values, across)} fill="none" {...look} />
        ))}
        {points.map((point, place) => (
          <Mark key={point.id} point={point} x={across(place)} isNamed={place % every === 0} />
        ))}
      </svg>
    </div>
  );
}

function lineOf(values: readonly (number | null)[], across: (place: number) => number): string {
  const known = values.flatMap((value, place) => (value === null ? [] : [`${across(place)} ${up(value)}`]));
  return known.length < FEWEST ? "" : `M ${known.join(" L ")}`;
}

function Grid({ untilX }: { readonly untilX: number }) {
  return (
    <g fontSize={TEXT_PX} fill={ink.text}>
      {TICKS.map((tick) => (
        <g key={tick}>
          <line
            x1={EDGE.left}
            x2={untilX}
            y1={up(tick)}
            y2={up(tick)}
            stroke={ink.grid}
            strokeDasharray={gridLook.strokeDasharray}
          />
          <text x={EDGE.left - 8} y={up(tick) + 4} textAnchor="end">
            {formatDecimal(tick, 1)}
          </text>
        </g>
      ))}
      <text x={0} y={TEXT_PX}>
        nDCG@10
      </text>
      <text x={untilX} y={HEIGHT - 2} textAnchor="end">
        cycle
      </text>
    </g>
  );
}

interface MarkProps {
  readonly point: TrendPoint;
  readonly x: number;
  readonly isNamed: boolean;
}

function Mark({ point: { number, ndcg, low, high, state }, x, isNamed }: MarkProps) {
  const isOut = state === "reverted" || state === "failed";
  return (
    <g>
      <title>{`Cycle ${number}: nDCG ${formatDecimal(ndcg)}, ${state}`}</title>
      <line x1={x} x2={x} y1={up(low)} y2={up(high)} stroke={ink.accent} strokeOpacity={0.35} />
      <circle
        cx={x}
        cy={up(ndcg)}
        r={4}
        fill={isOut ? ink.surface : ink.accent}
        stroke={isOut ? ink.reverted : ink.accent}
        strokeWidth={1.5}
      />
      {isNamed ? (
        <text x={x} y={HEIGHT - EDGE.bottom + 18} textAnchor="middle" fontSize={TEXT_PX} fill={ink.text}>
          {number}
        </text>
      ) : null}
    </g>
  );
}
