import { MEMORY_STATES, operand, type Comparator, type Filter, type FilterField } from "./filter";
import { CONSTANTS } from "@/lib/domain/parameters";
import { LIFECYCLES, type Json } from "./memory";
import { Refusal } from "@/lib/domain/errors";
import type { Millis } from "@/lib/domain/ids";

/**
 * The little language of the search box: `kind:preference conf<0.4 used:>30d is:pinned "exact words" -not`. Terms are
 * parted by spaces and must all hold; `-` in front asks for the opposite. What has none of our keys in front is words to
 * look for, so that a pasted address or time is searched for and not refused.
 */
export function parseSearch(text: string, now: Millis): Filter {
  return { type: "all", of: [...text.matchAll(TERM)].flatMap((match) => term(match, now)) };
}

/** A minus, a key with its comparison, and a value in quotes or without spaces; a quote that is never closed ends with the text. */
const TERM = /(-)?(?:([a-z]+)(:[<>]?=?|[<>]=?))?(?:"([^"]*)(?:"|$)|(\S+))/giu;

const TEXT_KEYS: Readonly<Record<string, FilterField>> = {
  speaker: "speaker",
  channel: "channel",
  user: "userId",
  agent: "agentId",
  run: "runId",
  session: "sessionId",
};
const NUMBER_KEYS: Readonly<Record<string, FilterField>> = {
  conf: "confidence",
  confidence: "confidence",
  uses: "uses",
};
const TIME_KEYS: Readonly<Record<string, FilterField>> = {
  used: "lastUsedAt",
  created: "createdAt",
  updated: "updatedAt",
  valid: "validAt",
};

interface Term {
  readonly key: string;
  readonly by: Comparator;
  readonly value: string;
}

function term(match: RegExpExecArray, now: Millis): Filter[] {
  const [whole, minus, key, sign, quoted, bare] = match;
  const value = quoted ?? bare ?? "";
  if (value === "") return [];
  const named =
    key === undefined ? null : keyed({ key: key.toLowerCase(), by: comparatorOf(sign), value }, now);
  const words = key === undefined ? value : whole.slice(minus?.length ?? 0);
  const filter = named ?? compare("content", "contains", words);
  return [minus === undefined ? filter : { type: "not", of: filter }];
}

const SIGNS: Readonly<Record<string, Comparator>> = { ">": "gt", ">=": "gte", "<": "lt", "<=": "lte" };
const comparatorOf = (sign = ""): Comparator => SIGNS[sign.replace(":", "")] ?? "eq";

/** null: not one of our keys. */
function keyed(asked: Term, now: Millis): Filter | null {
  const { key, value } = asked;
  const [text, number, time] = [TEXT_KEYS[key], NUMBER_KEYS[key], TIME_KEYS[key]];
  if (text !== undefined) return compare(text, "same", value);
  if (number !== undefined) return compareNumber(number, asked);
  if (time !== undefined) return compareTime(time, asked, now);
  switch (key) {
    case "kind":
    case "lifecycle":
      return compare(key, "in", checked(key, value.split(",")));
    case "tag":
      return compare("tags", "contains", value);
    case "is":
      return state(value);
    default:
      return null;
  }
}

function state(value: string): Filter {
  const found = MEMORY_STATES.find((name) => name === value.toLowerCase());
  if (found !== undefined) return { type: "is", state: found };
  const lifecycle = LIFECYCLES.find((name) => name === value.toLowerCase());
  if (lifecycle !== undefined) return compare("lifecycle", "eq", lifecycle);
  throw refusal(`is:${value}`, `is: takes ${[...MEMORY_STATES, ...LIFECYCLES].join(", ")}`);
}

function compareNumber(field: FilterField, { key, by, value }: Term): Filter {
  const number = Number(value);
  if (Number.isNaN(number)) throw refusal(`${key}:${value}`, `${key} takes a number, such as ${key}>=0.5`);
  return compare(field, by, operand(field, number, "q"));
}

/**
 * An age such as `30d`, or a date. Ages count backwards: more than 30 days ago is before that time. Without a sign, an
 * age asks for what is at most that old, and a date for that day. What was never used has no age.
 */
function compareTime(field: FilterField, { key, by, value }: Term, now: Millis): Filter {
  const days = /^(\d+)d$/iu.exec(value)?.[1];
  if (days !== undefined)
    return compare(field, BACKWARDS[by] ?? "gte", now - Number(days) * CONSTANTS.millisPerDay);
  if (!/^\d{4}-\d\d-\d\d/u.test(value))
    throw refusal(
      `${key}:${value}`,
      `${key}: takes an age or a date, such as ${key}:>30d or ${key}:<2026-05-01`,
    );
  const at = operand(field, value, "q");
  if (by !== "eq") return compare(field, by, at);
  const dayLater = Number(at) + CONSTANTS.millisPerDay;
  return { type: "all", of: [compare(field, "gte", at), compare(field, "lt", dayLater)] };
}

const BACKWARDS: Partial<Record<Comparator, Comparator>> = { gt: "lt", gte: "lte", lt: "gt", lte: "gte" };

const compare = (field: FilterField, by: Comparator, value: Json): Filter => ({
  type: "compare",
  field,
  by,
  value,
});

const checked = (field: FilterField, values: readonly string[]): Json =>
  values.map((value) => operand(field, value.toLowerCase(), "q"));

function refusal(term: string, remedy: string): Refusal {
  return new Refusal("invalid_input", `The search cannot be read at “${term}”: ${remedy}.`, {
    fields: [{ path: "q", message: `“${term}” cannot be read: ${remedy}` }],
  });
}
