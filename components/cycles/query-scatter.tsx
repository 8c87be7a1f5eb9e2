import Link from "next/link";
import { ChartFrame, ChartLegend } from "@/components/charts/chart-frame";
import { ink } from "@/components/charts/chart-theme";
import { Card } from "@/components/ui/card";
import { formatDecimal } from "@/lib/format/number";
import {
  moveOf,
  scatterSummary,
  scatterTable,
  spotsOf,
  type MovedQuery,
  type Spot,
} from "./query-scatter-shape";

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
      className="lg:col-span-2"
    >
      <div className="grid gap-x-8 gap-y-5 lg:grid-cols-2">
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
            {spotsOf(queries).map((spot) => (
              <Mark key={spot.key} spot={spot} />
            ))}
          </svg>
        </ChartFrame>
        <MostMoved queries={queries} />
      </div>
    </Card>
  );
}

const LISTED = 6;

/** The largest losses first, which is how they come. */
function MostMoved({ queries }: { readonly queries: readonly MovedQuery[] }) {
  return (
    <section aria-label="Queries, the largest losses first" className="min-w-0">
      <h3 className="text-xs font-medium text-muted">The largest losses first</h3>
      <ul className="mt-1 divide-y divide-line">
        {queries.slice(0, LISTED).map((query) => (
          <li key={query.retrievalId} className="flex items-baseline gap-3 py-1.5 text-sm">
            <Link
              href={`/recall?q=${encodeURIComponent(query.query)}`}
              className="min-w-0 flex-1 truncate rounded-xs underline-offset-2 hover:underline"
            >
              {query.query}
            </Link>
            <span className="num whitespace-nowrap text-muted">
              {formatDecimal(query.ndcgBefore)} to {formatDecimal(query.ndcgAfter)}
            </span>
          </li>
        ))}
      </ul>
      {queries.length > LISTED ? (
        <p className="num mt-1 text-xs text-muted">
          and {queries.length - LISTED} more in the table of the plot
        </p>
      ) : null}
    </section>
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

/** Triangles point where the query goes, so that colour only repeats it; several at one place are counted. */
function Mark({ spot: { queries } }: { readonly spot: Spot }) {
  const [query] = queries;
  const [x, y] = [across(query.ndcgBefore), up(query.ndcgAfter)];
  const move = moveOf(query);
  const tip = move === "gain" ? -5 : 5;
  const values = `${formatDecimal(query.ndcgBefore)} to ${formatDecimal(query.ndcgAfter)}`;
  return (
    <g>
      <title>{`${queries.map((one) => one.query).join(", ")}: ${values}`}</title>
      {move === "same" ? (
        <circle cx={x} cy={y} r={3} fill={ink.surface} stroke={ink.text} />
      ) : (
        <path
          d={`M ${x} ${y + tip} l 4.5 ${-1.6 * tip} h -9 z`}
          fill={move === "gain" ? ink.gain : ink.loss}
          className="forced-mark"
        />
      )}
      {queries.length > 1 ? (
        <text x={x + 6} y={y + 3} fontSize={TEXT_PX} fill={ink.text}>
          ×{queries.length}
        </text>
      ) : null}
    </g>
  );
}
