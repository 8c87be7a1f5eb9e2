import { CircleCheck, CircleX } from "lucide-react";
import Link from "next/link";
import { formatCount, formatDecimal, formatPercent, formatPoints, plural } from "@/lib/format/number";
import { figureText, formatRange, type Proposal } from "./cycle-words";

/** What the decision rests on: one line to decide by, and everything behind it on demand. */
export function ProposalFigures({ proposal }: { readonly proposal: Proposal }) {
  const { gate, support, predicted, certainty, uses } = proposal;
  return (
    <details className="group text-xs text-muted">
      <summary className="num inline-flex min-h-6 cursor-pointer list-none flex-wrap items-center gap-x-2 gap-y-1 rounded-xs marker:hidden [&::-webkit-details-marker]:hidden">
        <GateMark passed={gate.passed} text={gate.passed ? "Test passed" : "Test failed"} />
        <span aria-hidden>·</span>
        <span>{formatPercent(certainty)} sure</span>
        <span aria-hidden>·</span>
        <span>shown {plural(uses, "time")}</span>
        <span aria-hidden>·</span>
        <span>{effectText(predicted)}</span>
        <span className="text-accent underline-offset-2 group-hover:underline">
          <span className="group-open:hidden">Show figures</span>
          <span className="hidden group-open:inline">Hide figures</span>
        </span>
      </summary>
      <div className="mt-2 grid gap-x-8 gap-y-3 rounded-md bg-sunken px-3 py-2.5 lg:grid-cols-2">
        <section>
          <h4 className="font-medium text-ink">Test</h4>
          <ul className="mt-1 flex flex-col gap-1">
            {gate.figures.map((figure) => (
              <FigureRow key={figure.name} figure={figure} />
            ))}
          </ul>
          {support.terms > 0 ? (
            <p className="num mt-2">
              Rests on {plural(support.terms, "observation")}
              {support.threshold === null ? "" : `, together above ${formatDecimal(support.threshold)}`}.
            </p>
          ) : null}
        </section>
        <Predicted predicted={predicted} />
      </div>
    </details>
  );
}

function effectText({ affected, ndcgDelta }: Proposal["predicted"]): string {
  if (affected === 0) return "moves no logged query";
  const moved = `moves ${plural(affected, "query", "queries")}`;
  return ndcgDelta === null ? moved : `${moved}, ${formatPoints(ndcgDelta)} nDCG`;
}

type MovedQuery = Proposal["predicted"]["queries"][number];

/** Where its memories stood, and where they would: "place 1 to place 3". */
function rankText({ rankBefore, rankAfter }: MovedQuery): string {
  if (rankBefore === null && rankAfter === null) return "";
  return `${placeText(rankBefore)} to ${placeText(rankAfter)}`;
}

const placeText = (rank: number | null): string =>
  rank === null ? "not shown" : `place ${formatCount(rank)}`;

function GateMark({ passed, text }: { readonly passed: boolean; readonly text: string }) {
  const Icon = passed ? CircleCheck : CircleX;
  return (
    <span className={passed ? "inline-flex items-center gap-1" : "inline-flex items-center gap-1 text-loss"}>
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {text}
    </span>
  );
}

export function FigureRow({ figure }: { readonly figure: Proposal["gate"]["figures"][number] }) {
  const [held, bound] = figureText(figure);
  const Icon = figure.passed ? CircleCheck : CircleX;
  return (
    <li className="num flex items-baseline gap-1.5">
      <Icon
        aria-label={figure.passed ? "passed:" : "failed:"}
        className={
          figure.passed ? "size-3 shrink-0 translate-y-0.5" : "size-3 shrink-0 translate-y-0.5 text-loss"
        }
      />
      <span className="min-w-0 flex-1 break-words">{figure.name}</span>
      <span className="text-right whitespace-nowrap">
        <span className={figure.passed ? "font-medium text-ink" : "font-medium text-loss"}>{held}</span>,{" "}
        {bound}
      </span>
    </li>
  );
}

function Predicted({ predicted: { affected, ndcgDelta, interval, queries } }: Pick<Proposal, "predicted">) {
  return (
    <section>
      <h4 className="font-medium text-ink">Predicted on logged queries</h4>
      <p className="num mt-1">
        {affected === 0
          ? "No recent query would show another list."
          : `${plural(affected, "recent query would show another list", "recent queries would show another list")}.`}
        {ndcgDelta === null ? "" : ` nDCG ${formatPoints(ndcgDelta)}`}
        {interval === null ? "" : ` (${formatRange(interval)}).`}
      </p>
      {queries.length > 0 ? (
        <ul className="mt-1 flex flex-col gap-1">
          {queries.map((query) => (
            <li key={query.retrievalId} className="num flex items-baseline gap-2">
              <Link
                href={`/recall?q=${encodeURIComponent(query.query)}`}
                className="min-w-0 flex-1 truncate rounded-xs underline-offset-2 hover:underline"
              >
                {query.query}
              </Link>
              <span className="whitespace-nowrap">{rankText(query)}</span>
              <span className="whitespace-nowrap">
                {query.ndcgBefore === null || query.ndcgAfter === null
                  ? "not judged"
                  : `${formatDecimal(query.ndcgBefore)} to ${formatDecimal(query.ndcgAfter)}`}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
