import { stemmer } from "stemmer";
import { wordOf } from "./irregular-forms";

/** Words that are in every text and tell nothing about one; forms of "be", "have" and "do", pronouns, question words. */
const STOP_WORDS = new Set(
  `a about above after again against all also am an and any are aren as at be because been before being below between both but by can could couldn d did didn do
  does doesn doing don done down during each else few for from further had hadn has hasn have haven having he her here hers him his how i if in into is isn it its just ll
  m may me might more most must my myself no nor not of off on once only or other our ours out over own re s same shall she should shouldn so some such t than that the
  their them then there these they this those through to too under until up us ve very was wasn we were weren what when where which while who whom whose why will with
  would wouldn yet you your yours`.split(/\s+/u),
);

const MOST_CACHED = 50_000;
const stems = new Map<string, string>();

/** Stems of a text's words in order, lower case, without diacritics and stop words. */
export function stemsOf(text: string): string[] {
  const words =
    text
      .normalize("NFKD")
      .replace(/\p{Mn}/gu, "")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !STOP_WORDS.has(word)).map(stemOf);
}

/** The stem of one word in lower case, from memory where it was asked before. */
export function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size >= MOST_CACHED) stems.clear();
  const stem = stemmer(wordOf(word));
  stems.set(word, stem);
  return stem;
}
