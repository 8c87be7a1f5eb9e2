"use client";

import { useRef, useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";
import { Spinner } from "@/components/ui/spinner";
import { useListFocus } from "@/components/ui/use-list-focus";
import { useNow } from "@/components/ui/use-now";
import { useReadOnly } from "@/components/shell/use-read-only";
import { formatDay, formatDayHeading } from "@/lib/format/time";
import { ChangeActions } from "./change-actions";
import { ChangeGroup } from "./change-group";
import { ChangeRow, type TimelineChange } from "./change-row";
import { changeTitle } from "./change-title";
import { toggled } from "./toggled";
import type { TimelineItem } from "./timeline-items";
import { useVirtualDays } from "./use-virtual-days";
import type { RowActs } from "./use-timeline-acts";

export interface TimelineListProps {
  readonly changes: readonly TimelineChange[];
  readonly totalCount: number | null;
  readonly hasMore: boolean;
  readonly onNeedMore: () => void;
  readonly acts: RowActs;
  readonly selected: ReadonlySet<string>;
  readonly onSelectToggle: (id: string) => void;
}

/** Days, newest first, each with its changes. Only what is in view is in the document, and older changes are fetched on the way down. */
export function TimelineList(props: TimelineListProps) {
  const { changes, hasMore, onNeedMore } = props;
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggleOpen = (id: string) => setOpen((before) => toggled(before, id));
  const [kept, setKept] = useState(-1);
  const frame = useRef<HTMLDivElement>(null);
  const { items, virtualizer, shown, reveal } = useVirtualDays({ frame, changes, kept, onNeedMore });
  const { list, rowProps } = useTimelineKeys(props, {
    toggleOpen,
    reveal: (index) => {
      setKept(index);
      reveal(index);
    },
  });
  const nowMs = useNow();
  return (
    <div ref={frame} onFocus={(event) => setKept(rowOf(event.target))}>
      <div ref={list} className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {shown.map(({ index: place, key, start }) => {
          const item = items[place];
          return item === undefined ? null : (
            <div
              key={key}
              ref={virtualizer.measureElement}
              data-index={place}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${start - virtualizer.options.scrollMargin}px)` }}
            >
              {item.kind === "day" ? (
                <h2 className={cn("pb-2 text-sm font-semibold", place > 0 && "pt-5")}>
                  {nowMs === null ? formatDay(item.at) : formatDayHeading(item.at, nowMs)}
                </h2>
              ) : (
                <ListRow
                  item={item}
                  list={props}
                  rowProps={rowProps(item.index)}
                  isOpen={open.has(item.key)}
                  onOpenChange={() => toggleOpen(item.key)}
                />
              )}
            </div>
          );
        })}
      </div>
      {hasMore ? (
        <p role="status" className="flex items-center justify-center gap-2 py-4 text-xs text-muted">
          <Spinner /> Older changes
        </p>
      ) : null}
    </div>
  );
}

const rowOf = (element: Element): number =>
  Number(element.closest<HTMLElement>("[data-list-row]")?.dataset["listRow"] ?? -1);

interface ListMoves {
  readonly toggleOpen: (id: string) => void;
  readonly reveal: (index: number) => void;
}

function useTimelineKeys({ changes, acts, onSelectToggle }: TimelineListProps, moves: ListMoves) {
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
  return useListFocus<HTMLDivElement>({
    count: changes.length,
    group: "Timeline",
    reveal: moves.reveal,
    keys: [
      { keys: ["Enter"], label: "Open the group", run: at((change) => moves.toggleOpen(change.id)) },
      { keys: ["a"], label: "See the store as of the change", run: at((change) => acts.seeAsOf(change)) },
      ...(isReadOnly ? [] : writing),
    ],
  });
}

interface ListRowProps {
  readonly item: Extract<TimelineItem, { kind: "change" }>;
  readonly list: TimelineListProps;
  readonly rowProps: ReturnType<ReturnType<typeof useTimelineKeys>["rowProps"]>;
  readonly isOpen: boolean;
  readonly onOpenChange: () => void;
}

function ListRow({ item, list, rowProps, isOpen, onOpenChange }: ListRowProps) {
  const { change, index, isFirst, isLast } = item;
  const { acts, selected, onSelectToggle, totalCount } = list;
  const isReadOnly = useReadOnly();
  const isGroup = (change.groupSize ?? 1) > 1;
  return (
    <article
      aria-label={changeTitle(change)}
      aria-posinset={index + 1}
      aria-setsize={totalCount ?? -1}
      {...rowProps}
      className={cn(
        "focus-inset overflow-hidden border-x border-t border-line bg-surface",
        isFirst && "rounded-t-lg",
        isLast && "rounded-b-lg border-b shadow-card",
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
        {...(isGroup ? { isOpen, onOpenChange } : {})}
      >
        {isOpen && isGroup ? <ChangeGroup groupId={change.groupId} acts={acts} /> : null}
      </ChangeRow>
    </article>
  );
}
