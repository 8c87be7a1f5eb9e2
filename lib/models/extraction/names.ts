import * as lists from "./lists";
import { isCapital, type Word } from "./word";

/** A name as a run of words: from, inclusive, to, exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** How a text uses capital letters. */
export interface Habit {
  /** Nearly everything in capitals, so that they say nothing. */
  readonly shouts: boolean;
  /** A headline: most words begin with one. */
  readonly isHeadline: boolean;
  /** Hardly any, so that names have to be known to be found. */
  readonly isLowerCase: boolean;
}

export function habitOf(words: readonly Word[]): Habit {
  const letters = words.filter((w) => w.kind === "word" && w.shape !== "none" && w.text.length > 1);
  const inner = letters.filter((w) => !w.opens);
  const upper = letters.filter((w) => w.shape === "upper").length;
  const titled = inner.filter((w) => w.text.length > 3 && w.shape === "title").length;
  const long = inner.filter((w) => w.text.length > 3).length;
  return {
    shouts: letters.length > 3 && upper > letters.length / 2,
    isHeadline: long >= 4 && titled > long * 0.7,
    isLowerCase: inner.every((w) => w.shape === "lower" || w.lower === "i"),
  };
}

/** The names in a text, in order. */
export function namesIn(words: readonly Word[]): Span[] {
  const habit = habitOf(words);
  const spans: Span[] = [];
  for (let at = 0; at < words.length;) {
    const to = known(words, at) ?? run(words, at, habit);
    if (to === null) {
      at += 1;
      continue;
    }
    spans.push(
      ...unrepeated(words, { from: at, to })
        .flatMap((span) => parted(words, span))
        .flatMap((span) => trimmed(words, span) ?? []),
    );
    at = Math.max(at + 1, to);
  }
  return spans;
}

/** A listed name of several words in any case, or of one word that is nothing else. */
function known(words: readonly Word[], at: number): number | null {
  for (let length = 4; length >= 1; length -= 1) {
    const part = words.slice(at, at + length);
    if (part.length < length) continue;
    const name = part.map((w) => w.lower).join(" ");
    if (!isListed(name)) continue;
    // Capital letters go on to find the longer names it may be part of.
    if (part.some(isCapital)) return null;
    if (length > 1 && lists.WORKS.has(name)) return at + length;
    if (isWordToo(name) || (length === 1 && part[0]?.isCommon === true)) return null;
    return lists.FIRST_NAMES.has(name) && isLowerLastName(words[at + length]) ? at + length + 1 : at + length;
  }
  return null;
}

const isListed = (name: string): boolean =>
  lists.PLACES.has(name) ||
  lists.ORGANIZATIONS.has(name) ||
  lists.WORKS.has(name) ||
  lists.PRODUCTS.has(name) ||
  lists.FIRST_NAMES.has(name) ||
  lists.LAST_NAMES.has(name);

const isWordToo = (name: string): boolean =>
  lists.PLACES_AND_WORDS.has(name) ||
  lists.ORGANIZATIONS_AND_WORDS.has(name) ||
  lists.WORKS_AND_WORDS.has(name) ||
  lists.PRODUCTS_AND_WORDS.has(name) ||
  lists.FIRST_NAMES_AND_WORDS.has(name);

/** Where the run of capitalised words that begins here ends; null when none does. */
function run(words: readonly Word[], at: number, habit: Habit): number | null {
  const first = words[at];
  if (!first || !canBegin(words, at, habit)) return null;
  if (first.kind === "mention" || first.kind === "hashtag" || words[at - 1]?.text === "@") return at + 1;
  let to = at + 1;
  for (;;) {
    if (continues(words[to], habit)) to += 1;
    else {
      const joined = afterJoiner(words, to, habit);
      if (joined === null) break;
      to = joined;
    }
  }
  if (to === at + 1 && lists.FIRST_NAMES.has(first.lower) && isLowerLastName(words[to])) to += 1;
  const number = words[to];
  if (number && /^\d{1,3}$/.test(number.text) && to - at <= 2 && takesNumber(words, at, to)) to += 1;
  return to;
}

const isLowerLastName = (word: Word | undefined): boolean =>
  word?.kind === "word" &&
  word.shape === "lower" &&
  (lists.LAST_NAMES.has(word.lower) || (!word.isCommon && word.pos === "NOUN" && word.lower.length > 3));

function continues(word: Word | undefined, habit: Habit): boolean {
  if (!word || word.kind !== "word" || !isCapital(word) || (word.opens && !/^\p{Lu}/u.test(word.text)))
    return false;
  if (word.opens || isStressed(word) || lists.BEGINNERS.has(word.lower)) return false;
  if (lists.NEVER_NAMES.has(word.lower)) return false;
  if (habit.shouts && word.shape === "upper" && word.isCommon) return false;
  return true;
}

function takesNumber(words: readonly Word[], at: number, to: number): boolean {
  const next = words[to + 1];
  const last = words[to - 1];
  if (
    next &&
    (next.kind === "number" || (/^[\p{Lu}%$:/]|^\.$/u.test(next.text) && next.kind !== "punctuation"))
  )
    return false;
  return (
    last !== undefined &&
    (lists.WORKS.has(last.lower) || lists.PRODUCTS.has(last.lower) || !last.isCommon) &&
    words[at]?.shape !== "none" &&
    !/^(?:19|20)\d\d$/.test(words[to]?.text ?? "") &&
    next?.pos !== "NOUN"
  );
}

/** Past "of the", "van der" and "&", when a name stands on both sides. */
function afterJoiner(words: readonly Word[], to: number, habit: Habit): number | null {
  const [joiner, second] = [words[to], words[to + 1]];
  const before = words[to - 1];
  if (!joiner || !second || !before) return null;
  if (
    joiner.lower === "of" &&
    joiner.shape === "lower" &&
    before.isCommon &&
    !lists.NEVER_NAMES.has(before.lower)
  ) {
    const at = second.lower === "the" ? to + 2 : to + 1;
    return continues(words[at], habit) ? at + 1 : null;
  }
  if (joiner.text === "&" && continues(second, habit))
    return lists.PLACES.has(before.lower) ||
      lists.PLACES.has(second.lower) ||
      lists.FIRST_NAMES.has(before.lower)
      ? null
      : to + 2;
  if (joiner.shape === "lower" && lists.JOINERS.has(joiner.lower)) {
    const at = second.shape === "lower" && lists.JOINERS.has(second.lower) ? to + 2 : to + 1;
    return continues(words[at], habit) ? at + 1 : null;
  }
  return null;
}

/** Whether a name may begin with this word. */
function canBegin(words: readonly Word[], at: number, habit: Habit): boolean {
  const word = words[at];
  if (!word) return false;
  if (word.kind === "mention") return word.text.length > 2;
  if (word.kind === "hashtag") return isListed(word.lower.slice(1).replace(/\W+$/u, ""));
  if (words[at - 1]?.text === "@" && word.kind === "word") return true;
  if (word.kind !== "word" || !isCapital(word) || lists.NEVER_NAMES.has(word.lower) || word.text.length < 2)
    return false;
  if (isStressed(word) || /(.)\1\1/u.test(word.lower)) return false;
  if (CLOSED.has(word.pos) && word.isCommon && word.shape !== "upper") return false;
  if (habit.shouts && word.shape === "upper") return !word.isCommon && isListed(word.lower);
  if (isListed(word.lower) && !(word.opens && isWordToo(word.lower))) return true;
  if (lists.PEOPLES.has(word.lower)) return true;
  if (!word.isCommon) return true;
  if (habit.isHeadline) return word.shape !== "title" || (continues(words[at + 1], habit) && !word.opens);
  if (!word.opens) return true;
  return followedByName(words, at, habit);
}

/** Capitals alone make a name of no common word: they are often stress. */
const isStressed = (word: Word): boolean =>
  word.shape === "upper" &&
  word.isCommon &&
  !isListed(word.lower) &&
  word.text.length > 1 &&
  !/^\p{Lu}{1,2}$/u.test(word.text);

/** A common word that opens a sentence is part of a name when one goes on after it. */
function followedByName(words: readonly Word[], at: number, habit: Habit): boolean {
  const word = words[at];
  if (!word || !OPEN.has(word.pos)) return false;
  if (word.shape === "upper" && word.text.length <= 5) return true;
  const next = words[at + 1];
  if (continues(next, habit)) return true;
  return next?.lower === "of" && word.pos === "PROPN" && afterJoiner(words, at + 1, habit) !== null;
}

const CLOSED = new Set(["DET", "PRON", "ADP", "AUX", "CCONJ", "SCONJ", "PART", "INTJ"]);
const OPEN = new Set(["NOUN", "PROPN", "ADJ"]);

/** A heading and the sentence below it that begins alike, as in "Kuala Lumpur Kuala Lumpur is", name the thing twice. */
function unrepeated(words: readonly Word[], { from, to }: Span): Span[] {
  const first = words[from]?.lower;
  for (let at = from + 1; at < to; at += 1) {
    if (words[at]?.lower !== first || words[at]?.shape === "lower") continue;
    return [{ from, to: at }, ...unrepeated(words, { from: at, to })];
  }
  return [{ from, to }];
}

/** "Health Minister Jane Doe" is about Jane Doe; what stands before the office is a name when it is one by itself. */
function parted(words: readonly Word[], { from, to }: Span): Span[] {
  let office = -1;
  for (let at = from; at < to; at += 1) if (isOffice(words, at)) office = at;
  if (office < 0 || words.slice(from, to).some((w) => w.shape === "lower")) return [{ from, to }];
  let before = office;
  while (before > from && isOffice(words, before - 1)) before -= 1;
  const leading = words.slice(from, before).some((w) => !w.isCommon || isListed(w.lower))
    ? [{ from, to: before }]
    : [];
  return office + 1 < to ? [...leading, { from: office + 1, to }] : leading;
}

const isOffice = (words: readonly Word[], at: number): boolean => lists.OFFICES.has(words[at]?.lower ?? "");

/** Without what stands before a name and is no part of it. */
function trimmed(words: readonly Word[], span: Span): Span | null {
  let { from } = span;
  while (from < span.to - 1 && isRole(words, from)) from += 1;
  return from < span.to ? { from, to: span.to } : null;
}

const isRole = (words: readonly Word[], at: number): boolean => {
  const lower = words[at]?.lower ?? "";
  return lists.ROLES.has(lower) && !lists.HONOURS.has(lower);
};
