"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { queries } from "@/lib/client/queries";
import { formatDecimal } from "@/lib/format/number";
import { Card } from "../ui/card";
import { DataPanel } from "../ui/data-panel";
import { rankMoves, type RankMove } from "../ui/rank-moves";
import { RankSlopes } from "../ui/rank-slopes";
import { TrendArrow } from "../ui/trend-arrow";
import { DEPTH, movesSentence } from "./compare-measure";
import { sideInput, sideName, type CompareSide } from "./compare-side";
import { conditionsText, type Conditions } from "./test-conditions";
import type { RecallResult, Recalled } from "./use-recall";

export interface CompareAnswersProps {
  readonly question: { readonly query: string; readonly conditions: Conditions };
  readonly left: CompareSide;
  readonly right: CompareSide;
}

const ROW_PX = 40;

/** One question asked twice, with the moves between the answers. */
export function CompareAnswers({ question, left, right }: CompareAnswersProps) {
  const a = useQuery(queries.recallPreview(sideInput(question, left, DEPTH)));
  const b = useQuery(queries.recallPreview(sideInput(question, right, DEPTH)));
  const asked = conditionsText(question.conditions);
  return (
    <Card
      title="This question"
      description={asked === "" ? undefined : `Asked of ${asked}.`}
      flush
      className="overflow-hidden"
    >
      <DataPanel query={a} failureTitle="Side A could not be asked">
        {(before) => (
          <DataPanel query={b} failureTitle="Side B could not be asked">
            {(after) => <SideBySide before={before} after={after} left={left} right={right} />}
          </DataPanel>
        )}
      </DataPanel>
    </Card>
  );
}

interface SideBySideProps extends Pick<CompareAnswersProps, "left" | "right"> {
  readonly before: Recalled;
  readonly after: Recalled;
}

function SideBySide({ before, after, left, right }: SideBySideProps) {
  const [from, to] = [before.results.map(idOf), after.results.map(idOf)];
  const moves = new Map(rankMoves(from, to).map((move) => [move.id, move]));
  return (
    <>
      <p className="px-(--card-pad) pb-3 text-sm">{movesSentence(from, to)}</p>
      <div className="grid border-t border-line pb-5 md:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)]">
        <RankedList name={`A: ${sideName(left)}`} results={before.results} moves={moves} isAfter={false} />
        <div className="px-2 pt-8 max-md:hidden">
          <RankSlopes before={from} after={to} depth={DEPTH} rowPx={ROW_PX} />
        </div>
        <RankedList name={`B: ${sideName(right)}`} results={after.results} moves={moves} isAfter />
      </div>
    </>
  );
}

interface RankedListProps {
  readonly name: string;
  readonly results: readonly RecallResult[];
  readonly moves: ReadonlyMap<string, RankMove>;
  readonly isAfter: boolean;
}

function RankedList({ name, results, moves, isAfter }: RankedListProps) {
  return (
    <section aria-label={name} className="min-w-0 max-md:border-b max-md:border-line">
      <h3 className="flex h-8 items-center px-(--card-pad) text-xs font-medium text-muted">
        <span className="truncate">{name}</span>
      </h3>
      {results.length === 0 ? (
        <p className="px-(--card-pad) pb-3 text-sm text-muted">Nothing was found.</p>
      ) : (
        <ol>
          {results.map((result) => (
            <li
              key={result.memory.id}
              style={{ height: ROW_PX }}
              className="flex items-center gap-2.5 px-(--card-pad) text-sm"
            >
              <span className="num w-5 shrink-0 text-right text-muted">{result.rank}</span>
              <Link
                href={`/memories/${result.memory.id}`}
                title={result.memory.content}
                className="min-w-0 flex-1 truncate rounded-xs underline-offset-2 hover:underline"
              >
                {result.memory.content}
              </Link>
              <MoveMark move={moves.get(result.memory.id)} isAfter={isAfter} />
              <span className="num w-11 shrink-0 text-right text-xs text-muted" title="Score">
                {formatDecimal(result.score, 3)}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** Moves are told once, where they lead to; who leaves is told where it stood. */
function MoveMark({ move, isAfter }: { readonly move: RankMove | undefined; readonly isAfter: boolean }) {
  if (move === undefined || move.kind === "same") return null;
  if (!isAfter) return move.kind === "left" ? <TrendArrow trend="down" text="leaves" /> : null;
  if (move.kind === "entered") return <TrendArrow trend="up" text="new" />;
  return <TrendArrow trend={move.kind === "up" ? "up" : "down"} text={`was ${move.from}`} />;
}

function idOf({ memory }: RecallResult): string {
  return memory.id;
}
