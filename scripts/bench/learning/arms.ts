import { simulate, type Curve, type Run } from "./world";
import { USERS, type User } from "./users";
import type { LearningSet } from "./sets";

import { DEFAULTS, type Parameters } from "@/lib/domain/parameters";

/** What one arm came to: means over seeds, with the half width of the 95 % interval. */
export interface Arm {
  readonly set: string;
  readonly arm: string;
  readonly seeds: number;
  readonly test: readonly Point[];
  readonly control: readonly Point[];
  readonly seen: readonly Point[];
  /** How far unsure evidence moves, as cycles tuned it; score per standard deviation. */
  readonly step: readonly Point[];
  /** The worst step from one cycle to the next in any seed. */
  readonly worstStep: number;
  /** The lowest that any cycle's mean lies below the start, with the half width of its 95 % interval over the questions. */
  readonly belowStart: Point;
}

export interface Point {
  readonly mean: number;
  readonly half: number;
}

export interface Plan {
  readonly seeds: number;
  readonly cycles: number;
}

/** Two-sided 95 % of Student's distribution by degrees of freedom, from 1. */
const STUDENT = [12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26];

export function arm(
  set: LearningSet,
  { seeds, cycles }: Plan,
  { name, ...run }: Partial<Run> & { readonly user: User; readonly name: string },
): Arm {
  const curves = Array.from({ length: seeds }, (_, seed) =>
    simulate(set, { seed: seed + 1, cycles, parameters: DEFAULTS, ...run }),
  );
  const test = points(curves.map((curve) => curve.test));
  return {
    set: set.name,
    arm: name,
    seeds,
    test,
    control: points(curves.map((curve) => curve.control)),
    seen: points(curves.map((curve) => curve.seen)),
    step: points(curves.map((curve) => curve.step)),
    worstStep: Math.min(
      ...curves.flatMap(({ test: own }) => own.slice(1).map((value, i) => value - (own[i] ?? 0))),
    ),
    belowStart: lowest(curves),
  };
}

/** The cycle that lies lowest below the start. Each question is held against itself, as a mean over the seeds. */
function lowest(curves: readonly Curve[]): Point {
  const questions = curves[0]?.testQuestions[0]?.length ?? 0;
  const differences = (cycle: number): number[] =>
    Array.from({ length: questions }, (_, q) =>
      mean(curves.map(({ testQuestions: by }) => (by[cycle]?.[q] ?? 0) - (by[0]?.[q] ?? 0))),
    );
  const cycles = (curves[0]?.testQuestions ?? []).map((_, cycle) => differences(cycle));
  const [worst = []] = cycles.sort((one, other) => mean(one) - mean(other));
  return { mean: mean(worst), half: (Z95 * spreadOf(worst)) / Math.sqrt(worst.length) };
}

/** Two-sided 95 % of the normal distribution: there are a hundred questions and more. */
const Z95 = 1.96;

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

function spreadOf(values: readonly number[]): number {
  const middle = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return Math.sqrt(squares / Math.max(1, values.length - 1));
}

function points(curves: readonly (readonly number[])[]): Point[] {
  return (curves[0] ?? []).map((_, cycle) => {
    const values = curves.map((curve) => curve[cycle] ?? 0);
    const half =
      values.length < 2
        ? 0
        : ((STUDENT[values.length - 2] ?? 2) * spreadOf(values)) / Math.sqrt(values.length);
    return { mean: mean(values), half };
  });
}

/** Everybody on every set, and a naive learner beside. The frozen arm is each curve's start: nothing is learned in it. */
export const users = (sets: readonly LearningSet[], plan: Plan): Arm[] =>
  sets.flatMap((set) => [
    ...USERS.map((user) => arm(set, plan, { name: user, user })),
    arm(set, { ...plan, seeds: 1 }, { name: "explicit, naive kNN", user: "explicit", learner: "kNN" }),
    arm(set, plan, { name: "near-random, naive kNN", user: "near-random", learner: "kNN" }),
  ]);

export const attacks = (set: LearningSet, plan: Plan): Arm[] => [
  ...[0.1, 0.3, 0.5].flatMap((poison) =>
    (["explicit", "pbm0.1"] as const).map((user) =>
      arm(set, plan, { name: `${user}, poison ${poison}`, user, poison }),
    ),
  ),
  arm(set, plan, {
    name: "explicit, flood of one stranger",
    user: "explicit",
    strangers: { sources: 1, perCycle: set.train.length },
  }),
  arm(set, plan, {
    name: "explicit, 50 sybils",
    user: "explicit",
    strangers: { sources: 50, perCycle: set.train.length },
  }),
];

/** Half of what a need's memories say stops being true at once, and the other half starts. */
export const FLIP_AT = 5;
export function drift(set: LearningSet, plan: Plan): Arm {
  const half = (odd: number) =>
    set.relevant.map((all) => new Set([...all].sort((a, b) => a - b).filter((_, i) => i % 2 === odd)));
  return arm(
    set,
    { ...plan, seeds: 1 },
    {
      name: "explicit, drift flip",
      user: "explicit",
      relevant: half(0),
      flip: { at: FLIP_AT, relevant: half(1) },
    },
  );
}

/** What exploring costs while one looks, and what it has found in the end. */
export function exploring(set: LearningSet, plan: Plan): Arm[] {
  const parameters = { ...DEFAULTS, "learning.explore.share": 0.3 };
  return (["explicit", "pbm0.3"] as const).map((user) =>
    arm(set, plan, { name: `${user}, 3 of 10 explore`, user, parameters }),
  );
}

/** The default and settings around it: how far what was learned reaches into other needs, and how far what is known for one leaves others alone. */
export function frontier(set: LearningSet, plan: Plan): { readonly label: string; readonly curve: Curve }[] {
  const tried: [string, Partial<Parameters>][] = [
    ...[0.8, 1, 1.15, 1.3, 1.4, 1.6, 2].map((weight): [string, Partial<Parameters>] => [
      `closeness ${weight}`,
      { "recall.weight.cue": weight },
    ]),
    ...[0, 0.1, 0.4].map((amount): [string, Partial<Parameters>] => [
      `elsewhere ${amount}`,
      { "learning.cue.elsewhere": amount },
    ]),
    ["default", {}],
  ];
  const run = { user: "explicit", seed: 1, cycles: plan.cycles } as const;
  return [
    ...tried.map(([label, more]) => ({
      label,
      curve: simulate(set, { ...run, parameters: { ...DEFAULTS, ...more } }),
    })),
    { label: "naive kNN", curve: simulate(set, { ...run, parameters: DEFAULTS, learner: "kNN" }) },
  ];
}
