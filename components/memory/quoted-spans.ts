/** Which words of a source a memory was made of, so that a person can read them where they were said. */

export interface Span {
  readonly text: string;
  readonly isQuoted: boolean;
}

const WORDS = /[\p{L}\p{N}]+/gu;
/** Shorter runs are marked only if nothing longer is: «the» alone says nothing of where a text is from. */
const TELLING_WORDS = 2;

/** The source in pieces that join to it exactly; what the memory took stands in runs of words that both have, without regard to case. */
export function quotedSpans(source: string, text: string): readonly Span[] {
  const kept = new Set(text.toLowerCase().match(WORDS) ?? []);
  const runs = runsOf(source, (word) => kept.has(word));
  const telling = runs.filter(({ words }) => words >= TELLING_WORDS);
  const marked = telling.length > 0 ? telling : runs;
  const spans: Span[] = [];
  let end = 0;
  for (const { from, to } of marked) {
    if (from > end) spans.push({ text: source.slice(end, from), isQuoted: false });
    spans.push({ text: source.slice(from, to), isQuoted: true });
    end = to;
  }
  if (end < source.length) spans.push({ text: source.slice(end), isQuoted: false });
  return spans;
}

interface Run {
  readonly from: number;
  readonly to: number;
  readonly words: number;
}

function runsOf(source: string, isKept: (word: string) => boolean): readonly Run[] {
  const runs: Run[] = [];
  let goesOn = false;
  for (const { 0: word, index } of source.matchAll(WORDS)) {
    const keeps = isKept(word.toLowerCase());
    const to = index + word.length;
    const before = goesOn ? runs.pop() : undefined;
    if (keeps) runs.push({ from: before?.from ?? index, to, words: (before?.words ?? 0) + 1 });
    else if (before) runs.push(before);
    goesOn = keeps;
  }
  return runs;
}
