import { CONSTANTS, type Parameters } from "@/lib/domain/parameters";
import { elsewhere } from "./coverage";
import { APART } from "./question-nearness";
import type { Settled } from "./settle";

/** How near one judged question is to the one asked, −1…1, and what was learned about the memory there, in standard deviations. */
export interface Cue {
  readonly nearness: number;
  readonly direction: number;
}

/** What was learned about one memory, seen from the question asked. */
export interface Learned extends Pick<Settled, "helped"> {
  readonly cues: readonly Cue[];
  /** How far what it helps with is known to lie elsewhere, 0…1; see `elsewhere`. */
  readonly elsewhere: number;
}

/** Of a memory that nobody has judged for a question. */
export const NOTHING_LEARNED: Learned = { cues: [], helped: 0, elsewhere: 0 };

/** What settled terms say of a question, given how near it is to each of those that the memory was judged for. */
export function seenFrom(
  { direction, helped, coverage }: Settled,
  nearness: (question: number) => number,
  p: Parameters,
): Learned {
  const reach = p["learning.cue.reach"];
  const cues: Cue[] = [];
  let nearest = APART;
  for (let question = 0; question < direction.length; question += 1) {
    const cue = { nearness: nearness(question), direction: direction[question] ?? 0 };
    if (cue.direction > 0) nearest = Math.max(nearest, cue.nearness);
    if (cue.nearness > reach && cue.direction !== 0) cues.push(cue);
  }
  return { cues, helped, elsewhere: elsewhere(coverage, nearest, p) };
}

/**
 * The cue part of a score. For: a memory is as near to a question as the nearest question it helped with,
 * max over cues of min((w·r − own)_+, J·(t − z)_+/(1 − min(t/T, 1)^k)), r = (cos − q0)/(1 − q0), own = its own similarity
 * part: what already matches gains nothing, what stands close to another need cannot pass what matches by itself, and the step
 * is as long as the evidence is clear, all the way from T standard deviations on. Against, in the same way:
 * −w′·max min((a·r − b·ŝ)_+, J′·…): a strong match of its own shields it. At the very question that was judged a step is at
 * least the share t/t0 of the way, so that a person sees what one judgement does.
 *
 * What did not help reaches other wordings only as far as the memory is known to have helped with something, times
 * min(1, helped/h): of a memory that was only ever refused nobody knows what it is good for, and lowering it around each
 * refusal lowers it for the questions it answers, too, because nobody has asked those yet.
 *
 * A memory whose questions are known, and none of them near, is lowered without a refusal, by E·elsewhere.
 */
export function cuePart(
  { cues, helped, elsewhere: away }: Learned,
  similarityPart: number,
  p: Parameters,
): number {
  const reach = p["learning.cue.reach"];
  const scale =
    similarityPart / Math.max(CONSTANTS.tiny, p["recall.weight.similarity"] + p["recall.weight.passage"]);
  let [up, down] = [0, 0];
  for (const { nearness, direction } of cues) {
    const near = Math.min(1, (nearness - reach) / (1 - reach));
    if (near <= 0 || direction === 0) continue;
    const isFor = direction > 0;
    const gap = isFor
      ? p["recall.weight.cue"] * near - similarityPart
      : Math.min(1, p["learning.cue.against.scale"] * near - p["learning.cue.against.shield"] * scale);
    // No step is longer than its gap, and only the longest counts.
    if (gap <= (isFor ? up : down)) continue;
    const clear = { deviations: Math.abs(direction), same: near ** p["learning.cue.same"] };
    if (isFor) up = Math.max(up, step(gap, { ...clear, known: 1, longest: p["learning.cue.step"] }, p));
    else {
      const known = Math.min(1, helped / p["learning.cue.against.known"]);
      down = Math.max(down, step(gap, { ...clear, known, longest: p["learning.cue.against.step"] }, p));
    }
  }
  return up - p["recall.weight.cueAgainst"] * down - p["learning.cue.elsewhere"] * away;
}

interface Clear {
  /** ≥ 0. */
  readonly deviations: number;
  /** 1 at the very question that was judged, next to 0 at every other one. */
  readonly same: number;
  /** How far the step may be taken at other questions, 0…1. */
  readonly known: number;
  /** Per standard deviation, while unsure. */
  readonly longest: number;
}

/** As far as the gap (> 0), but no further than the evidence is clear. */
function step(gap: number, { deviations: t, same, known, longest }: Clear, p: Parameters): number {
  const unsure = 1 - Math.min(1, t / p["learning.cue.sure"]) ** p["learning.cue.opening"];
  const cautious =
    unsure <= 0 ? gap : Math.min(gap, (longest * Math.max(0, t - p["learning.cue.least"])) / unsure);
  return Math.max(known * cautious, same * Math.min(1, t / p["learning.cue.same.sure"]) * gap);
}
