import { formatSigned, plural } from "@/lib/format/number";
import type { CallOutput } from "@/lib/client/api";
import { rankMoves } from "../ui/rank-moves";

type Signal = Pick<CallOutput<"signals.list">["items"][number], "query" | "moved">;

/** A question of which somebody said what helped, with a grade of each such memory. */
export interface GradedQuestion {
  readonly query: string;
  /** From 1 to 3, by memory. */
  readonly grades: ReadonlyMap<string, number>;
}

/** Half an observation: less is what a memory gets for standing beside the one that helped. */
const STRONG = 0.5;
const HIGHEST_GRADE = 3;

/**
 * The test set that logged judgements make by themselves: of each question, what outcomes still in force say for a memory,
 * in observations rounded to a grade of 1 to 3. Newest question first; a question of which nothing helped is no test.
 */
export function gradedQuestions(signals: readonly Signal[]): readonly GradedQuestion[] {
  const sums = new Map<string, Map<string, number>>();
  for (const { query, moved } of signals) {
    if (query === null) continue;
    const known = sums.get(query) ?? new Map<string, number>();
    for (const { memoryId, weight, status } of moved)
      if (status === "live") known.set(memoryId, (known.get(memoryId) ?? 0) + weight);
    sums.set(query, known);
  }
  return [...sums]
    .map(([query, weights]) => ({ query, grades: gradesOf(weights) }))
    .filter(({ grades }) => grades.size > 0);
}

function gradesOf(weights: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const strong = [...weights].filter(([, weight]) => weight >= STRONG);
  return new Map(
    strong.map(([id, weight]) => [id, Math.min(HIGHEST_GRADE, Math.max(1, Math.round(weight)))]),
  );
}

/** nDCG@k with the grade as gain: 1 when the best grades stand on top, 0 when none is listed. */
export function gradedNdcg(
  ranked: readonly string[],
  grades: ReadonlyMap<string, number>,
  depth: number,
): number {
  const sum = (gains: readonly number[]) =>
    gains.slice(0, depth).reduce((total, gain, index) => total + gain / Math.log2(index + 2), 0);
  const ideal = sum([...grades.values()].sort((one, other) => other - one));
  return ideal === 0 ? 0 : sum(ranked.map((id) => grades.get(id) ?? 0)) / ideal;
}

export interface Scored {
  readonly query: string;
  readonly left: number;
  readonly right: number;
}

export interface SetResult {
  readonly left: number;
  readonly right: number;
  /** Right minus left, question by question, with its 95 % interval; no width from one question. */
  readonly difference: { readonly mean: number; readonly low: number; readonly high: number };
  readonly count: number;
}

const Z95 = 1.96;

export function setResult(scored: readonly Scored[]): SetResult | null {
  const count = scored.length;
  if (count === 0) return null;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / count;
  const differences = scored.map(({ left, right }) => right - left);
  const middle = mean(differences);
  const variance =
    count === 1 ? 1 : differences.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (count - 1);
  const half = Z95 * Math.sqrt(variance / count);
  return {
    left: mean(scored.map((one) => one.left)),
    right: mean(scored.map((one) => one.right)),
    difference: { mean: middle, low: middle - half, high: middle + half },
    count,
  };
}

/** Fewer questions give no interval that says something. */
const ENOUGH = 10;

export function setSentence({ difference: { mean, low, high }, count }: SetResult): string {
  const found = `B is ${formatSigned(mean, 3)} nDCG@10 against A over ${plural(count, "question")}`;
  if (count < ENOUGH) return `${found}; too few to tell which is better.`;
  const interval = `${formatSigned(low, 3)} to ${formatSigned(high, 3)}`;
  if (low > 0) return `${found} (${interval}): better on this set.`;
  if (high < 0) return `${found} (${interval}): worse on this set.`;
  return `${found} (${interval}): no difference stands out.`;
}

/** The largest loss first: what got worse is what a person has to look at. */
export function worstFirst(scored: readonly Scored[]): readonly Scored[] {
  return [...scored].sort((one, other) => one.right - one.left - (other.right - other.left));
}

/** "7 stay, 2 move, 1 enters and 1 leaves." */
export function movesSentence(left: readonly string[], right: readonly string[]): string {
  const moves = rankMoves(left, right);
  const count = (...kinds: readonly string[]) => moves.filter((move) => kinds.includes(move.kind)).length;
  const [same, moved, entered, gone] = [count("same"), count("up", "down"), count("entered"), count("left")];
  if (moved + entered + gone === 0)
    return `Both answer the same: ${plural(same, "result")} at the same ranks.`;
  const parts = [
    `${same} ${same === 1 ? "stays" : "stay"}`,
    `${moved} ${moved === 1 ? "moves" : "move"}`,
    `${entered} ${entered === 1 ? "enters" : "enter"}`,
    `${gone} ${gone === 1 ? "leaves" : "leave"}`,
  ];
  return `From A to B, ${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}.`;
}
