import { CONSTANTS, type Parameters } from "@/lib/domain/parameters";

/** A question that a memory helped with. */
export interface HelpedWith {
  /** How clearly it did, in standard deviations > 0. */
  readonly deviations: number;
  /** How near the nearest other question is that it helped with, −1…1; −1 when there is none. */
  readonly nearest: number;
}

/**
 * How much of what a memory helps with is known, 0…1: C = 1 − (alone + u)/(n + u). n counts the questions it helped with, each
 * by how sure that is, min(1, t/T); alone, those of them that no other one is near to. After Good and Turing ("The population
 * frequencies of species and the estimation of population parameters", Biometrika 40, 1953): what has come up once only is as
 * much as has not come up yet. u unseen questions are assumed, so that one question says nothing, nor do two that are far
 * apart. Worked, with u = 5: two sure wordings of one need: 2/7; fifteen: .75.
 */
export function coverageOf(helped: readonly HelpedWith[], p: Parameters): number {
  let [known, alone] = [0, 0];
  for (const { deviations, nearest } of helped) {
    const sure = Math.min(1, deviations / p["learning.cue.sure"]);
    known += sure;
    alone += sure * farness(nearest, p);
  }
  const unseen = p["learning.cue.elsewhere.unseen"];
  return known === 0 ? 0 : 1 - (alone + unseen) / (known + unseen);
}

/**
 * How far what a memory helps with is known to lie elsewhere than the question asked, 0…1: its coverage, as far as the
 * `nearest` question that it helped with, −1…1, is not near. A memory that helps with ever different things has little
 * coverage, and is never told to keep away.
 */
export function elsewhere(coverage: number, nearest: number, p: Parameters): number {
  return coverage === 0 ? 0 : coverage * farness(nearest, p);
}

/** 0 for questions so near that they may be one need, 1 for those so far that they are not. */
function farness(nearness: number, p: Parameters): number {
  const [near, far] = [p["learning.cue.elsewhere.near"], p["learning.cue.elsewhere.far"]];
  return Math.min(1, Math.max(0, (near - nearness) / Math.max(CONSTANTS.tiny, near - far)));
}
