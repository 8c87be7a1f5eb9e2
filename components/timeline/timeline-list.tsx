"use client";

import { useState } from "react";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";
import { useListFocus } from "@/components/ui/use-list-focus";
import { useNow } from "@/components/ui/use-now";
import { useReadOnly } from "@/components/shell/use-read-only";
import { dayKey, formatDay, formatDayHeading } from "@/lib/format/time";
import { ChangeActions } from "./change-actions";
import { ChangeGroup } from "./change-group";
import { ChangeRow, type TimelineChange } from "./change-row";
import { changeTitle } from "./change-title";
import type { RowActs } from "./use-timeline-acts";

export interface TimelineListProps {
  readonly changes: readonly TimelineChange[];
  readonly acts: RowActs;
  readonly selected: ReadonlySet<string>;
  readonly onSelectToggle: (id: string) => void;
}

/** Days, newest first, each a list of changes. Rows out of sight are not laid out. */
export function TimelineList({ changes, acts, selected, onSelectToggle }: TimelineListProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggleOpen = (id: string) => setOpen((before) => toggled(before, id));
  const at = (run: (change: TimelineChange) => void) => (index: number) => {
    const change = changes[index];
    if (change) run(change);
  };
  const isReadOnly = useReadOnly();
  const writing = [
    { keys: ["x"], label: "Select the change", run: at((change) => onSelectToggle(change.id)) },
    { keys: ["u"], label: "Revert or redo the change", run: at((change) => acts.toggle(change)) },
    { keys: ["p"], label: "Revert everything after it", run: at((change) => acts.revertToHere(change)) },
  ] as const;
  const { list, rowProps } = useListFocus<HTMLDivElement>({
    count: changes.length,
    group: "Timeline",
    keys: [
      { keys: ["Enter"], label: "Open the group", run: at((change) => toggleOpen(change.id)) },
      { keys: ["a"], label: "See the store as of the change", run: at((change) => acts.seeAsOf(change)) },
      ...(isReadOnly ? [] : writing),
    ],
  });
  const nowMs = useNow();
  return (
    <div ref={list} className="flex flex-col gap-5">
      {byDay(changes).map(({ day, first, rows }) => (
        <section key={day} aria-labelledby={`day-${day}`}>
          <h2 id={`day-${day}`} className="mb-2 text-sm font-semibold">
            {nowMs === null ? formatDay(first.at) : formatDayHeading(first.at, nowMs)}
          </h2>
          <Card flush className="overflow-hidden *:divide-y *:divide-line">
            {rows.map(({ change, index }) => (
              <article
                key={change.id}
                aria-label={changeTitle(change)}
                {...rowProps(index)}
                className={cn(
                  "focus-inset [contain-intrinsic-size:auto_64px] [content-visibility:auto]",
                  selected.has(change.id) && "bg-accent-soft",
                )}
              >
                <ChangeRow
                  change={change}
                  leading={
                    isReadOnly ? null : (
                      <Checkbox
                        className="mt-1"
                        aria-label={`Select: ${changeTitle(change)}`}
                        checked={selected.has(change.id)}
                        onCheckedChange={() => onSelectToggle(change.id)}
                      />
                    )
                  }
                  actions={
                    <ChangeActions
                      change={change}
                      isBusy={acts.busyKey === change.id}
                      onToggle={() => acts.toggle(change)}
                      onRevertToHere={() => acts.revertToHere(change)}
                      onSeeAsOf={() => acts.seeAsOf(change)}
                      onShowTarget={() => acts.showTarget(change)}
                    />
                  }
                  {...((change.groupSize ?? 1) > 1
                    ? { isOpen: open.has(change.id), onOpenChange: () => toggleOpen(change.id) }
                    : {})}
                >
                  {open.has(change.id) && (change.groupSize ?? 1) > 1 ? (
                    <ChangeGroup groupId={change.groupId} acts={acts} />
                  ) : null}
                </ChangeRow>
              </article>
            ))}
          </Card>
        </section>
      ))}
    </div>
  );
}

export function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}

interface Day {
  readonly day: string;
  readonly first: TimelineChange;
  readonly rows: { readonly change: TimelineChange; readonly index: number }[];
}

function byDay(changes: readonly TimelineChange[]): readonly Day[] {
  const days: Day[] = [];
  for (const [index, change] of changes.entries()) {
    const day = dayKey(change.at);
    const last = days.at(-1);
    if (last?.day === day) last.rows.push({ change, index });
    else days.push({ day, first: change, rows: [{ change, index }] });
  }
  return days;
}
