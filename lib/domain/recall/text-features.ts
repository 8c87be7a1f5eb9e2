const QUESTION = /\?["')\]]*\s*$/u;
const QUESTION_IN_LAST_SENTENCE = /\?[^.!?\n]*[.!?]?\s*$/u;
const TIME =
  /\b(?:yesterday|today|tonight|tomorrow|(?:last|next|this) (?:night|week|month|year|summer|winter|spring|fall|weekend|morning|\w+day)|(?:\d+|a few|two|three|couple of|few) (?:days?|weeks?|months?|years?) ago|ago|recently|january|february|march|april|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|(?:19|20)\d\d|weekend|\d+(?:st|nd|rd|th))\b/iu;

/** A turn that ends by asking; what the next speaker says is likely its answer. */
export const asksSomething = (text: string): boolean =>
  QUESTION.test(text) || QUESTION_IN_LAST_SENTENCE.test(text);

/** It names a day, a month, a year, or a distance in time. */
export const namesTime = (text: string): boolean => TIME.test(text);

const NOW = /\b(?:now|currently|so far|just|recently|lately|already|these days|still|new)\b/iu;

/** It tells how things stand at the time it was said. */
export const speaksOfNow = (text: string): boolean => NOW.test(text);
