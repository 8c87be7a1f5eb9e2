import { groupBy } from "@/lib/domain/group-by";
import { CONSTANTS } from "@/lib/domain/parameters";
import type { SourceKey, Weight } from "@/lib/domain/ledger/change";
import type { Millis } from "@/lib/domain/ids";

/**
 * Register of class G: integer sums. Observations are kept per source and day because caps, fading and trust are read-outs
 * (ledger.md, rule 2): a recorded step that was clamped could not be subtracted again.
 * An entry exists exactly while a live observation contributes to it, so that equal evidence has one form.
 */
export type EvidenceSums = Readonly<Record<SourceKey, DaySums>>;
/** Weight by day number (days since 1970-01-01 UTC). */
export type DaySums = Readonly<Record<number, Weight>>;

export interface EvidenceTerm {
  readonly source: SourceKey;
  readonly at: Millis;
  readonly weight: Weight;
}

export const initial: EvidenceSums = {};

export const dayOf = (at: Millis): number => Math.floor(at / CONSTANTS.millisPerDay);

export const step = (sums: EvidenceSums, term: EvidenceTerm): EvidenceSums => stepAll(sums, [term]);

export const stepAll = (sums: EvidenceSums, terms: readonly EvidenceTerm[]): EvidenceSums =>
  shift(sums, terms.map(entryOf), 1);
export const unstepAll = (sums: EvidenceSums, terms: readonly EvidenceTerm[]): EvidenceSums =>
  shift(sums, terms.map(entryOf), -1);

/** Sum of several registers, entry by entry; used to read a merge's sources by reference. */
export function sum(parts: readonly EvidenceSums[]): EvidenceSums {
  const [first = initial, ...rest] = parts.filter((part) => Object.keys(part).length > 0);
  return shift(first, rest.flatMap(entries), 1);
}

/** Raw, unfaded and uncapped sum over all sources and days, in millionths. */
export function total(sums: EvidenceSums): Weight {
  return entries(sums).reduce<Weight>(([a, b], { weight }) => [a + weight[0], b + weight[1]], [0, 0]);
}

export interface EvidenceEntry {
  readonly source: SourceKey;
  readonly day: number;
  readonly weight: Weight;
}

export function entries(sums: EvidenceSums): EvidenceEntry[] {
  // Object.entries widens the branded key to string; the keys were written as SourceKey.
  return (Object.entries(sums) as [SourceKey, DaySums][]).flatMap(([source, days]) =>
    Object.entries(days).map(([day, weight]) => ({ source, day: Number(day), weight })),
  );
}

const entryOf = ({ source, at, weight }: EvidenceTerm): EvidenceEntry => ({ source, day: dayOf(at), weight });

/** Adds or subtracts any number of entries in one copy; copying for each would make ten thousand of them take minutes. */
function shift(sums: EvidenceSums, moves: readonly EvidenceEntry[], sign: 1 | -1): EvidenceSums {
  if (moves.length === 0) return sums;
  const shifted: Record<SourceKey, DaySums> = { ...sums };
  for (const [source, ofSource] of groupBy(moves, (move) => move.source)) {
    const days: Record<number, Weight> = { ...sums[source] };
    for (const { day, weight } of ofSource) {
      const before = days[day] ?? [0, 0];
      const after: Weight = [before[0] + sign * weight[0], before[1] + sign * weight[1]];
      if (after[0] === 0 && after[1] === 0) delete days[day];
      else days[day] = after;
    }
    if (Object.keys(days).length === 0) delete shifted[source];
    else shifted[source] = days;
  }
  return shifted;
}
