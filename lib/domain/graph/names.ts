import { CONSTANTS } from "@/lib/domain/parameters";

/**
 * The form in which names are compared: no diacritics, case, punctuation, leading article or possessive.
 * Worked: "The Café’s" and "cafe" are one name; "@ada_byron" becomes "ada byron". Empty when nothing is left.
 */
export function normalName(written: string): string {
  return written
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase()
    .replace(/['’]s?(?=$|[\s.,])/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .replace(/^the /u, "");
}

/** As names are mostly written. Worked: "ada byron" becomes "Ada Byron". */
export const capitalised = (name: string): string =>
  name.replace(/(?<=^|\s)\p{L}/gu, (letter) => letter.toUpperCase());

/** "State of Georgia" also goes by "Georgia". Null when the name says nothing shorter. */
export function bareName(name: string): string | null {
  const bare = name.replace(
    /^(?:state|city|province|kingdom|republic|town|village|county|commonwealth) of (?:the )?/u,
    "",
  );
  return bare === name || bare === "" ? null : bare;
}

/** What a person of several names is called for short. Null when the name is one word. */
export function lastName(name: string): string | null {
  const words = name.split(" ");
  return words.length > 1 ? (words.at(-1) ?? null) : null;
}

/** Whether one word of a full name is this short one: "gandhi" in "mohandas gandhi". */
export const isPartOf = (short: string, full: string): boolean =>
  full !== short && full.split(" ").includes(short);

export interface KnownNames {
  /** Whether some memory has this name. */
  readonly isKnown: (name: string) => boolean;
  /** Whether a word hardly ever stands for anything but this name here. */
  readonly isTelling: (name: string) => boolean;
}

/**
 * The known names a question holds, in any case, longest first at each place; words inside a name already found count too.
 * One word alone is a name when it is capitalised inside the question, or tells enough.
 */
export function namesInQuestion(question: string, { isKnown, isTelling }: KnownNames): ReadonlySet<string> {
  const written = question.match(/[\p{L}\p{N}@#_'’.-]+/gu) ?? [];
  const words = written.map(normalName);
  const found = new Set<string>();
  for (let from = 0; from < words.length; from += 1) {
    const most = Math.min(CONSTANTS.longestName, words.length - from);
    const isCapital = from > 0 && /^\p{Lu}/u.test(written[from] ?? "");
    for (let count = most; count >= 1; count -= 1) {
      const name = words
        .slice(from, from + count)
        .join(" ")
        .trim();
      if (name.length < 2 || found.has(name) || !isKnown(name)) continue;
      if (name.includes(" ") || isCapital || isTelling(name)) found.add(name);
    }
  }
  return found;
}
