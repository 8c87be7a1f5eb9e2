import { poolWeight } from "./settle";
import { CONSTANTS, type Parameters } from "@/lib/domain/parameters";
import type { Estimate } from "./comparison";
import type { Weight } from "@/lib/domain/ledger/change";

/** What one report of use said of a memory. */
export interface ReportedUse {
  /** Which question, as an index into the memory's questions. */
  readonly question: number;
  /** The recall that was reported on; what is said twice of one recall is said once. */
  readonly recall: string;
  readonly weight: Weight;
}

/** All that reports said of one memory. */
export interface ReportedMemory {
  readonly uses: readonly ReportedUse[];
  /** Nearness of two of its questions, −1…1. */
  readonly nearness: (a: number, b: number) => number;
}

/** Of one memory: Σ K·x_i·x_j over pairs of reports on different recalls, and what it would be if all said the same. */
export interface AgreementPart {
  readonly sum: number;
  /** ≥ 0; 0 of no such pair. */
  readonly most: number;
}

/** x = for less against, K as judgements of near questions are pooled by. Its work grows with the square of the reports. */
export function agreementWithin({ uses, nearness }: ReportedMemory, parameters: Parameters): AgreementPart {
  const said = uses.map(({ weight: [alpha, beta] }) => (alpha - beta) / CONSTANTS.micro);
  let [sum, most] = [0, 0];
  uses.forEach((one, i) => {
    for (let j = 0; j < i; j += 1) {
      const other = uses[j];
      if (other === undefined || other.recall === one.recall) continue;
      const near = one.question === other.question ? 1 : nearness(one.question, other.question);
      const kernel = poolWeight(near, parameters);
      const [x, y] = [said[i] ?? 0, said[j] ?? 0];
      sum += kernel * x * y;
      most += (kernel * (x ** 2 + y ** 2)) / 2;
    }
  });
  return { sum, most };
}

/**
 * How far reports of use say the same of the same memory near the same question, −1…1, with its 90 % interval:
 * ρ = Σ K·x_i·x_j / Σ K·(x_i² + x_j²)/2 over all memories. x is what differs from the usual use at its rank, so that looking at
 * the top agrees with nothing, and of reports that say nothing ρ is 0. The interval takes memories for independent of each
 * other, SE = √Σ_m(Σ K·x_i·x_j)²/Σ K·(x_i² + x_j²)/2. `count` is of memories with any such pair; null without one. Worked: two
 * reports of one question, both [350 000, 0]: 1.
 */
export function agreementOf(memories: readonly AgreementPart[]): Estimate | null {
  const telling = memories.filter(({ most }) => most > 0);
  if (telling.length === 0) return null;
  const all = telling.reduce((total, { most }) => total + most, 0);
  const mean = telling.reduce((total, { sum }) => total + sum, 0) / all;
  const varied = telling.reduce((total, { sum }) => total + sum ** 2, 0);
  const half = (CONSTANTS.intervalZ * Math.sqrt(varied)) / all;
  return { mean, low: mean - half, high: mean + half, count: telling.length };
}
