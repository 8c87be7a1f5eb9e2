import { CONSTANTS } from "@/lib/domain/parameters";
import type { Reader } from "./wording";

/** Endings that do not change what a word is about, longest first. */
const ENDING = /(?:ies|ing|ed|es|s|e|y)$/u;

/** Reads without knowing the language any better than by its endings; for where no stemmer is at hand. */
export const PLAIN_READER: Reader = {
  stem: (word) => (word.length <= CONSTANTS.shortestTellingWord ? word : word.replace(ENDING, "")),
  isName: () => false,
};
