import { readFileSync } from "node:fs";

/** Turns a text into the token ids of the model, with its start and end marks; never longer than `maxTokens`. */
export type Tokenizer = (text: string) => number[];

const LONGEST_WORD_CHARACTERS = 100;
const CONTINUATION = "##";
const CAPITAL_SIGMA = "\u03a3";

/** Control and format characters vanish, but line breaks and tabs are blanks. */
const DROPPED = /[\0\uFFFD]|(?![\t\n\r])\p{C}/gu;
const ACCENTS = /\p{Mn}/gu;
/** A blank ends a word; a mark of punctuation and a Chinese character are words of their own. */
const WORDS =
  /[!-/:-@[-`{-~\p{P}]|[\u4E00-\u9FFF\u3400-\u4DBF\uF900-\uFAFF\u{20000}-\u{2CEAF}\u{2F800}-\u{2FA1F}]|[^\s!-/:-@[-`{-~\p{P}\u4E00-\u9FFF\u3400-\u4DBF\uF900-\uFAFF\u{20000}-\u{2CEAF}\u{2F800}-\u{2FA1F}]+/gu;

/**
 * The uncased BERT tokenizer over the vocabulary of a tokenizer.json. The words "[CLS]", "[SEP]" and their like are
 * ordinary text here: what a memory says must not be able to steer the model's own marks.
 */
export function readTokenizer(path: string, maxTokens: number): Tokenizer {
  // The file comes from a dependency pinned to an exact version; the marks below fail loudly if it has another form.
  const file = JSON.parse(readFileSync(path, "utf8")) as { model: { vocab: Record<string, number> } };
  const vocabulary = new Map(Object.entries(file.model.vocab));
  const mark = (name: string): number => {
    const id = vocabulary.get(name);
    if (id === undefined) throw new Error(`The vocabulary at ${path} has no ${name}.`);
    return id;
  };
  const [start, end, unknown] = [mark("[CLS]"), mark("[SEP]"), mark("[UNK]")];
  return (text) => {
    const ids = [start];
    for (const [word] of normalise(text).matchAll(WORDS)) {
      ids.push(...pieces(word, vocabulary, unknown));
      if (ids.length >= maxTokens) break;
    }
    return [...ids.slice(0, maxTokens - 1), end];
  };
}

function normalise(text: string): string {
  const plain = text.replace(DROPPED, "").normalize("NFD").replace(ACCENTS, "");
  // Lower-casing a whole string turns a final sigma into its other form; the reference does it letter by letter.
  if (!plain.includes(CAPITAL_SIGMA)) return plain.toLowerCase();
  return Array.from(plain, (character) => character.toLowerCase()).join("");
}

/** Longest known piece first; a word with an unknown rest is unknown as a whole. */
function pieces(word: string, vocabulary: ReadonlyMap<string, number>, unknown: number): number[] {
  const characters = Array.from(word);
  if (characters.length > LONGEST_WORD_CHARACTERS) return [unknown];
  const whole = vocabulary.get(word);
  if (whole !== undefined) return [whole];
  const ids: number[] = [];
  let from = 0;
  while (from < characters.length) {
    let to = characters.length;
    let id: number | undefined;
    for (; to > from; to--) {
      id = vocabulary.get((from > 0 ? CONTINUATION : "") + characters.slice(from, to).join(""));
      if (id !== undefined) break;
    }
    if (id === undefined) return [unknown];
    ids.push(id);
    from = to;
  }
  return ids;
}
