import { conditionsOf, type Conditions, type SavedTest } from "./test-conditions";

/** What a test wants found: any of the ids meets it, for a graded memory may have been merged into another since. */
export interface Target {
  readonly ids: readonly string[];
  /** From 1 to 3; what is graded 0 is wanted by nobody. */
  readonly grade: number;
}

/** A question that a set asks on both sides. */
export interface TestQuestion {
  readonly key: string;
  readonly query: string;
  readonly conditions: Conditions;
  /** None: the question has no answer, and a recall is right when it says so. */
  readonly targets: readonly Target[];
  /** The saved test that it is; null of one that follows from verdicts. */
  readonly saved: SavedTest | null;
}

export interface Measured {
  readonly ndcg: number;
  /** The share of what is relevant that is among the results. */
  readonly recall: number;
  /** 1 / the rank of the first relevant result. */
  readonly mrr: number;
}

/** A grade from which a memory counts as relevant, where the question has any so good. */
const RELEVANT = 2;

/** A saved test as its grades stand now: those of memories that became one are one, the best of them. */
export function testOf(saved: SavedTest): TestQuestion {
  const { id, query, grades } = saved;
  const targets = new Map<string, Target>();
  for (const { memoryId, countsFor, grade } of grades) {
    const known = targets.get(countsFor) ?? { ids: [countsFor], grade: 0 };
    const ids = [...new Set([...known.ids, memoryId])];
    targets.set(countsFor, { ids, grade: Math.max(known.grade, grade) });
  }
  return {
    key: id,
    query,
    conditions: conditionsOf(saved),
    targets: [...targets.values()].filter(({ grade }) => grade > 0),
    saved,
  };
}

/**
 * How well a ranking meets a test, to a depth. A target is met once, by the first result that stands for it; one that is gone
 * stays in the best order, so that losing the answer is a loss.
 */
export function measure(ranked: readonly string[], targets: readonly Target[], depth: number): Measured {
  const open = new Set(targets);
  const gains = ranked.slice(0, depth).map((id) => {
    const met = [...open].find(({ ids }) => ids.includes(id));
    if (met === undefined) return 0;
    open.delete(met);
    return met.grade;
  });
  const best = targets.map(({ grade }) => grade).sort((one, other) => other - one);
  const relevantFrom = Math.min(RELEVANT, best[0] ?? RELEVANT);
  const isRelevant = (grade: number) => grade >= relevantFrom;
  const wanted = best.filter(isRelevant).length;
  const first = gains.findIndex(isRelevant);
  return {
    ndcg: best.length === 0 ? 0 : discounted(gains) / discounted(best.slice(0, depth)),
    recall: wanted === 0 ? 0 : gains.filter(isRelevant).length / wanted,
    mrr: first < 0 ? 0 : 1 / (first + 1),
  };
}

const discounted = (gains: readonly number[]): number =>
  gains.reduce((total, gain, index) => total + gain / Math.log2(index + 2), 0);
