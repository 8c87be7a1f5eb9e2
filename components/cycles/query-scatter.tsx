import { ChartFrame, ChartLegend } from "@/components/charts/chart-frame";
import { ink } from "@/components/charts/chart-theme";
import { Card } from "@/components/ui/card";
import { formatDecimal } from "@/lib/format/number";
import { moveOf, scatterSummary, scatterTable, type MovedQuery } from "./query-scatter-shape";

const SIDE = 200;
const EDGE = 26;
const TICKS = [0, 0.5, 1] as const;
const HEIGHT_PX = 264;
const TEXT_PX = 8;

const across = (share: number): number => EDGE + share * SIDE;
const up = (share: number): number => EDGE / 2 + (1 - share) * SIDE;

/** Each judged query by what it is worth now and what it would be; on the diagonal nothing changes. */
export function QueryScatter({ queries }: { readonly queries: readonly MovedQuery[] }) {
  return (
    <Card
      title="Query by query"
      description="nDCG@10 of judged queries whose list all proposals together would move."
    >
      <ChartFrame
        title="Queries before and after"
        summary={scatterSummary(queries)}
        table={scatterTable(queries)}
        heightPx={HEIGHT_PX}
        legend={
          <ChartLegend
            entries={[
              { label: "Better, above the diagonal", swatch: "fill", color: ink.gain },
              { label: "Worse, below it", swatch: "fill", color: ink.loss },
              { label: "As good as before", swatch: "dashed", color: ink.axis },
            ]}
          />
        }
      >
        <svg viewBox={`0 0 ${SIDE + 2 * EDGE} ${SIDE + 2 * EDGE}`} className="mx-auto h-full max-w-full">
          <Axes />
          {queries.map((query) => (
            <Mark key={query.retrievalId} query={query} />
          ))}
        </svg>
      </ChartFrame>
    </Card>
  );
}

function Axes() {
  return (
    <g stroke={ink.axis} fontSize={TEXT_PX}>
      <rect x={across(0)} y={up(1)} width={SIDE} height={SIDE} fill="none" strokeWidth={0.75} />
      <line x1={across(0)} y1={up(0)} x2={across(1)} y2={up(1)} strokeDasharray="3 3" />
      <g stroke="none" fill={ink.text}>
        {TICKS.map((tick) => (
          <g key={tick}>
            <text x={across(tick)} y={up(0) + 11} textAnchor="middle">
              {tick}
            </text>
            <text x={across(0) - 4} y={up(tick) + 3} textAnchor="end">
              {tick}
            </text>
          </g>
        ))}
        <text x={across(0.5)} y={up(0) + 22} textAnchor="middle">
          before
        </text>
        <text x={7} y={up(0.5)} textAnchor="middle" transform={`rotate(-90 7 ${up(0.5)})`}>
          after
        </text>
      </g>
    </g>
  );
}

/** Triangles point where the query goes, so that colour only repeats it. */
function Mark({ query }: { readonly query: MovedQuery }) {
  const [x, y] = [across(query.ndcgBefore), up(query.ndcgAfter)];
  const move = moveOf(query);
  const title = `${query.query}: ${formatDecimal(query.ndcgBefore)} to ${formatDecimal(query.ndcgAfter)}`;
  if (move === "same") {
    return (
      <circle cx={x} cy={y} r={3} fill={ink.surface} stroke={ink.text}>
        <title>{title}</title>
      </circle>
    );
  }
  const tip = move === "gain" ? -5 : 5;
  return (
    <path
      d={`M ${x} ${y + tip} l 4.5 ${-1.6 * tip} h -9 z`}
      fill={move === "gain" ? ink.gain : ink.loss}
      fillOpacity={0.85}
      className="forced-mark"
    >
      <title>{title}</title>
    </path>
  );
}
