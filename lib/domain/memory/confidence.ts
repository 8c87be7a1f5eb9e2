import { CONSTANTS, type Parameters } from "@/lib/domain/parameters";
import { entries, type EvidenceEntry, type EvidenceSums } from "@/lib/domain/registers/evidence";
import { groupBy } from "@/lib/domain/group-by";
import type { Kind, TrustClass } from "@/lib/domain/memory/memory";
import type { Millis } from "@/lib/domain/ids";

/** A Beta posterior in observations: `alpha` for, `beta` against, the prior included. Both > 0. */
export interface Posterior {
  readonly alpha: number;
  readonly beta: number;
}

/** A posterior with what is read of it. All in 0…1 except utility, −1…1. */
export interface Belief extends Posterior {
  readonly confidence: number;
  readonly low: number;
  readonly high: number;
  readonly utility: number;
}

/** What a read-out of evidence needs besides the evidence. `now: null` reads without fading. */
export interface ReadAt {
  readonly kind: Kind;
  readonly now: Millis | null;
  readonly parameters: Parameters;
}

/**
 * From sums to a posterior: fade by age, scale each source down to its cap, all low-trust sources together to theirs, add
 * the prior. Everything that is not linear happens here, on read, so that each observation can be taken out of the sums.
 *
 * fade = 2^(−age/H), H in days by kind; a source with A_s + B_s > C is scaled by C/(A_s + B_s).
 * Worked: prior (2, 2), one owner observation [1 000 000, 0], age 0: (3, 2), confidence .6.
 */
export function posterior(evidence: EvidenceSums, at: ReadAt): Posterior {
  const { parameters } = at;
  const bySource = groupBy(entries(evidence), (e) => e.source);
  const capped = [...bySource].map(([source, terms]) => {
    const trust = trustOf(source);
    return { trust, ...scaledTo(capOf(trust, parameters), faded(terms, at)) };
  });
  const low = scaledTo(parameters["safety.cap.low"], added(capped.filter((c) => c.trust === "low")));
  const rest = added(capped.filter((c) => c.trust !== "low"));
  return {
    alpha: parameters["learning.prior.alpha"] + rest.alpha + low.alpha,
    beta: parameters["learning.prior.beta"] + rest.beta + low.beta,
  };
}

/**
 * confidence = A/(A + B); interval: 90 %, normal on the log odds θ = ln(A/B) with variance 1/A + 1/B (delta method);
 * utility = clip(slope·θ, ±clip)/clip.
 */
export function belief(evidence: EvidenceSums, at: ReadAt): Belief {
  const { alpha, beta } = posterior(evidence, at);
  const logOdds = Math.log(alpha / beta);
  const halfWidth = CONSTANTS.intervalZ * Math.sqrt(1 / alpha + 1 / beta);
  const clip = at.parameters["learning.utility.clip"];
  const utility = Math.min(clip, Math.max(-clip, at.parameters["learning.utility.slope"] * logOdds)) / clip;
  return {
    alpha,
    beta,
    confidence: alpha / (alpha + beta),
    low: logistic(logOdds - halfWidth),
    high: logistic(logOdds + halfWidth),
    utility,
  };
}

/**
 * R = (1 + F·t/S)^(−½), F = 19/81, S = S0(kind)·√(1 + A⁺); t: days since it last helped, or was created. 0…1, 1 when new.
 * S is the time in days after which R has fallen to .9 (FSRS-4.5's power curve).
 */
export function accessibility(
  evidence: EvidenceSums,
  createdAt: Millis,
  at: ReadAt & { readonly now: Millis },
): number {
  const useful = entries(evidence).filter((e) => e.weight[0] > 0);
  const lastUsefulDay = Math.max(createdAt / CONSTANTS.millisPerDay, ...useful.map((e) => e.day));
  const days = Math.max(0, at.now / CONSTANTS.millisPerDay - lastUsefulDay);
  const positive = useful.reduce((sum, e) => sum + e.weight[0], 0) / CONSTANTS.micro;
  const stabilityDays = at.parameters[`time.stability.${at.kind}`] * Math.sqrt(1 + positive);
  return (1 + (CONSTANTS.forgettingFactor * days) / stabilityDays) ** CONSTANTS.forgettingExponent;
}

/** The trust class in front of a source key. */
export function trustOf(source: string): TrustClass {
  const name = source.slice(0, source.indexOf(":"));
  return name === "owner" || name === "verified" || name === "ordinary" ? name : "low";
}

function capOf(trust: TrustClass, parameters: Parameters): number {
  if (trust === "owner" || trust === "verified") return parameters["safety.cap.verified"];
  return trust === "ordinary" ? parameters["safety.cap.ordinary"] : parameters["safety.cap.low"];
}

function faded(terms: readonly EvidenceEntry[], { kind, now, parameters }: ReadAt): Posterior {
  const today = now === null ? null : Math.floor(now / CONSTANTS.millisPerDay);
  const halfLifeDays = parameters[`time.halfLife.${kind}`];
  return terms.reduce(
    (sum, { day, weight }) => {
      const factor = today === null ? 1 : 2 ** (-Math.max(0, today - day) / halfLifeDays);
      return {
        alpha: sum.alpha + (factor * weight[0]) / CONSTANTS.micro,
        beta: sum.beta + (factor * weight[1]) / CONSTANTS.micro,
      };
    },
    { alpha: 0, beta: 0 },
  );
}

function scaledTo(cap: number, { alpha, beta }: Posterior): Posterior {
  const total = alpha + beta;
  const scale = total > cap ? cap / total : 1;
  return { alpha: alpha * scale, beta: beta * scale };
}

const added = (parts: readonly Posterior[]): Posterior =>
  parts.reduce((sum, p) => ({ alpha: sum.alpha + p.alpha, beta: sum.beta + p.beta }), { alpha: 0, beta: 0 });

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
