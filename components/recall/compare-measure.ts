import { formatSigned, plural } from "@/lib/format/number";
import type { CallOutput } from "@/lib/client/api";
import { rankMoves } from "../ui/rank-moves";
import { measure, type Measured, type TestQuestion } from "./test-measure";

type Signal = Pick<CallOutput<"signals.list">["items"][number], "query" | "moved">;

/** Half an observation: less is what a memory gets for standing beside the one that helped. */
const STRONG = 0.5;
const HIGHEST_GRADE = 3;

/**
 * The test set that logged judgements make by themselves: of each question, what outcomes still in force say for a memory,
 * in observations rounded to a grade of 1 to 3. Newest question first; a question of which nothing helped is no test.
 */
export function judgedQuestions(signals: readonly Signal[]): readonly TestQuestion[] {
  const sums = new Map<string, Map<string, number>>();
  for (const { query, moved } of signals) {
    if (query === null) continue;
    const known = sums.get(query) ?? new Map<string, number>();
    for (const { memoryId, weight, status } of moved)
      if (status === "live") known.set(memoryId, (known.get(memoryId) ?? 0) + weight);
    sums.set(query, known);
  }
  return [...sums]
    .map(([query, weights]) => ({
      ...{ key: query, query, conditions: {}, saved: null },
      targets: targetsOf(weights),
    }))
    .filter(({ targets }) => targets.length > 0);
}

function targetsOf(weights: ReadonlyMap<string, number>): TestQuestion["targets"] {
  const strong = [...weights].filter(([, weight]) => weight >= STRONG);
  return strong.map(([id, weight]) => ({
    ids: [id],
    grade: Math.min(HIGHEST_GRADE, Math.max(1, Math.round(weight))),
  }));
}

/** What one side showed for a question. */
export interface Shown {
  readonly ids: readonly string[];
  /** It says that it has no answer. */
  readonly declines: boolean;
}

/** A question with what both sides showed, as its grades stand now. */
export interface Scored {
  readonly question: TestQuestion;
  readonly left: Measured;
  readonly right: Measured;
}

export const DEPTH = 10;

/** Of a question without an answer, saying so is all there is to get right. */
const declined = (right: boolean): Measured => {
  const all = right ? 1 : 0;
  return { ndcg: all, recall: all, mrr: all };
};

export function scored(question: TestQuestion, left: Shown, right: Shown): Scored {
  const side = ({ ids, declines }: Shown) =>
    isAnswerable(question) ? measure(ids, question.targets, DEPTH) : declined(declines);
  return { question, left: side(left), right: side(right) };
}

export const isAnswerable = ({ targets }: TestQuestion): boolean => targets.length > 0;

/** Right minus left, question by question, with its 95 % interval; no width from one question. */
export interface Difference {
  readonly left: number;
  readonly right: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface SetResult {
  readonly of: Readonly<Record<keyof Measured, Difference>>;
  /** Questions that have an answer; the measures are over them. */
  readonly count: number;
}

const Z95 = 1.96;

export function setResult(all: readonly Scored[]): SetResult | null {
  const answered = all.filter(({ question }) => isAnswerable(question));
  if (answered.length === 0) return null;
  const of = (name: keyof Measured) =>
    difference(answered.map(({ left, right }) => [left[name], right[name]] as const));
  return { of: { ndcg: of("ndcg"), recall: of("recall"), mrr: of("mrr") }, count: answered.length };
}

function difference(pairs: readonly (readonly [number, number])[]): Difference {
  const count = pairs.length;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / count;
  const differences = pairs.map(([left, right]) => right - left);
  const middle = mean(differences);
  const variance =
    count === 1 ? 1 : differences.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (count - 1);
  const half = Z95 * Math.sqrt(variance / count);
  return {
    left: mean(pairs.map(([left]) => left)),
    right: mean(pairs.map(([, right]) => right)),
    ...{ mean: middle, low: middle - half, high: middle + half },
  };
}

/** Fewer questions give no interval that says something. */
const ENOUGH = 10;

export function setSentence({ of, count }: SetResult): string {
  const { mean, low, high } = of.ndcg;
  const found = `B is ${formatSigned(mean, 3)} nDCG@10 against A over ${plural(count, "question")}`;
  if (count < ENOUGH) return `${found}; too few to tell which is better.`;
  const interval = `${formatSigned(low, 3)} to ${formatSigned(high, 3)}`;
  if (low > 0) return `${found} (${interval}): better on this set.`;
  if (high < 0) return `${found} (${interval}): worse on this set.`;
  return `${found} (${interval}): no difference stands out.`;
}

/** "Of 3 questions without an answer, A says so for 2 and B for 3."; null where the set has none. */
export function declinedSentence(all: readonly Scored[]): string | null {
  const without = all.filter(({ question }) => !isAnswerable(question));
  if (without.length === 0) return null;
  const right = (side: "left" | "right") => without.filter((one) => one[side].ndcg === 1).length;
  return `Of ${plural(without.length, "question")} without an answer, A says so for ${right("left")} and B for ${right("right")}.`;
}

export const lossOf = ({ left, right }: Scored): number => left.ndcg - right.ndcg;

/** The largest loss first: what got worse is what a person has to look at. */
export function worstFirst(all: readonly Scored[]): readonly Scored[] {
  return [...all].sort((one, other) => lossOf(other) - lossOf(one));
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
