/** Which source each word of a merged text came from, so that invented and lost words are seen. */

export interface SourcedWord {
  readonly text: string;
  /** Position of the first source that has the word; null when none has it. Undefined for what lies between words. */
  readonly source: number | null | undefined;
}

const WORDS = /[\p{L}\p{N}]+/gu;

/** The text in pieces that join to it exactly; compared without regard to case. */
export function sourcedWords(text: string, sources: readonly string[]): readonly SourcedWord[] {
  const known = sources.map(wordsOf);
  const pieces: SourcedWord[] = [];
  let end = 0;
  for (const found of text.matchAll(WORDS)) {
    if (found.index > end) pieces.push({ text: text.slice(end, found.index), source: undefined });
    const index = known.findIndex((words) => words.has(found[0].toLowerCase()));
    pieces.push({ text: found[0], source: index < 0 ? null : index });
    end = found.index + found[0].length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), source: undefined });
  return pieces;
}

/** Words of the sources that the text no longer has, each once, in their order. */
export function lostWords(text: string, sources: readonly string[]): readonly string[] {
  const kept = wordsOf(text);
  const all = sources.flatMap((source) => source.match(WORDS) ?? []);
  return [
    ...new Map(
      all.filter((word) => !kept.has(word.toLowerCase())).map((word) => [word.toLowerCase(), word]),
    ).values(),
  ];
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(WORDS) ?? []);
}
