import { CONSTANTS, type Parameters } from "@/lib/domain/parameters";

/**
 * Whether an answer used a memory: the share of the memory's rare words (those the question does not hold) that the
 * answer repeats, 0…1. null when the memory has no such word, so nothing can be told.
 */
export function containment(
  memoryWords: ReadonlySet<string>,
  queryWords: ReadonlySet<string>,
  answerWords: ReadonlySet<string>,
): number | null {
  const rare = [...memoryWords].filter((word) => !queryWords.has(word));
  return rare.length === 0 ? null : rare.filter((word) => answerWords.has(word)).length / rare.length;
}

export const isUsed = (share: number, parameters: Parameters): boolean =>
  share >= parameters["learning.used.containment"];

/** Words that can tell texts apart: lower case, letters and digits, at least as long as the shortest telling word. */
export const tellingWords = (text: string): Set<string> =>
  new Set(
    (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter(
      (word) => word.length >= CONSTANTS.shortestTellingWord,
    ),
  );
