/** A week is the shortest time that a chart over days is drawn for. */
const FEWEST_DAYS = 7;

interface Day {
  readonly day: string;
}
interface ActiveDay extends Day {
  readonly active: number;
}

/**
 * The day at which the charts begin. Days before a store held anything say nothing and push what there is against the
 * edge, so the charts of a young store begin a day before its first memory, and a week before today at the latest.
 */
export function firstShownDay(days: readonly ActiveDay[]): string | undefined {
  const first = days.findIndex((day) => day.active > 0);
  if (first === -1) return days[0]?.day;
  return days[Math.max(0, Math.min(first - 1, days.length - FEWEST_DAYS))]?.day;
}

export function daysFrom<Shown extends Day>(
  days: readonly Shown[],
  from: string | undefined,
): readonly Shown[] {
  return from === undefined ? days : days.filter(({ day }) => day >= from);
}
