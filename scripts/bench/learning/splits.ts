import { seededRandom, shuffled } from "../seeded-random";
import { simulate } from "./world";
import type { LearningSet } from "./sets";
import type { User } from "./users";

import { DEFAULTS } from "@/lib/domain/parameters";

/** What one user taught on another split, and what untaught needs paid; changes of nDCG@10. */
export interface SplitOutcome {
  readonly user: User;
  readonly split: number;
  readonly test: number;
  readonly control: number;
}

export const SPLIT_USERS = ["explicit", "pbm0.3"] as const satisfies readonly User[];
const SPLITS = 12;

/**
 * The same protocol where other needs are untaught and other wordings are taught: as many of each as the set has itself. One
 * split says how far its own untaught needs happen to stand from the taught ones.
 */
export const otherSplits = (set: LearningSet, cycles: number): SplitOutcome[] =>
  SPLIT_USERS.flatMap((user) =>
    Array.from({ length: SPLITS }, (_, i): SplitOutcome => {
      const curve = simulate(splitOtherwise(set, i + 1), { user, seed: 1, cycles, parameters: DEFAULTS });
      return { user, split: i + 1, test: gained(curve.test), control: gained(curve.control) };
    }),
  );

const gained = (curve: readonly number[]): number => (curve.at(-1) ?? 0) - (curve[0] ?? 0);

function splitOtherwise(set: LearningSet, seed: number): LearningSet {
  const random = seededRandom(seed * FAR_APART);
  const needs = new Map<string, number[]>();
  set.queries.forEach(({ category }, i) => needs.set(category, [...(needs.get(category) ?? []), i]));
  const taughtNeeds = new Set(set.train.map((i) => set.queries[i]?.category));
  const wordings = set.train.length / taughtNeeds.size;
  const order = shuffled([...needs.keys()].sort(), random);
  const untaught = new Set(order.slice(0, needs.size - taughtNeeds.size));
  const [train, test, control]: [number[], number[], number[]] = [[], [], []];
  for (const need of order) {
    const own = shuffled(needs.get(need) ?? [], random);
    if (untaught.has(need)) control.push(...own.slice(wordings));
    else {
      train.push(...own.slice(0, wordings));
      test.push(...own.slice(wordings));
    }
  }
  return { ...set, train: shuffled(train, random), test, control };
}

/** Seeds next to each other start alike. */
const FAR_APART = 7919;
