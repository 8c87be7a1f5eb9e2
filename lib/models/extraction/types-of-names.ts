import type { EntityType } from "@/lib/domain/graph/extraction";
import * as lists from "./lists";
import type { Span } from "./names";
import type { Word } from "./word";

/** What each name stands for, by lists first, then by its form, then by the words around it, then by the names beside it. */
export function typesOfNames(words: readonly Word[], spans: readonly Span[]): EntityType[] {
  const sure = spans.map((span) => sureType(words, span));
  const persons = new Set(
    spans.flatMap(({ from, to }, i) =>
      sure[i] === "person" ? words.slice(from, to).map((w) => w.lower) : [],
    ),
  );
  return spans.map((span, i) => {
    const lower = words[span.from]?.lower ?? "";
    if (sure[i] === null && span.to - span.from === 1 && persons.has(lower)) return "person";
    return sure[i] ?? beside(words, spans, { at: i, sure }) ?? byShape(words, span);
  });
}

function sureType(words: readonly Word[], { from, to }: Span): EntityType | null {
  const part = words.slice(from, to);
  const lowers = part.map((w) => w.lower.replace(/^#/u, ""));
  const name = lowers.join(" ").replace(/^the /, "");
  return (
    byKind(words, from) ?? byList(name, lowers) ?? byForm(part, lowers) ?? bySurroundings(words, { from, to })
  );
}

/** Names in a row, as in "Bern, Basel and Rome", are of one kind. */
function beside(
  words: readonly Word[],
  spans: readonly Span[],
  { at, sure }: { readonly at: number; readonly sure: readonly (EntityType | null)[] },
): EntityType | null {
  const joined = (left: Span | undefined, right: Span | undefined): boolean => {
    if (!left || !right || right.from - left.to < 1 || right.from - left.to > 2) return false;
    return words.slice(left.to, right.from).every((w) => [",", "and", "&", "/", "or", ";"].includes(w.lower));
  };
  for (const step of [-1, 1]) {
    for (let i = at; ; i += step) {
      const [left, right] = step < 0 ? [spans[i - 1], spans[i]] : [spans[i], spans[i + 1]];
      if (!joined(left, right)) break;
      const type = sure[i + step];
      if (type !== null && type !== undefined) return type;
    }
  }
  return null;
}

function byKind(words: readonly Word[], from: number): EntityType | null {
  return words[from]?.kind === "mention" || words[from - 1]?.text === "@" ? "person" : null;
}

function byList(name: string, lowers: readonly string[]): EntityType | null {
  if (lists.PLACES.has(name)) return "place";
  if (lists.ORGANIZATIONS.has(name)) return "organization";
  if (lists.WORKS.has(name)) return "work";
  if (lists.PRODUCTS.has(name)) return "product";
  return lowers.length === 1 && lists.PEOPLES.has(name) ? "other" : null;
}

function byForm(part: readonly Word[], lowers: readonly string[]): EntityType | null {
  const [first = "", last = ""] = [lowers[0], lowers.at(-1)];
  const of = lowers.indexOf("of");
  const head = of > 0 ? (lowers[of - 1] ?? "") : "";
  if (lowers.length === 1) return null;
  if (head !== "") {
    if (lists.OTHER_WORDS.has(head)) return "other";
    if (lists.ORGANIZATION_HEADS.has(head) || lists.ORGANIZATION_ENDS.has(head)) return "organization";
    if (lists.PLACE_ENDS.has(head) || lists.PLACE_STARTS.has(head)) return "place";
  }
  if (lowers.some((w) => ORGANIZATION_ANYWHERE.has(w))) return "organization";
  if (lists.FIRST_NAMES.has(first) && !lists.ORGANIZATION_ENDS.has(last) && !lists.PLACE_ENDS.has(last))
    return "person";
  if (lists.ORGANIZATION_ENDS.has(last)) return "organization";
  if (lists.PLACE_ENDS.has(last)) return "place";
  if (lowers.some((w) => lists.OTHER_WORDS.has(w))) return "other";
  if (lists.HONOURS.has(first) && !lists.PLACE_STARTS.has(first)) return "person";
  if (lists.PLACE_STARTS.has(first)) return "place";
  if (lists.PLACES.has(last) && !lists.FIRST_NAMES.has(last)) return "place";
  if (lists.PRODUCT_WORDS.has(last) || lists.PRODUCTS.has(first)) return "product";
  if (lists.ORGANIZATIONS.has(first)) return /\d/.test(last) ? "product" : "organization";
  if (lists.WORKS.has(first)) return "work";
  if (part.some((w) => /^\p{Lu}\.$/u.test(w.text))) return "person";
  return null;
}

const ORGANIZATION_ANYWHERE = new Set([
  "university",
  "department",
  "ministry",
  "association",
  "federation",
  "committee",
  "commission",
  "corporation",
  "institute",
]);

function bySurroundings(words: readonly Word[], { from, to }: Span): EntityType | null {
  const [before, after] = [words[from - 1], words[to]];
  const title = words[from - 1]?.lower ?? "";
  if (lists.ROLES.has(title) && title !== "the" && title !== "late") return "person";
  if (lists.WORK_WORDS.has(title) || lists.WORK_WORDS.has(after?.lower ?? "")) return "work";
  if (before && /^["“‘']$/.test(before.text) && after && /^["”’']$/.test(after.text)) return "work";
  if (before?.lower === "of" && lists.PLACE_ENDS.has(words[from - 2]?.lower ?? "")) return "place";
  if (COMPASS.has(words[from]?.lower ?? "") && to - from === 1) return "place";
  if (isPlaceIn(words, to)) return "place";
  if (to - from === 1 && before && PLACE_BEFORE.has(before.lower) && before.shape === "lower") return "place";
  if (after && PERSON_AFTER.has(after.lower)) return "person";
  return null;
}

/** "X is a village", "X, a town in". */
function isPlaceIn(words: readonly Word[], to: number): boolean {
  const [verb, article, ...nouns] = words.slice(to, to + 6).map((w) => w.lower);
  return (
    (verb === "is" || verb === "was" || verb === ",") &&
    (article === "a" || article === "an" || article === "the") &&
    nouns.some((noun) => PLACE_NOUNS.has(noun))
  );
}

const COMPASS = new Set(["north", "south", "east", "west"]);
const PLACE_NOUNS = new Set([
  "city",
  "town",
  "village",
  "suburb",
  "hamlet",
  "district",
  "county",
  "province",
  "island",
  "river",
  "lake",
  "mountain",
  "municipality",
  "country",
  "region",
]);
const PLACE_BEFORE = new Set(["in", "at", "from", "near", "around", "across", "outside", "throughout"]);
const PERSON_AFTER = new Set(["says", "said", "who", "whose", "himself", "herself", "told", "tells"]);

function byShape(words: readonly Word[], { from, to }: Span): EntityType {
  const part = words.slice(from, to);
  const [first] = part;
  if (!first) return "other";
  const definite = words[from - 1]?.lower === "the" || first.lower === "the";
  if (part.length === 1) {
    if (/\d/.test(first.text)) return "product";
    if (lists.FIRST_NAMES.has(first.lower) || lists.LAST_NAMES.has(first.lower)) return "person";
    if (first.shape === "upper") return "organization";
    if (first.shape === "mixed") return "product";
    if (!first.isCommon && PLACE_ENDING.test(first.lower)) return "place";
    if (definite || (first.isCommon && !first.opens)) return "organization";
    return "person";
  }
  if (part.some((w) => /\d/.test(w.text))) return "product";
  if (definite) return "organization";
  if (
    part.length <= 3 &&
    part.some((w) => !w.isCommon) &&
    part.every((w) => w.shape === "title" || w.shape === "lower")
  )
    return "person";
  return part.length <= 2 && part.some((w) => !w.isCommon) ? "person" : "organization";
}

const PLACE_ENDING =
  /(?:ville|burgh?|shire|land|stan|ham|field|wick|ford|pur|abad|grad|stadt|dorf|polis|mouth|bury|chester|cester|borough|haven|worth|ington|wood)$/u;
