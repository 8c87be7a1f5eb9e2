import { formatConfidence, type ConfidenceScale } from "@/lib/format/confidence";
import { formatPercent, plural } from "@/lib/format/number";

/** How much of an observation still counts after so many days: it halves in every half-life. */
export function fadeAfter(days: number, halfLifeDays: number): number {
  return 2 ** (-days / halfLifeDays);
}

export interface FadePoint {
  readonly days: number;
  readonly share: number;
}

const STEPS = 48;

export function fadeCurve(halfLifeDays: number, overDays: number): readonly FadePoint[] {
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const days = (overDays * step) / STEPS;
    return { days, share: fadeAfter(days, halfLifeDays) };
  });
}

/** What a memory is believed by now: evidence for and against, faded until today, without the prior. */
export interface Evidence {
  readonly alpha: number;
  readonly beta: number;
}
export interface Prior extends Evidence {
  readonly halfLifeDays: number;
}

/** Where confidence goes if nothing more is observed. Sources at their cap fade a little later than this says. */
export function confidenceAfter(evidence: Evidence, days: number, prior: Prior): number {
  const kept = fadeAfter(days, prior.halfLifeDays);
  const alpha = prior.alpha + evidence.alpha * kept;
  return alpha / (alpha + prior.beta + evidence.beta * kept);
}

export interface FadeComparison {
  readonly days: number;
  readonly now: Prior;
  readonly drafted: Prior;
}

/** "Of your 12 memories of this kind with evidence, …": what a half-life does to one's own, in a sentence. */
export function fadingSentence(
  memories: readonly Evidence[],
  { days, now, drafted }: FadeComparison,
  scale: ConfidenceScale,
): string {
  const judged = memories.filter(({ alpha, beta }) => alpha + beta > 0);
  const change = `After ${days} days ${formatPercent(fadeAfter(days, drafted.halfLifeDays))} of an observation still counts, instead of ${formatPercent(fadeAfter(days, now.halfLifeDays))}`;
  if (judged.length === 0) return `${change}. No memory of this kind has evidence yet, so none would move.`;
  const median = (prior: Prior) =>
    formatConfidence(middle(judged.map((memory) => confidenceAfter(memory, days, prior))), scale);
  return `${change}: the median of your ${plural(judged.length, "judged memory", "judged memories")} of this kind would stand at ${median(drafted)} instead of ${median(now)}.`;
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
