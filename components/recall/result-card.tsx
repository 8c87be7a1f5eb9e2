"use client";

import { CircleSlash, Clock4, ThumbsUp } from "lucide-react";
import Link from "next/link";
import { titleOnOwnPage } from "@/components/timeline/change-title";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ConfidenceMeter } from "@/components/ui/confidence-meter";
import { RelativeTime } from "@/components/ui/relative-time";
import { ScoreBar } from "@/components/ui/score-bar";
import type { ScoreScale } from "@/components/ui/score-parts";
import { StatusBadge } from "@/components/ui/status-badge";
import { TrendArrow } from "@/components/ui/trend-arrow";
import { formatDecimal } from "@/lib/format/number";
import { expectedText } from "./expected-text";
import { GradeControl } from "./grade-control";
import type { Grading } from "./use-grading";
import { verdicts, type Verdict } from "./use-judgements";
import type { RecallResult } from "./use-recall";

export interface ResultCardProps {
  readonly result: RecallResult;
  readonly scale: ScoreScale;
  /** Rank in the logged answer; null when it was not among it. */
  readonly firstRank: number | null;
  readonly isBusy: boolean;
  /** Null where nothing can be judged. */
  readonly onJudge: ((verdict: Verdict) => void) | null;
  /** While results are graded, instead of judged. */
  readonly grading: Grading | null;
}

const icons = { helpful: ThumbsUp, irrelevant: CircleSlash, outdated: Clock4 } as const;

/** One result: what it says, why it stands here, and what a person can say about it. */
export function ResultCard({ result, scale, firstRank, isBusy, onJudge, grading }: ResultCardProps) {
  const { memory, rank, score, parts, routes } = result;
  const expected = expectedText(result);
  return (
    <div className="grid grid-cols-[2.25rem_minmax(0,1fr)] gap-x-3 sm:grid-cols-[3.25rem_minmax(0,1fr)] px-3 py-3.5 compact:py-2.5 sm:px-4">
      <RankFigure rank={rank} firstRank={firstRank} />
      <div className="flex min-w-0 flex-col gap-2 compact:gap-1.5">
        <Link
          href={`/memories/${memory.id}`}
          className="rounded-xs text-base text-pretty break-words underline-offset-2 hover:underline"
        >
          {memory.content}
        </Link>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
          <ConfidenceMeter
            confidence={result.confidence}
            low={memory.confidenceLow}
            high={memory.confidenceHigh}
            size="sm"
          />
          <span className="flex min-w-40 flex-1 items-center gap-2">
            <span className="num w-11 shrink-0 text-sm font-semibold" title="Score: the sum of its parts">
              {formatDecimal(score, 3)}
            </span>
            <ScoreBar parts={parts} scale={scale} />
          </span>
          <ul
            aria-label="Found by"
            className="flex flex-wrap gap-1 sm:w-38 sm:justify-end lg:w-56 lg:flex-nowrap"
          >
            {routes.map((route) => (
              <li key={route}>
                <Badge tone="outline">{route}</Badge>
              </li>
            ))}
            {memory.contestedWith.length > 0 ? (
              <li>
                <StatusBadge status="contested" />
              </li>
            ) : null}
          </ul>
        </div>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
          {grading === null ? null : (
            <GradeControl
              label={`Grade result ${rank}`}
              grade={grading.grades.get(memory.id)}
              onGrade={(grade) => grading.grade(memory.id, grade)}
            />
          )}
          {grading !== null || onJudge === null ? null : (
            <VerdictButtons rank={rank} isBusy={isBusy} onJudge={onJudge} />
          )}
          {expected === null ? null : <p className="num text-xs text-muted">{expected}</p>}
          <MovedBy result={result} />
        </div>
      </div>
    </div>
  );
}

interface VerdictButtonsProps extends Pick<ResultCardProps, "isBusy"> {
  readonly rank: number;
  readonly onJudge: (verdict: Verdict) => void;
}

function VerdictButtons({ rank, isBusy, onJudge }: VerdictButtonsProps) {
  return (
    <div role="group" aria-label={`Judge result ${rank}`} className="flex flex-wrap gap-1.5">
      {verdicts.map(({ verdict, label, key }) => {
        const Icon = icons[verdict];
        return (
          <Button
            key={verdict}
            size="sm"
            disabled={isBusy}
            aria-keyshortcuts={key}
            onClick={() => onJudge(verdict)}
          >
            <Icon aria-hidden />
            {label}
          </Button>
        );
      })}
    </div>
  );
}

interface RankFigureProps {
  readonly rank: number;
  readonly firstRank: number | null;
}

function RankFigure({ rank, firstRank }: RankFigureProps) {
  const isMoved = firstRank !== rank;
  const trend = firstRank === null || rank < firstRank ? "up" : "down";
  return (
    <span className="flex flex-col items-start">
      <span className={cn("num text-xl font-semibold", rank > 3 && "text-muted")}>
        <span className="sr-only">Rank </span>
        {rank}
      </span>
      {isMoved ? <TrendArrow trend={trend} text={firstRank === null ? "new" : `was ${firstRank}`} /> : null}
    </span>
  );
}

/** What last moved it, where that is more than its having been written. */
function MovedBy({ result }: { readonly result: RecallResult }) {
  const last = result.movedBy?.[0];
  if (last === undefined || last.op === "create") return null;
  return (
    <p className="flex min-w-0 flex-1 basis-48 items-baseline gap-x-1.5 text-xs whitespace-nowrap text-muted">
      <Link
        href={`/timeline?target=${result.memory.id}`}
        className="min-w-0 truncate rounded-xs text-accent underline-offset-2 hover:underline"
      >
        {titleOnOwnPage(last)}
      </Link>
      <RelativeTime at={last.at} focusable={false} />
    </p>
  );
}
