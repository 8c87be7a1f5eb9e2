import { FLIP_AT, type Arm, type Point } from "./arms";
import type { Proof } from "./store-arm";
import { SPLIT_USERS, type SplitOutcome } from "./splits";

export interface Target {
  readonly what: string;
  readonly target: string;
  readonly figure: string;
  readonly reached: boolean;
}

interface Measured {
  readonly arms: readonly Arm[];
  readonly attacked: readonly Arm[];
  readonly flipped: Arm;
  readonly splits: readonly SplitOutcome[];
  readonly store: Proof;
}

const [EXPLICIT, CLICKS, CONTROL, NOISE, STEP, SURVIVES, REGAINED] = [
  0.85, 0.75, -0.005, -0.005, -0.01, 0.7, 0.9,
];
const CYCLES_TO_REGAIN = 3;
/** Whose feedback says nothing, so that all it may do is little harm. */
const NEAR_RANDOM = "near-random";

/** Each promise with what was measured, reached or not. */
export function targetsOf({ arms, attacked, flipped, splits, store }: Measured): Target[] {
  const of = (set: string, name: string) => arms.find((arm) => arm.set === set && arm.arm === name);
  const learners = arms.filter((arm) => !arm.arm.includes("naive"));
  const explicit = of("banking77", "explicit");
  const clicks = of("banking77", "pbm0.3");
  const poisoned = attacked.find((arm) => arm.arm === "explicit, poison 0.3");
  const survives = gained(poisoned?.test) / gained(explicit?.test);
  const before = at(flipped.test, FLIP_AT - 1);
  const regained = at(flipped.test, FLIP_AT + CYCLES_TO_REGAIN) / before;
  const locomo = learners.filter((arm) => arm.set === "locomo");
  const lowest = locomo.map((arm) => arm.belowStart);
  return [
    least("BANKING77 test wordings, explicit, after 10 cycles", at(explicit?.test, -1), EXPLICIT),
    least("BANKING77 test wordings, pbm0.3, after 10 cycles", at(clicks?.test, -1), CLICKS),
    least("BANKING77 control questions, explicit, change", gained(explicit?.control), CONTROL),
    least("BANKING77 control questions, pbm0.3, change", gained(clicks?.control), CONTROL),
    ...SPLIT_USERS.map((user) =>
      least(
        `BANKING77 control questions, ${user}, change on the worst of other splits`,
        Math.min(...splits.filter((one) => one.user === user).map(({ control }) => control)),
        CONTROL,
      ),
    ),
    ...learners
      .filter((arm) => arm.arm === NEAR_RANDOM)
      .map((arm) => least(`${arm.set} test, near-random, change`, gained(arm.test), NOISE)),
    least(
      "worst step from one cycle to the next, all users, sets and seeds",
      Math.min(...learners.map((arm) => arm.worstStep)),
      STEP,
    ),
    least("share of the gain that survives 30 % poison", survives, SURVIVES),
    least("share of the level regained within 3 cycles of a drift flip", regained, REGAINED),
    ...locomo
      .filter((arm) => arm.arm !== NEAR_RANDOM)
      .map((arm) => least(`LoCoMo against the frozen arm, ${arm.arm}, after 10 cycles`, gained(arm.test), 0)),
    least(
      "LoCoMo against the frozen arm, any user and cycle",
      Math.min(...lowest.map((point) => point.mean)),
      0,
    ),
    least(
      "LoCoMo against the frozen arm, any user and cycle: upper end of the 95 % interval over its questions",
      Math.min(...lowest.map((point) => point.mean + point.half)),
      0,
    ),
    holds(
      "every learning change reverted gives back state and rankings, digest for digest",
      store.allReverted.state && store.allReverted.rankings,
    ),
    holds(
      "a random half reverted in any order equals the world without it",
      store.halfReverted.orderFree && store.halfReverted.equalsWorldWithout,
    ),
    holds("chain, fold and projection verify afterwards", store.verified),
  ];
}

const gained = (points: readonly Point[] = []): number => at(points, -1) - at(points, 0);
const at = (points: readonly Point[] = [], cycle: number): number => points.at(cycle)?.mean ?? NaN;

const least = (what: string, figure: number, target: number): Target => ({
  what,
  target: `≥ ${target}`,
  figure: figure.toFixed(4),
  reached: figure >= target,
});
const holds = (what: string, reached: boolean): Target => ({
  what,
  target: "holds",
  figure: String(reached),
  reached,
});
