import type { StatedRelation } from "@/lib/domain/graph/extraction";
import type { Span } from "./names";
import type { Word } from "./word";

const MOST_WORDS_BETWEEN = 6;

/** What is said between two names that follow one another in a sentence, when a verb stands there. */
export function relationsBetween(words: readonly Word[], spans: readonly Span[]): StatedRelation[] {
  return spans.flatMap((left, from) => {
    const right = spans[from + 1];
    if (!right || right.from - left.to > MOST_WORDS_BETWEEN) return [];
    const between = words.slice(left.to, right.from);
    if (!isVerbPhrase(between)) return [];
    const type = between
      .filter((word) => !FILLERS.has(word.pos))
      .map((word) => word.lower)
      .join(" ");
    return [{ from, to: from + 1, type }];
  });
}

/** Punctuation ends what is said; a list of names says nothing. */
function isVerbPhrase(between: readonly Word[]): boolean {
  if (
    between.some(
      (word) => word.kind !== "word" || word.pos === "PUNCT" || word.pos === "CCONJ" || word.pos === "PRON",
    )
  )
    return false;
  const first = between[0];
  return (first?.pos === "VERB" || first?.pos === "AUX") && first.shape === "lower";
}

/** They carry nothing of what is said. */
const FILLERS = new Set(["DET", "ADV", "INTJ"]);
