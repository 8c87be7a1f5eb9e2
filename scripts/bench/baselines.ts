import { stemmer } from "stemmer";

/** Ranks the documents of one scope for a query; returns their places in the file, best first. */
export type Baseline = (query: string) => number[];

const K1 = 1.2;
const B = 0.75;
/** Lucene's list of stop words. */
const STOP_WORDS = new Set(
  "a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will with".split(
    " ",
  ),
);

const plain = (text: string): string[] => text.toLowerCase().match(/[a-z0-9]+/gu) ?? [];
const porter = (text: string): string[] =>
  plain(text)
    .filter((word) => !STOP_WORDS.has(word))
    .map(stemmer);

/** Every way to search that a person could set up in an hour, over the same texts. */
export const BASELINES: Readonly<Record<string, (texts: readonly string[]) => Baseline>> = {
  grep: (texts) => grep(texts),
  "BM25 plain": (texts) => bm25(texts, plain),
  "BM25 porter": (texts) => bm25(texts, porter),
};

/** Counts how many different words of the query a text contains. */
function grep(texts: readonly string[]): Baseline {
  const lower = texts.map((text) => text.toLowerCase());
  return (query) => {
    const words = [...new Set(plain(query))];
    return inOrder(lower.map((text) => words.filter((word) => text.includes(word)).length));
  };
}

function bm25(texts: readonly string[], tokens: (text: string) => string[]): Baseline {
  const documents = texts.map((text) => countsOf(tokens(text)));
  const average = documents.reduce((sum, d) => sum + d.length, 0) / Math.max(1, documents.length);
  const frequency = new Map<string, number>();
  for (const { counts } of documents)
    for (const term of counts.keys()) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  const idf = (term: string): number => {
    const holding = frequency.get(term) ?? 0;
    return Math.log(1 + (documents.length - holding + 0.5) / (holding + 0.5));
  };
  return (query) => {
    const terms = tokens(query);
    const points = documents.map(({ counts, length }) =>
      terms.reduce((sum, term) => {
        const count = counts.get(term) ?? 0;
        return sum + (idf(term) * count * (K1 + 1)) / (count + K1 * (1 - B + (B * length) / average));
      }, 0),
    );
    return inOrder(points);
  };
}

function countsOf(terms: readonly string[]): {
  readonly counts: ReadonlyMap<string, number>;
  readonly length: number;
} {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return { counts, length: terms.length };
}

/** Best first; what matches nothing is left out, and equals keep the order of the file. */
function inOrder(points: readonly number[]): number[] {
  return points
    .map((value, place) => ({ value, place }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value || a.place - b.place)
    .map(({ place }) => place);
}
