"use client";

import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { useState, type ReactNode } from "react";
import { formatCount, formatPercent, plural } from "@/lib/format/number";
import { Badge } from "./badge";
import { Button } from "./button";
import { cn } from "./cn";
import { DiffText } from "./diff-text";
import { GlossaryPopover } from "./glossary-popover";
import { QueryMoveRow, type QueryMove } from "./query-move-row";
import { effectLines, type Effect, type EffectLine } from "./effect-lines";
import { usePreferences } from "./preferences";
import { isProse } from "./register-value";
import { StatusBadge, type Status } from "./status-badge";

export interface BlastRadiusProps {
  readonly effects: readonly Effect[];
  /** All effects, when only the first were sent. */
  readonly effectCount?: number;
  readonly blastRadius: {
    readonly retrievals: number;
    readonly affected: number;
    readonly moves: readonly QueryMove[];
    /** Memories that stay as they are and may be ranked otherwise. */
    readonly neighbours?: Neighbours | undefined;
  };
  /** Changes whose standing alters with this one. */
  readonly suspended?: readonly string[];
  readonly resumed?: readonly string[];
  readonly unsupported?: readonly string[];
  readonly hrefOf?: (effect: Effect) => string | undefined;
  readonly className?: string;
}

interface Neighbours {
  readonly count: number;
  readonly items: readonly {
    readonly memoryId: string;
    readonly label: string;
    readonly by: "session" | "name";
  }[];
}

/** The effect before the cause: what changes, which queries move, and how much stays untouched. */
export function BlastRadius(props: BlastRadiusProps) {
  const { effects, effectCount = effects.length, blastRadius, hrefOf, className } = props;
  const { confidenceScale } = usePreferences();
  const lines = effectLines(effects, confidenceScale);
  const targets = new Set(effects.map((effect) => effect.targetId));
  const { neighbours } = blastRadius;
  const ofMemories = effects.every((effect) => effect.targetType === "memory");
  return (
    <div className={cn("flex flex-col gap-5", className)}>
      <Summary
        targets={targets.size}
        ofMemories={ofMemories}
        retrievals={blastRadius.retrievals}
        affected={blastRadius.affected}
      />
      <Standing {...props} />
      <Section title="What changes" count={plural(effectCount, "value")}>
        <LimitedList items={lines} noun="more">
          {(line) => (
            <EffectRow
              key={`${line.effect.targetId}/${line.effect.register}`}
              line={line}
              href={hrefOf?.(line.effect)}
            />
          )}
        </LimitedList>
      </Section>
      <Section
        title={<GlossaryPopover term="blastRadius">Queries that move</GlossaryPopover>}
        count={`${formatCount(blastRadius.affected)} of ${formatCount(blastRadius.retrievals)}`}
      >
        <LimitedList items={blastRadius.moves} noun="more queries">
          {(move) => <QueryMoveRow key={move.retrievalId} move={move} />}
        </LimitedList>
      </Section>
      {neighbours === undefined || neighbours.count === 0 ? null : (
        <Section
          title="Stay as they are, but may be ranked otherwise"
          count={plural(neighbours.count, "memory", "memories")}
        >
          <LimitedList items={neighbours.items} noun="more">
            {(near) => (
              <li key={near.memoryId} className="flex min-w-0 items-center gap-2 py-1.5 text-sm">
                <Badge tone="outline">{near.by === "session" ? "said beside it" : "shares a name"}</Badge>
                <Link
                  href={`/memories/${encodeURIComponent(near.memoryId)}`}
                  className="min-w-0 truncate rounded-xs text-muted underline-offset-2 hover:underline"
                >
                  {near.label}
                </Link>
              </li>
            )}
          </LimitedList>
        </Section>
      )}
    </div>
  );
}

interface SummaryProps {
  readonly targets: number;
  readonly ofMemories: boolean;
  readonly retrievals: number;
  readonly affected: number;
}

function Summary({ targets, ofMemories, retrievals, affected }: SummaryProps) {
  const noun = ofMemories ? ["memory", "memories"] : ["thing", "things"];
  const untouched = retrievals === 0 ? null : 1 - affected / retrievals;
  const tiles = [
    { name: targets === 1 ? `${noun[0]} changes` : `${noun[1]} change`, text: formatCount(targets) },
    { name: affected === 1 ? "query moves" : "queries move", text: formatCount(affected) },
    {
      name: retrievals === 0 ? "no logged queries yet" : "of queries untouched",
      text: formatPercent(untouched, untouched !== null && untouched > 0.99 && untouched < 1 ? 1 : 0),
    },
  ];
  return (
    <dl className="grid grid-cols-3 divide-x divide-line rounded-lg border border-line bg-sunken">
      {tiles.map((tile) => (
        <div key={tile.name} className="flex flex-col-reverse justify-end px-3 py-2.5 sm:px-4">
          <dt className="text-xs text-muted">{tile.name}</dt>
          <dd className="num text-xl font-semibold">{tile.text}</dd>
        </div>
      ))}
    </dl>
  );
}

function Standing({ suspended = [], resumed = [], unsupported = [] }: BlastRadiusProps) {
  const rows: readonly { readonly status: Status; readonly ids: readonly string[]; readonly says: string }[] =
    [
      {
        status: "suspended",
        ids: suspended,
        says: "suspended with it, to resume by themselves on redo",
      },
      { status: "live", ids: resumed, says: "in force again" },
      {
        status: "unsupported",
        ids: unsupported,
        says: "kept in force without the evidence behind it",
      },
    ];
  const shown = rows.filter((row) => row.ids.length > 0);
  if (shown.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1.5 text-sm">
      {shown.map((row) => (
        <li key={row.status} className="flex items-baseline gap-2">
          <StatusBadge status={row.status} {...(row.status === "live" ? { label: "Resumed" } : {})} />
          <span>
            <strong className="num font-semibold">{plural(row.ids.length, "change")}</strong> {row.says}
          </span>
        </li>
      ))}
    </ul>
  );
}

interface SectionProps {
  readonly title: ReactNode;
  readonly count: string;
  readonly children: ReactNode;
}

function Section({ title, count, children }: SectionProps) {
  return (
    <section>
      <h3 className="mb-1 flex items-baseline gap-2 text-sm font-semibold">
        {title}
        <span className="num text-xs font-normal text-muted">{count}</span>
      </h3>
      {children}
    </section>
  );
}

interface LimitedListProps<Item> {
  readonly items: readonly Item[];
  readonly noun: string;
  readonly children: (item: Item) => ReactNode;
}

const FIRST_ROWS = 6;

function LimitedList<Item>({ items, noun, children }: LimitedListProps<Item>) {
  const [open, setOpen] = useState(false);
  if (items.length === 0) return <p className="text-sm text-muted">None.</p>;
  const shown = open ? items : items.slice(0, FIRST_ROWS);
  return (
    <>
      <ul className="divide-y divide-line">{shown.map(children)}</ul>
      {shown.length < items.length ? (
        <Button variant="link" size="sm" onClick={() => setOpen(true)}>
          {formatCount(items.length - shown.length)} {noun}
        </Button>
      ) : null}
    </>
  );
}

interface EffectRowProps {
  readonly line: EffectLine;
  readonly href: string | undefined;
}

function EffectRow({ line, href }: EffectRowProps) {
  const { effect, name, move } = line;
  return (
    <li className="flex flex-col gap-1 py-2 text-sm">
      <span className="flex min-w-0 items-center gap-2">
        <Badge tone="outline">{name}</Badge>
        {href ? (
          <Link
            href={href}
            className="min-w-0 truncate rounded-xs text-muted underline-offset-2 hover:underline"
          >
            {effect.label}
          </Link>
        ) : (
          <span className="min-w-0 truncate text-muted">{effect.label}</span>
        )}
        {move === null || isLong(move) ? null : <Move {...move} />}
      </span>
      {move === null || !isLong(move) ? null : isProse(effect.before, effect.after) ? (
        <DiffText before={move.before} after={move.after} />
      ) : (
        <Move {...move} />
      )}
    </li>
  );
}

type MoveText = NonNullable<EffectLine["move"]>;

/** Short values stand beside the name of their memory; long ones below it. */
const LONGEST_BESIDE = 24;
const isLong = ({ before, after }: MoveText) => before.length + after.length > LONGEST_BESIDE;

function Move({ before, after }: MoveText) {
  return (
    <span className="num ml-auto flex shrink-0 flex-wrap items-center gap-1.5">
      <span className="sr-only">from </span>
      <span className="text-muted">{before}</span>
      <ArrowRight aria-label="to" className="size-3.5 shrink-0 text-muted" />
      <span className="font-medium">{after}</span>
    </span>
  );
}
