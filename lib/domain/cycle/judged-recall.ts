/** A recall of which somebody said what helped, as it was logged. Oldest first wherever they stand in a list. */
export interface JudgedRecall {
  readonly id: string;
  readonly candidates: readonly {
    readonly m: string;
    readonly s: number;
    readonly p: readonly number[];
    readonly e?: readonly number[] | undefined;
  }[];
  readonly shown: readonly string[];
  readonly helped: ReadonlySet<string>;
  /** It tried out memories, so chance had a part in what it showed. */
  readonly explored: boolean;
}

/** How many times as much each part would count; in the order of `PART_NAMES`. */
export type Scales = readonly number[];

/** The logged candidates in the order that the scaled parts give them. */
export function reordered(recall: Pick<JudgedRecall, "candidates">, scales: Scales): string[] {
  const score = (p: readonly number[], s: number) =>
    p.reduce((sum, value, i) => sum + value * ((scales[i] ?? 1) - 1), s);
  return [...recall.candidates]
    .sort((a, b) => score(b.p, b.s) - score(a.p, a.s) || (a.m < b.m ? -1 : 1))
    .map((c) => c.m);
}
