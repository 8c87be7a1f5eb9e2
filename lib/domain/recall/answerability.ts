import type { Parameters } from "@/lib/domain/parameters";

/** What the first results of a recall say about whether the store holds an answer at all. */
export interface AnswerSigns {
  /** The most that one of them offers by its text, its context and what it helped with: similarity, keyword, context and cue parts, ≥ 0. */
  readonly match: number;
  /** Best similarity of what the named person said, less that of what others said, −1…1; null: the query names nobody, or nobody is known to have said them. */
  readonly speaker: number | null;
}

/**
 * The odds that some memory answers, 0…1, by logistic regression: 1/(1 + e^−z) with z = a·match + b·(speaker − usual) − offset.
 * One half where answered and unanswered questions of the measured sets were equally likely, each kind with the same weight; a
 * store whose questions mostly have answers may ask for less. Nothing found: 0. Worked: match .85, nobody named, offset 2.7,
 * a 3.1: z = −.065, .48. It tells of the list as a whole and takes no part in its order.
 */
export function answerability(signs: AnswerSigns | null, p: Parameters): number {
  if (signs === null) return 0;
  const speaker =
    signs.speaker === null
      ? 0
      : p["recall.answerability.speaker"] * (signs.speaker - p["recall.answerability.usual"]);
  return (
    1 /
    (1 + Math.exp(p["recall.answerability.offset"] - p["recall.answerability.match"] * signs.match - speaker))
  );
}
