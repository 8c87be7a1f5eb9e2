"use client";

import { formatDecimal, formatPercent, formatSigned } from "@/lib/format/number";
import { cn } from "./cn";
import { Popover, PopoverContent, PopoverTrigger } from "./popover";
import {
  describeScore,
  scorePartLook,
  scorePartNames,
  scoreScale,
  scoreSegments,
  scoreTotal,
  type ScoreParts,
  type ScoreScale,
} from "./score-parts";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "./table";

export interface ScoreBarProps {
  readonly parts: ScoreParts;
  /** Scale of the whole list, from `scoreScale`; the bar's own when left out. */
  readonly scale?: ScoreScale;
  readonly className?: string;
}

/** A score cut into its parts; pressing it shows them as a table. Slate follows from the text, the accent was learned. */
export function ScoreBar({ parts, scale = scoreScale([parts]), className }: ScoreBarProps) {
  const zero = (scale.below / (scale.below + scale.above || 1)) * 100;
  return (
    <Popover>
      <PopoverTrigger
        aria-label={describeScore(parts, formatDecimal)}
        className={cn("group relative block h-6 w-full min-w-24 rounded-sm pointer-coarse:h-8", className)}
      >
        <span aria-hidden className="absolute inset-x-0 top-1/2 h-2.5 -translate-y-1/2">
          {scoreSegments(parts, scale).map((segment) => (
            <span
              key={segment.name}
              title={`${scorePartLook[segment.name].label} ${formatSigned(segment.amount, 3)}`}
              className="absolute inset-y-0 px-px first:pl-0"
              style={{ left: `${segment.left}%`, width: `${segment.width}%` }}
            >
              <span
                className={cn(
                  "forced-mark block h-full rounded-[2px] transition-transform group-hover:scale-y-125",
                  segment.amount < 0 ? "bg-loss-mark hatched" : scorePartLook[segment.name].fill,
                )}
              />
            </span>
          ))}
          {scale.below > 0 ? (
            <span className="absolute -inset-y-1 w-px bg-line-control" style={{ left: `${zero}%` }} />
          ) : null}
        </span>
      </PopoverTrigger>
      <PopoverContent aria-label="Parts of the score" align="start" className="w-96">
        <ScoreTable parts={parts} />
      </PopoverContent>
    </Popover>
  );
}

/** The parts as rows, largest meaning first; for the popover and for places that show them at length. */
export function ScoreTable({ parts }: { readonly parts: ScoreParts }) {
  const total = scoreTotal(parts);
  return (
    <Table aria-label="Parts of the score">
      <TableHead>
        <TableRow>
          <TableHeaderCell>Part</TableHeaderCell>
          <TableHeaderCell numeric>Adds</TableHeaderCell>
          <TableHeaderCell numeric>Share</TableHeaderCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {scorePartNames.map((name) => (
          <TableRow key={name}>
            <TableCell>
              <span className="flex items-baseline gap-2">
                <span
                  aria-hidden
                  className={cn("size-2.5 shrink-0 self-center rounded-[2px]", scorePartLook[name].fill)}
                />
                {scorePartLook[name].label}
                <span className="text-xs text-muted">{scorePartLook[name].meaning}</span>
              </span>
            </TableCell>
            <TableCell numeric className={(parts[name] ?? 0) < 0 ? "text-loss" : undefined}>
              {formatSigned(parts[name] ?? 0, 3)}
            </TableCell>
            <TableCell numeric className="text-muted">
              {total > 0 ? formatPercent((parts[name] ?? 0) / total) : "–"}
            </TableCell>
          </TableRow>
        ))}
        <TableRow>
          <TableCell className="font-semibold">Score</TableCell>
          <TableCell numeric className="font-semibold">
            {formatDecimal(total, 3)}
          </TableCell>
          <TableCell numeric />
        </TableRow>
      </TableBody>
    </Table>
  );
}

/** One legend above a list of bars. */
export function ScoreLegend({ className }: { readonly className?: string }) {
  return (
    <ul
      aria-label="Parts of the score"
      className={cn("flex flex-wrap gap-x-3.5 gap-y-1 text-xs text-muted", className)}
    >
      {scorePartNames.map((name) => (
        <li key={name} title={scorePartLook[name].meaning} className="inline-flex items-center gap-1.5">
          <span aria-hidden className={cn("forced-mark size-2.5 rounded-[2px]", scorePartLook[name].fill)} />
          {scorePartLook[name].label}
        </li>
      ))}
      <li className="inline-flex items-center gap-1.5">
        <span aria-hidden className="forced-mark hatched size-2.5 rounded-[2px] bg-loss-mark" />
        Counts against
      </li>
    </ul>
  );
}
