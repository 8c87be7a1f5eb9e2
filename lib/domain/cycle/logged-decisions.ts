import { CONSTANTS } from "@/lib/domain/parameters";
import { reordered, type JudgedRecall, type Scales } from "./judged-recall";
import { seeded } from "@/lib/domain/learning/explore";
import type { LoggedDecision } from "@/lib/domain/learning/off-policy";

/**
 * The first five of each judged recall as logged decisions: how likely each memory was to stand there, how likely it would be
 * under other weights, and what was to be expected of both lists. Where the recall explored, chances are counted from fresh
 * draws of the same kind; where it did not, what is shown is shown for certain.
 */
export function decisionsUnder(recalls: readonly JudgedRecall[], scales: Scales): LoggedDecision[] {
  const usual = usualByPlace(recalls);
  return recalls.flatMap((recall) => decisionsOf(recall, scales, usual));
}

interface Counted {
  readonly shown: number;
  readonly helped: number;
}

/** How often what stood at each place helped. */
function usualByPlace(recalls: readonly JudgedRecall[]): Counted[] {
  const counts: Counted[] = [];
  for (const { shown, helped } of recalls)
    shown.forEach((id, place) => {
      const before = counts[place] ?? { shown: 0, helped: 0 };
      counts[place] = { shown: before.shown + 1, helped: before.helped + (helped.has(id) ? 1 : 0) };
    });
  return counts;
}

function decisionsOf(recall: JudgedRecall, scales: Scales, usual: readonly Counted[]): LoggedDecision[] {
  const first = recall.shown.slice(0, CONSTANTS.firstFive);
  const before = recall.explored ? chances(recall, null) : null;
  const after = recall.explored ? chances(recall, scales) : certain(recall, scales);
  const expected = (id: string): number => expectedOf(recall, id, usual);
  const proposed =
    [...after].reduce((sum, [id, chance]) => sum + chance * expected(id), 0) / Math.max(1, first.length);
  return first.map((id) => ({
    logged: before === null ? 1 : (before.get(id) ?? LEAST),
    proposed: after.get(id) ?? 0,
    reward: recall.helped.has(id) ? 1 : 0,
    expected: { shown: expected(id), proposed },
  }));
}

/**
 * What a model expects of a memory in this recall, 0…1. Of what stood below the first five the outcome is known. Of what
 * stood among them it is what the same place came to in all other recalls: a model that had seen the very outcome would leave
 * nothing to correct. Of what nobody was shown it is what the last place came to.
 */
function expectedOf({ shown, helped }: JudgedRecall, id: string, usual: readonly Counted[]): number {
  const found = shown.indexOf(id);
  const own = helped.has(id) ? 1 : 0;
  if (found >= CONSTANTS.firstFive) return own;
  const place = found < 0 ? Math.max(0, shown.length - 1) : found;
  const all = usual[place] ?? { shown: 0, helped: 0 };
  const [count, sum] = found < 0 ? [all.shown, all.helped] : [all.shown - 1, all.helped - own];
  return count <= 0 ? CONSTANTS.middle : sum / count;
}

const certain = (recall: JudgedRecall, scales: Scales): Map<string, number> =>
  new Map(
    reordered(recall, scales)
      .slice(0, Math.min(CONSTANTS.firstFive, recall.shown.length))
      .map((id) => [id, 1]),
  );

const LEAST = 1 / (CONSTANTS.explorationDraws + 1);

/** By memory: the share of draws in which it stands among the first five, smoothed so that none is impossible. `e`: its logged draw and the draw's spread. */
function chances(recall: JudgedRecall, scales: Scales | null): Map<string, number> {
  const counts = new Map<string, number>();
  for (let draw = 0; draw < CONSTANTS.explorationDraws; draw += 1) {
    const redrawn = recall.candidates.map((c) => {
      const [own = 0, spread = 0] = c.e ?? [];
      return { ...c, s: c.s - own + spread * normal(`${recall.id} ${String(draw)} ${c.m}`) };
    });
    for (const id of reordered({ candidates: redrawn }, scales ?? []).slice(0, CONSTANTS.firstFive))
      counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return new Map([...counts].map(([id, count]) => [id, count / (CONSTANTS.explorationDraws + 1)]));
}

/** A seeded draw of the standard normal distribution (Box and Muller). */
function normal(seed: string): number {
  const [u, v] = [seeded(`${seed} u`), seeded(`${seed} v`)];
  return Math.sqrt(2 * -Math.log(Math.max(CONSTANTS.tiny, u))) * Math.cos(2 * Math.PI * v);
}
