import { ANTONYMS, FUNCTION_WORDS, MONTHS_AND_DAYS, NEGATIONS, NUMBER_WORDS } from "./word-lists";
import { CONSTANTS } from "@/lib/domain/parameters";

/** What a word can be told apart by when two texts are compared. */
export type WordKind = "content" | "function" | "number" | "id" | "date" | "name" | "negation";

/** One word of a text. */
export interface Word {
  /** What is compared: the stem of a word, the value of a number, an id as it is written; lower case. */
  readonly stem: string;
  readonly kind: WordKind;
  /** Its place in the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** What the caller knows of the language and of the workspace. */
export interface Reader {
  /** The stem of a word in lower case. */
  readonly stem: (word: string) => string;
  /** Whether a word, in lower case, is known as a name; tells "Caroline" from "Stocks" where a sentence begins. */
  readonly isName: (word: string) => boolean;
}

/** A text as the comparison of two texts reads it: the words in order, and the sets it asks for. */
export interface Wording {
  readonly words: readonly Word[];
  /** Everything but function words and negations, by stem. */
  readonly said: ReadonlySet<string>;
  readonly numbers: ReadonlySet<string>;
  readonly ids: ReadonlySet<string>;
  readonly dates: ReadonlySet<string>;
  /** Numbers, ids and dates together. */
  readonly values: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  /** The first name among the first few words, where a sentence names whom it is about; null: none. */
  readonly subject: string | null;
  /** Stems that a negation stands right before. */
  readonly denied: ReadonlySet<string>;
  /** It names a time that is another one on another day: "yesterday", "last week". */
  readonly isRelative: boolean;
}

const WORD =
  /[$€£]?\p{N}+(?:[.,:/-]?\p{N}+)*(?:%|(?=\b))(?![\p{L}])|[\p{L}\p{N}]+(?:[-_.'’][\p{L}\p{N}]+)*/gu;

const RELATIVE_TIME =
  /\b(?:today|tonight|yesterday|tomorrow|ago|(?:last|next|this) (?:night|morning|evening|weekend|week|month|year|spring|summer|fall|autumn|winter|\w+day))\b/iu;

/** Reads a text once, so that comparing it with many others costs no reading. */
export function wordingOf(text: string, reader: Reader): Wording {
  const words = wordsOf(text, reader);
  const stems = (...kinds: readonly WordKind[]) =>
    new Set(words.filter((w) => kinds.includes(w.kind)).map((w) => w.stem));
  return {
    words,
    said: stems("content", "number", "id", "date", "name"),
    numbers: stems("number"),
    ids: stems("id"),
    dates: stems("date"),
    values: stems("number", "id", "date"),
    names: stems("name"),
    subject: words.slice(0, CONSTANTS.subjectWithin).find((w) => w.kind === "name")?.stem ?? null,
    denied: deniedIn(words),
    isRelative: RELATIVE_TIME.test(text),
  };
}

/** The words of a text with their places, in order. */
export function wordsOf(text: string, reader: Reader): Word[] {
  return [...text.matchAll(WORD)]
    .flatMap((match) => partsOf(match[0], match.index, text))
    .map((part) => wordOf(part, reader));
}

interface Part {
  readonly written: string;
  readonly start: number;
  /** Whether a sentence begins here, where a capital tells nothing. */
  readonly isFirst: boolean;
}

/** "state-of-the-art" is four words and "isn't" two; "F-150" and "v1.2" stay whole. */
function partsOf(written: string, start: number, text: string): Part[] {
  const isFirst = /(?:^|[.!?:]["'”’)]*\s+|\n)["'“‘(]*$/u.test(
    text.slice(Math.max(0, start - CONSTANTS.sentenceStartReach), start),
  );
  if (/\p{N}/u.test(written)) return [{ written, start, isFirst }];
  const parts: Part[] = [];
  for (const match of written.matchAll(/n['’]t$|\p{L}+?(?=n['’]t$)|\p{L}+/gu))
    parts.push({ written: match[0], start: start + match.index, isFirst: isFirst && parts.length === 0 });
  return parts.filter((part) => !/^(?:s|S)$/u.test(part.written));
}

function wordOf({ written, start, isFirst }: Part, reader: Reader): Word {
  const lower = written
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase();
  const place = { start, end: start + written.length };
  if (/\p{N}/u.test(written)) {
    const isId = /\p{L}/u.test(written) && !/^\p{N}+(?:st|nd|rd|th|s)$/iu.test(written);
    return { ...place, kind: isId ? "id" : "number", stem: isId ? lower : numberOf(lower) };
  }
  const counted = NUMBER_WORDS.get(lower);
  if (counted !== undefined) return { ...place, kind: "number", stem: counted };
  if (NEGATIONS.has(lower)) return { ...place, kind: "negation", stem: "not" };
  if (MONTHS_AND_DAYS.has(lower) && /^\p{Lu}/u.test(written)) return { ...place, kind: "date", stem: lower };
  if (FUNCTION_WORDS.has(lower)) return { ...place, kind: "function", stem: lower };
  const isName = /^\p{Lu}/u.test(written) && (!isFirst || reader.isName(lower));
  return { ...place, kind: isName ? "name" : "content", stem: reader.stem(lower) };
}

/** "$8,400" and "8400" are one number, "4.50" and "4.5", too. */
function numberOf(written: string): string {
  const plain = written.replace(/[$€£%]|st$|nd$|rd$|th$/gu, "").replace(/,(?=\p{N}{3}\b)/gu, "");
  return /^\d+(?:\.\d+)?$/u.test(plain) ? String(Number(plain)) : plain;
}

/** A negation denies the few telling words after it, as far as its sentence goes. */
function deniedIn(words: readonly Word[]): Set<string> {
  const denied = new Set<string>();
  let left = 0;
  for (const word of words) {
    if (word.kind === "negation") left = CONSTANTS.negationReach;
    else if (left > 0 && word.kind !== "function") {
      denied.add(word.stem);
      left -= 1;
    }
  }
  return denied;
}

/** Stems that mean the opposite of a stem, for the reader's way of stemming. */
export function antonymsFor({ stem }: Pick<Reader, "stem">): ReadonlyMap<string, ReadonlySet<string>> {
  const opposite = new Map<string, Set<string>>();
  const add = (a: string, b: string) => opposite.set(a, (opposite.get(a) ?? new Set<string>()).add(b));
  for (const [left, right] of ANTONYMS) {
    for (const a of left) {
      for (const b of right) {
        add(stem(a), stem(b));
        add(stem(b), stem(a));
      }
    }
  }
  return opposite;
}
