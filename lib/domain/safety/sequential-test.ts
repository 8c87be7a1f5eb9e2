import { CONSTANTS, type Parameters } from "@/lib/domain/parameters";
import { entries, type EvidenceSums } from "@/lib/domain/registers/evidence";
import { trustOf } from "@/lib/domain/memory/confidence";
import type { ChangeId } from "@/lib/domain/ids";
import type { Support, Weight } from "@/lib/domain/ledger/change";

/**
 * Wald's sequential probability ratio test of "this memory helps as seldom as a harmful one" (p₁) against "it helps as
 * often as a good one" (p₀). Λ = Σ β·ln((1 − p₁)/(1 − p₀)) − α·ln(p₀/p₁) over weighted outcomes, in nats; at Λ ≥ ln((1 − b)/a)
 * the memory is proposed for quarantine. 4.5 lets one good memory in ninety be proposed. Wald 1945.
 * Additive by design: each observation's amount stands alone, so a decision can be tested again when one is taken back.
 */
export function harmAmount([alpha, beta]: Weight, parameters: Parameters): number {
  const good = parameters["safety.quarantine.good"];
  const bad = parameters["safety.quarantine.bad"];
  const perSuccess = Math.log(good / bad);
  const perFailure = Math.log((1 - bad) / (1 - good));
  return Math.round(beta * perFailure - alpha * perSuccess);
}

/** What the test says of one memory. */
export interface HarmTest {
  /** Λ in nats. */
  readonly ratio: number;
  readonly threshold: number;
  /** Sources that speak against it; all of low trust count as one, for nobody can tell them apart. */
  readonly accusers: number;
  readonly proposed: boolean;
}

/** Proposed when Λ reaches the threshold and an owner or two independent sources say so. */
export function harmTest(evidence: EvidenceSums, parameters: Parameters): HarmTest {
  const terms = entries(evidence);
  const ratio = terms.reduce((sum, { weight }) => sum + harmAmount(weight, parameters), 0) / CONSTANTS.micro;
  const against = terms.filter(({ weight }) => weight[1] > weight[0]).map(({ source }) => source);
  const accusers = new Set(against.map((source) => (trustOf(source) === "low" ? "low" : source))).size;
  const isOwner = against.some((source) => trustOf(source) === "owner");
  const threshold = parameters["safety.quarantine.threshold"];
  return { ratio, threshold, accusers, proposed: ratio >= threshold && (isOwner || accusers >= 2) };
}

/** The support of a quarantine that rests on outcomes: what each observation contributed, and the threshold they passed. */
export function harmSupport(
  observations: readonly { readonly change: ChangeId; readonly weight: Weight }[],
  parameters: Parameters,
): Support {
  const terms = observations
    .map(({ change, weight }) => ({ change, amount: harmAmount(weight, parameters) }))
    .filter(({ amount }) => amount !== 0);
  return { terms, threshold: Math.round(parameters["safety.quarantine.threshold"] * CONSTANTS.micro) };
}
