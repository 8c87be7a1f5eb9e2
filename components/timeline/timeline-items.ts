import { dayKey } from "@/lib/format/time";
import type { TimelineChange } from "./change-row";

export type TimelineItem =
  | { readonly kind: "day"; readonly key: string; readonly at: string }
  | {
      readonly kind: "change";
      readonly key: string;
      readonly change: TimelineChange;
      /** Its place among the changes. */
      readonly index: number;
      readonly isFirst: boolean;
      readonly isLast: boolean;
    };

/** Headings of days between the changes, in one list, so that any stretch of it can be shown alone. */
export function itemsOf(changes: readonly TimelineChange[]): readonly TimelineItem[] {
  const days = changes.map(({ at }) => dayKey(at));
  return changes.flatMap((change, index): TimelineItem[] => {
    const [before, day, after] = [days[index - 1], days[index] ?? "", days[index + 1]];
    const row = {
      kind: "change",
      key: change.id,
      change,
      index,
      isFirst: day !== before,
      isLast: day !== after,
    } as const;
    return day === before ? [row] : [{ kind: "day", key: `day-${day}`, at: change.at }, row];
  });
}
