/** A stretch of a text, in UTF-16 units, and which sources have its word. */
export interface WordFrom {
  readonly start: number;
  readonly end: number;
  /** Places of the sources that hold the word; empty: it is new. */
  readonly from: readonly number[];
}

/** A word of a source that the text does not have. */
export interface WordLost {
  readonly source: number;
  readonly start: number;
  readonly end: number;
}

export interface Provenance {
  /** Every word of the text, in order. */
  readonly words: readonly WordFrom[];
  /** Every word of a source that is missing in the text, by source and in order. */
  readonly lost: readonly WordLost[];
}

const WORD = /[\p{L}\p{N}]+(?:[-_.,:'’][\p{L}\p{N}]+)*/gu;

/**
 * Where each word of a merged text comes from, whatever wrote it. Words are compared as they are written, apart from case, so that
 * "does" and "do" are different words: a rewording shows as one new word and one lost.
 */
export function provenanceOf(text: string, sources: readonly string[]): Provenance {
  const held = sources.map((source) => new Set(wordsIn(source).map((word) => word.form)));
  const own = wordsIn(text);
  const kept = new Set(own.map((word) => word.form));
  return {
    words: own.map(({ form, start, end }) => ({
      start,
      end,
      from: held.flatMap((forms, i) => (forms.has(form) ? [i] : [])),
    })),
    lost: sources.flatMap((content, source) =>
      wordsIn(content)
        .filter((word) => !kept.has(word.form))
        .map(({ start, end }) => ({ source, start, end })),
    ),
  };
}

interface WrittenWord {
  readonly form: string;
  readonly start: number;
  readonly end: number;
}

const wordsIn = (text: string): WrittenWord[] =>
  [...text.matchAll(WORD)].map((match) => ({
    form: match[0].toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }));
