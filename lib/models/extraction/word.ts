export type Shape = "lower" | "title" | "upper" | "mixed" | "none";

/** A word of a text as the rules read it. */
export interface Word {
  readonly text: string;
  readonly lower: string;
  readonly start: number;
  readonly end: number;
  /** As the library says: "word", "number", "punctuation", "mention", "hashtag", "url" … */
  readonly kind: string;
  /** Part of speech, such as "PROPN"; a guess that capital letters sway. */
  readonly pos: string;
  /** Whether the dictionary knows it in lower case; it knows hardly any names. */
  readonly isCommon: boolean;
  /** Begins a sentence, a quotation or a line, where a capital letter says nothing. */
  readonly opens: boolean;
  readonly shape: Shape;
}

export function shapeOf(text: string): Shape {
  if (!/\p{L}/u.test(text)) return "none";
  const letters = text.replace(/[^\p{L}]/gu, "");
  if (letters === letters.toLowerCase()) return "lower";
  if (letters.length > 1 && letters === letters.toUpperCase()) return "upper";
  if (/^\P{L}*\p{Lu}[^\p{Lu}]*$/u.test(text)) return "title";
  return /^\p{Lu}/u.test(text) &&
    /^\p{Lu}[\p{Ll}'’-]*(?:[-'’]\p{Lu}\p{Ll}+)+$|^(?:Mc|Mac|De|La|Le|Van|Di)\p{Lu}\p{Ll}+$/u.test(text)
    ? "title"
    : "mixed";
}

export const isCapital = ({ shape }: Pick<Word, "shape">): boolean =>
  shape === "title" || shape === "upper" || shape === "mixed";
