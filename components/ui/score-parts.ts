/** The parts a score is the sum of, in the order they are stacked, and where each segment of a bar lies. */

export const scorePartNames = [
  "similarity",
  "keyword",
  "context",
  "graph",
  "recency",
  "utility",
  "cue",
] as const;
export type ScorePartName = (typeof scorePartNames)[number];
export type ScoreParts = Readonly<Partial<Record<ScorePartName, number>>>;

export interface ScorePartLook {
  readonly label: string;
  readonly meaning: string;
  /** Learned from outcomes, and so drawn in the accent; the rest follows from the text and the clock. */
  readonly isLearned: boolean;
  readonly fill: string;
}

export const scorePartLook: Readonly<Record<ScorePartName, ScorePartLook>> = {
  similarity: {
    label: "Similarity",
    meaning: "meaning close to the query",
    isLearned: false,
    fill: "bg-part-similarity",
  },
  keyword: {
    label: "Keyword",
    meaning: "words in common with the query",
    isLearned: false,
    fill: "bg-part-keyword",
  },
  context: {
    label: "Context",
    meaning: "its neighbours fit the query",
    isLearned: false,
    fill: "bg-part-context",
  },
  graph: {
    label: "Graph",
    meaning: "linked to what the query names",
    isLearned: false,
    fill: "bg-part-graph",
  },
  recency: {
    label: "Recency",
    meaning: "recalled usefully not long ago",
    isLearned: false,
    fill: "bg-part-recency",
  },
  utility: { label: "Utility", meaning: "learned: helped before", isLearned: true, fill: "bg-part-utility" },
  cue: {
    label: "Cue",
    meaning: "learned: whether it helps with this kind of question, or with others",
    isLearned: true,
    fill: "bg-part-cue",
  },
};

export interface ScoreSegment {
  readonly name: ScorePartName;
  readonly amount: number;
  /** Percent of the bar's width. */
  readonly left: number;
  readonly width: number;
}

export interface ScoreScale {
  /** Largest sum of negative parts, as a positive number. */
  readonly below: number;
  readonly above: number;
}

/** One scale for all bars of a list, so that their lengths can be compared. */
export function scoreScale(list: readonly ScoreParts[]): ScoreScale {
  return {
    below: Math.max(0, ...list.map((parts) => -sumWhere(parts, (amount) => amount < 0))),
    above: Math.max(0, ...list.map((parts) => sumWhere(parts, (amount) => amount > 0))),
  };
}

/** Positive parts grow to the right of zero and negative ones to its left, each in the fixed order. */
export function scoreSegments(parts: ScoreParts, scale: ScoreScale): readonly ScoreSegment[] {
  const total = scale.below + scale.above;
  if (total === 0) return [];
  const segments: ScoreSegment[] = [];
  let [right, left] = [scale.below, scale.below];
  for (const name of scorePartNames) {
    const amount = parts[name] ?? 0;
    if (amount === 0) continue;
    const start = amount > 0 ? right : left + amount;
    if (amount > 0) right += amount;
    else left += amount;
    segments.push({ name, amount, left: (start / total) * 100, width: (Math.abs(amount) / total) * 100 });
  }
  return segments;
}

export function scoreTotal(parts: ScoreParts): number {
  return sumWhere(parts, () => true);
}

/** "Similarity 0.41, keyword 0.12, utility −0.05": what a screen reader hears for the bar. */
export function describeScore(parts: ScoreParts, format: (amount: number) => string): string {
  const told = scorePartNames.flatMap((name) => {
    const amount = parts[name] ?? 0;
    return amount === 0 ? [] : [`${scorePartLook[name].label.toLowerCase()} ${format(amount)}`];
  });
  return `Score ${format(scoreTotal(parts))}: ${told.join(", ") || "no parts"}`;
}

function sumWhere(parts: ScoreParts, keep: (amount: number) => boolean): number {
  return scorePartNames
    .map((name) => parts[name] ?? 0)
    .filter(keep)
    .reduce((sum, amount) => sum + amount, 0);
}
