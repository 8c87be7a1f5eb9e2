import type { Recalled } from "./use-recall";

/** Below this, by default, rather nothing is known than what was found: the default of `recall.answerability.low`. */
const LOW = 0.3;
const EVEN = 0.5;

export interface AnswerableWords {
  readonly kind: "unlikely" | "open";
  readonly sentence: string;
}

/** Whether the store seems to hold an answer, in words; null where it seems so, because then the results speak. */
export function answerableWords({
  answerability,
  explanation,
  results,
}: Pick<Recalled, "answerability" | "explanation"> & {
  readonly results: readonly unknown[];
}): AnswerableWords | null {
  if (results.length === 0 || answerability >= EVEN) return null;
  return answerability < (explanation?.parameters["recall.answerability.low"] ?? LOW)
    ? {
        kind: "unlikely",
        sentence: "Probably nothing here answers this. What follows is the nearest there is.",
      }
    : { kind: "open", sentence: "It is open whether anything here answers this." };
}
