import { askedWindow, type TimeWindow } from "./time-window";

/** A query as recall reads it. */
export interface Question {
  /** Speakers it names, as they are written in the store. */
  readonly named: readonly string[];
  /** For the keyword route: without the names, which are looked for by themselves. */
  readonly words: string;
  /** For the vector route: the named person speaks ("What does Ann's dog eat?" becomes "What does my dog eat"). A name alone stays. */
  readonly spoken: string;
  /** It asks for a time. */
  readonly asksWhen: boolean;
  /** The time it is about, if it names one. */
  readonly window: TimeWindow | null;
  /** It asks how things stand now: it says so, or asks in the present tense about the asker. Never when it names a time. */
  readonly asksNow: boolean;
}

export interface QuestionContext {
  readonly speakers: readonly string[];
  /** When it is asked, in milliseconds. */
  readonly at: number;
}

const ASKS_WHEN = /^\s*(?:when|how long|what (?:date|day|year|month|time)|which (?:year|month|day))\b/iu;
const AS_OF = /\s+as of [\w ,]+$/iu;
const SAYS_NOW =
  /\b(?:now|currently|current|latest|most recent(?:ly)?|recently|these days|at present|at the moment|nowadays|still|today)\b/iu;
const PRESENT = /\b(?:do|does|is|are|am|have|has|(?:what|where|who|how)['’]s)\b/iu;
const PAST = /\b(?:did|was|were|had)\b/iu;
const LETTER = /\p{L}/u;
const ASKER = /\b(?:I|my|me)\b/u;

/**
 * A memory of a conversation is said in the first person by somebody, a question about it names that somebody. Turning
 * the name into "I" brings the two together, and the speaker feature keeps the right person's turns in front.
 */
export function readQuestion(query: string, { speakers, at }: QuestionContext): Question {
  const named = namesRead(speakers)(query);
  const words = named.reduce((text, name) => text.replace(nameIn(name), " "), query);
  const spoken = named.reduce(
    (text, name) => text.replace(possessiveIn(name), "my").replace(nameIn(name), "I"),
    query,
  );
  const window = askedWindow(query.replace(AS_OF, ""), at);
  return {
    named,
    words: tidy(words),
    spoken: LETTER.test(words)
      ? tidy(spoken)
          .replace(/\?\s*$/u, "")
          .trim() || query
      : query,
    asksWhen: ASKS_WHEN.test(query),
    window,
    asksNow:
      window === null &&
      (SAYS_NOW.test(query) || (PRESENT.test(query) && !PAST.test(query) && ASKER.test(query))),
  };
}

/** Reads which of the speakers a query names; made once for many queries, because it writes a pattern for each name. */
export function namesRead(speakers: readonly string[]): (query: string) => string[] {
  const patterns = speakers.map((name) => [name, nameIn(name)] as const);
  return (query) => patterns.flatMap(([name, pattern]) => (query.search(pattern) < 0 ? [] : [name]));
}

const tidy = (text: string): string => text.replace(/\s+/gu, " ").trim().replace(AS_OF, "");

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&");
const nameIn = (name: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])${escaped(name)}(?:['’]s)?(?![\\p{L}\\p{N}])`, "giu");
const possessiveIn = (name: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])${escaped(name)}['’]s(?![\\p{L}\\p{N}])`, "giu");
