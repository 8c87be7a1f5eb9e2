/** A query as recall reads it. */
export interface Question {
  /** Speakers it names, as they are written in the store. */
  readonly named: readonly string[];
  /** For the keyword route: without the names, which who-said-it already covers. */
  readonly words: string;
  /** For the vector route: the named person speaks ("What does Ann's dog eat?" becomes "What does my dog eat"). */
  readonly spoken: string;
  /** It asks for a time. */
  readonly asksWhen: boolean;
}

const ASKS_WHEN = /^\s*(?:when|how long|what (?:date|day|year|month|time)|which (?:year|month|day))\b/iu;
const AS_OF = /\s+as of [\w ,]+$/iu;

/**
 * A memory of a conversation is said in the first person by somebody, a question about it names that somebody. Turning
 * the name into "I" brings the two together, and the speaker feature keeps the right person's turns in front.
 */
export function readQuestion(query: string, speakers: readonly string[]): Question {
  const named = speakers.filter((name) => nameIn(name).test(query));
  const words = named.reduce((text, name) => text.replace(nameIn(name), " "), query);
  const spoken = named.reduce((text, name) => text.replace(possessiveIn(name), "my").replace(nameIn(name), "I"), query);
  return { named, words: tidy(words), spoken: tidy(spoken).replace(/\?\s*$/u, "").trim() || query, asksWhen: ASKS_WHEN.test(query) };
}

const tidy = (text: string): string => text.replace(/\s+/gu, " ").trim().replace(AS_OF, "");

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&");
const nameIn = (name: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])${escaped(name)}(?:['’]s)?(?![\\p{L}\\p{N}])`, "giu");
const possessiveIn = (name: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])${escaped(name)}['’]s(?![\\p{L}\\p{N}])`, "giu");
