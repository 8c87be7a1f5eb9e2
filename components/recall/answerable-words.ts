import type { Recalled } from "./use-recall";

/**
 * The default of `recall.answerability.low`. Two to thirteen in a hundred answered questions of the measured sets fall below it, so
 * the words must not sound as if it were certain.
 */
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
        sentence:
          "Nothing here matches this well, so there may be no answer. What follows is the nearest there is.",
      }
    : { kind: "open", sentence: "It is open whether anything here answers this." };
}
