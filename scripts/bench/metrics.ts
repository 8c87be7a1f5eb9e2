/** How well one list answers one query; each 0…1. */
export interface Scores {
  readonly recallAt5: number;
  readonly recallAt10: number;
  readonly ndcgAt10: number;
  readonly mrr: number;
  readonly firstIsRight: number;
  /** 1: the first holds the newest value; the newest value comes before every earlier one. 0 where no value changed. */
  readonly newestIsFirst: number;
  readonly newestIsBefore: number;
}

export interface Relevance {
  readonly relevant: ReadonlySet<string>;
  readonly current: ReadonlySet<string>;
  readonly stale: ReadonlySet<string>;
}

const SHORT = 5;
const LONG = 10;

/** R@k = |relevant in the first k| / |relevant|; nDCG with gains of 0 and 1; MRR over the ten that are shown. */
export function scoresOf(ranked: readonly string[], { relevant, current, stale }: Relevance): Scores {
  const shown = ranked.slice(0, LONG);
  const hits = (most: number) => shown.slice(0, most).filter((id) => relevant.has(id)).length;
  const ideal = Array.from({ length: Math.min(LONG, relevant.size) }, (_, i) => gainAt(i));
  const gained = shown.map((id, i) => (relevant.has(id) ? gainAt(i) : 0));
  const placeOf = (ids: ReadonlySet<string>) => shown.findIndex((id) => ids.has(id));
  const first = placeOf(relevant);
  const [newest, earlier] = [placeOf(current), placeOf(stale)];
  return {
    recallAt5: hits(SHORT) / relevant.size,
    recallAt10: hits(LONG) / relevant.size,
    ndcgAt10: sum(gained) / sum(ideal),
    mrr: first < 0 ? 0 : 1 / (first + 1),
    firstIsRight: first === 0 ? 1 : 0,
    newestIsFirst: newest === 0 ? 1 : 0,
    newestIsBefore: newest >= 0 && (earlier < 0 || newest < earlier) ? 1 : 0,
  };
}

export function meanOf(all: readonly Scores[]): Scores {
  const mean = (pick: (scores: Scores) => number) => sum(all.map(pick)) / Math.max(1, all.length);
  return {
    recallAt5: mean((s) => s.recallAt5),
    recallAt10: mean((s) => s.recallAt10),
    ndcgAt10: mean((s) => s.ndcgAt10),
    mrr: mean((s) => s.mrr),
    firstIsRight: mean((s) => s.firstIsRight),
    newestIsFirst: mean((s) => s.newestIsFirst),
    newestIsBefore: mean((s) => s.newestIsBefore),
  };
}

/** The odds that one of `higher` is above one of `lower`; ties count half. One half is chance (area under the ROC curve). */
export function auroc(higher: readonly number[], lower: readonly number[]): number {
  const wins = higher.flatMap((a) => lower.map((b) => (a > b ? 1 : a === b ? 1 / 2 : 0)));
  return sum(wins) / Math.max(1, wins.length);
}

/** The value below which a share of the measurements lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

const gainAt = (place: number): number => 1 / Math.log2(place + 2);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
