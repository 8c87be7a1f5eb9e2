import { ChartFrame, ChartLegend } from "@/components/charts/chart-frame";
import { ink } from "@/components/charts/chart-theme";
import { Card } from "@/components/ui/card";
import { formatDecimal } from "@/lib/format/number";
import type { CycleSummary } from "./cycle-words";
import { trendPoints, trendSummary, trendTable, type TrendPoint } from "./score-trend-shape";

const [WIDTH, HEIGHT] = [640, 132];
const EDGE = { left: 30, right: 12, top: 10, bottom: 20 } as const;
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
  const across = (place: number) =>
    EDGE.left + (place / (points.length - 1)) * (WIDTH - EDGE.left - EDGE.right);
  const every = Math.ceil(points.length / MOST_NAMES);
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
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className="h-full w-full">
          <Grid />
          <path
            d={lineOf(
              points.map(({ frozen }) => frozen),
              across,
            )}
            fill="none"
            stroke={ink.slate}
            strokeDasharray="4 3"
          />
          <path
            d={lineOf(
              points.map(({ ndcg }) => ndcg),
              across,
            )}
            fill="none"
            stroke={ink.accent}
            strokeWidth={1.5}
          />
          {points.map((point, place) => (
            <Mark key={point.id} point={point} x={across(place)} isNamed={place % every === 0} />
          ))}
        </svg>
      </ChartFrame>
    </Card>
  );
}

function lineOf(values: readonly (number | null)[], across: (place: number) => number): string {
  const known = values.flatMap((value, place) => (value === null ? [] : [`${across(place)} ${up(value)}`]));
  return known.length < FEWEST ? "" : `M ${known.join(" L ")}`;
}

function Grid() {
  return (
    <g fontSize={TEXT_PX} fill={ink.text}>
      {TICKS.map((tick) => (
        <g key={tick}>
          <line x1={EDGE.left} x2={WIDTH - EDGE.right} y1={up(tick)} y2={up(tick)} stroke={ink.grid} />
          <text x={EDGE.left - 6} y={up(tick) + 4} textAnchor="end">
            {tick}
          </text>
        </g>
      ))}
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
        <text x={x} y={HEIGHT - 4} textAnchor="middle" fontSize={TEXT_PX} fill={ink.text}>
          {number}
        </text>
      ) : null}
    </g>
  );
}
