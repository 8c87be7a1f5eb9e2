import { atLeast, gateOf, type Gate } from "./proposal";
import { CONSTANTS } from "@/lib/domain/parameters";
import { estimate } from "@/lib/domain/learning/comparison";
import type { Weight } from "@/lib/domain/ledger/change";

/** What was observed of one memory, oldest first. */
export interface Observed {
  readonly heldOut: boolean;
  readonly observations: readonly { readonly day: number; readonly weight: Weight }[];
}

export interface HalfLifeNow {
  readonly days: number;
  /** How far one cycle may move it, > 1. */
  readonly factor: number;
  readonly min: number;
  readonly max: number;
  readonly prior: { readonly alpha: number; readonly beta: number };
  readonly fewest: number;
}

/**
 * The half-life under which what was known of a memory foretells its next outcome best: each observation is foretold by the
 * posterior of those before it, faded to its day, and scored by its log likelihood. A shorter and a longer one are tried;
 * chosen on half of the memories, tested on the other half. null: neither is better.
 */
export function learnHalfLife(
  memories: readonly Observed[],
  now: HalfLifeNow,
): { readonly days: number; readonly gate: Gate } | null {
  const [seen, held] = [memories.filter((m) => !m.heldOut), memories.filter((m) => m.heldOut)];
  const inRange = (days: number) => Math.min(now.max, Math.max(now.min, days));
  const options = [now.days, inRange(now.days / now.factor), inRange(now.days * now.factor)];
  const fit = (days: number) => seen.flatMap((m) => foretold(m, days, now)).reduce((sum, v) => sum + v, 0);
  const best = options.reduce((a, b) => (fit(b) > fit(a) ? b : a));
  if (best === now.days) return null;
  const before = held.flatMap((m) => foretold(m, now.days, now));
  const gain = estimate(held.flatMap((m) => foretold(m, best, now)).map((v, i) => v - (before[i] ?? 0)));
  return {
    days: best,
    gate: gateOf([
      atLeast("held-out outcomes foretold", before.length, now.fewest),
      atLeast("log likelihood gained on each, lower end", gain?.low ?? -1, 0),
    ]),
  };
}

/** Log likelihood of each observation but the first, in nats, by what came before it. */
function foretold({ observations }: Observed, days: number, { prior }: HalfLifeNow): number[] {
  let [alpha, beta, at] = [0, 0, observations[0]?.day ?? 0];
  return observations.flatMap(({ day, weight }, i) => {
    const fade = 2 ** (-Math.max(0, day - at) / days);
    [alpha, beta, at] = [alpha * fade, beta * fade, Math.max(at, day)];
    const helps = (prior.alpha + alpha) / (prior.alpha + alpha + prior.beta + beta);
    const [good, bad] = [weight[0] / CONSTANTS.micro, weight[1] / CONSTANTS.micro];
    [alpha, beta] = [alpha + good, beta + bad];
    return i === 0 ? [] : [good * Math.log(helps) + bad * Math.log(1 - helps)];
  });
}
