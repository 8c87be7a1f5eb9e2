/** One judged pair with what a scorer gave it. */
export interface Judged {
  readonly score: number;
  readonly isSame: boolean;
}

export interface Point {
  readonly threshold: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Merging everything from a threshold up, for each threshold there is; the highest first. `gold`: pairs that should be merged. */
export function pointsOf(judged: readonly Judged[], gold = judged.filter((j) => j.isSame).length): Point[] {
  const sorted = [...judged].sort((a, b) => b.score - a.score);
  let right = 0;
  return sorted.flatMap(({ score, isSame }, i): Point[] => {
    right += isSame ? 1 : 0;
    // Equal scores cannot be told apart by a threshold.
    if (sorted[i + 1]?.score === score || score <= 0) return [];
    const [precision, recall] = [right / (i + 1), right / Math.max(1, gold)];
    return [
      {
        threshold: score,
        precision,
        recall,
        f1: (2 * precision * recall) / Math.max(Number.MIN_VALUE, precision + recall),
      },
    ];
  });
}

export const bestF1 = (points: readonly Point[]): Point =>
  points.reduce((best, p) => (p.f1 > best.f1 ? p : best), { threshold: 1, precision: 0, recall: 0, f1: 0 });

/** The most that is found while the precision holds. */
export const recallAt = (points: readonly Point[], precision: number): Point =>
  points.reduce((best, p) => (p.precision >= precision && p.recall > best.recall ? p : best), {
    threshold: 1,
    precision: 1,
    recall: 0,
    f1: 0,
  });

/** Where a given threshold stands on the curve. */
export const pointAt = (points: readonly Point[], threshold: number): Point =>
  points.filter((p) => p.threshold >= threshold).at(-1) ?? { threshold, precision: 1, recall: 0, f1: 0 };
