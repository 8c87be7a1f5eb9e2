import { CONSTANTS } from "@/lib/domain/parameters";
import { Refusal } from "@/lib/domain/errors";
import { timeOf } from "@/lib/domain/time";
import type { Json, Scope } from "@/lib/domain/memory/memory";

/** Of mem0 alone, so it is kept in the metadata, under a key that its clients do not see there. */
export const APP_KEY = "mem0.app_id";

type JsonObject = { readonly [key: string]: Json };

const OWNERS: ReadonlyMap<string, string> = new Map([
  ["user_id", "userId"],
  ["agent_id", "agentId"],
  ["run_id", "runId"],
  ["app_id", `metadata.${APP_KEY}`],
]);
/** mem0's `created_at` moves with a given `timestamp`; ours never does, but `validAt` is exactly that. */
const TIMES: ReadonlyMap<string, string> = new Map([
  ["created_at", "validAt"],
  ["timestamp", "validAt"],
  ["updated_at", "updatedAt"],
]);
const TEXTS: ReadonlySet<string> = new Set(["keywords", "keywords_search", "text"]);
const LOGICAL: ReadonlySet<string> = new Set(["AND", "OR", "NOT"]);
const OPERATORS: ReadonlySet<string> = new Set([
  "eq",
  "ne",
  "in",
  "gt",
  "gte",
  "lt",
  "lte",
  "contains",
  "icontains",
]);
const ALLOWED = [
  ...LOGICAL,
  ...OWNERS.keys(),
  ...TIMES.keys(),
  "expiration_date",
  "categories",
  "metadata",
  "memory_ids",
  ...TEXTS,
];

/** mem0's filter (v2: AND, OR, NOT and operators; several keys side by side ask for all of them) as one of ours. */
export function filterFrom(filters: JsonObject): JsonObject {
  return { AND: Object.entries(filters).map(([name, value]) => condition(name, value)) };
}

function condition(name: string, value: Json): JsonObject {
  const key = LOGICAL.has(name.toUpperCase()) ? name.toUpperCase() : snake(name);
  if (key === "NOT") return { NOT: parts(value, key) };
  if (LOGICAL.has(key)) return { [key]: parts(value, key) };
  const owner = OWNERS.get(key);
  if (owner !== undefined) return { [owner]: comparison(value, key, sameValue) };
  const time = TIMES.get(key);
  if (time !== undefined) return { [time]: comparison(value, key, isoOf) };
  if (TEXTS.has(key))
    return { content: isObject(value) ? comparison(value, key, sameValue) : { contains: value } };
  switch (key) {
    case "expiration_date":
      return { invalidAt: comparison(value, key, endOfDay) };
    case "categories":
      return { tags: isObject(value) ? comparison(value, key, sameValue) : { in: [value].flat() } };
    case "memory_ids":
      return { id: isObject(value) ? comparison(value, key, sameValue) : { in: [value].flat() } };
    case "metadata":
      return {
        AND: Object.entries(isObject(value) ? value : wrong(key, "must be an object")).map(
          ([field, asked]) => ({ [`metadata.${field}`]: metadataComparison(asked) }),
        ),
      };
    default:
      return wrong(
        name,
        `Top-level key must be a logical operator or an allowed field: ${ALLOWED.join(", ")}`,
      );
  }
}

const parts = (value: Json, key: string): JsonObject[] =>
  [value].flat().map((part) => filterFrom(isObject(part) ? part : wrong(key, "takes filters")));

type Convert = (value: Json, key: string) => Json;

/** `*` asks for any value at all; a bare value for exactly that. */
function comparison(value: Json, key: string, convert: Convert): JsonObject {
  if (value === "*") return { ne: null };
  if (!isObject(value)) return { eq: convert(value, key) };
  return Object.fromEntries(
    Object.entries(value).map(([by, operand]) => {
      if (!OPERATORS.has(by))
        wrong(key, `has no operator ${JSON.stringify(by)}; use ${[...OPERATORS].join(", ")}`);
      return [
        ourOperator(by),
        Array.isArray(operand) ? operand.map((one: Json) => convert(one, key)) : convert(operand, key),
      ];
    }),
  );
}

/** An object that holds nothing but operators compares; any other is a value. */
function metadataComparison(value: Json): JsonObject {
  const compares =
    isObject(value) && Object.keys(value).length > 0 && Object.keys(value).every((by) => OPERATORS.has(by));
  return compares || value === "*" ? comparison(value, "metadata", sameValue) : { eq: value };
}

/** Ours tells no case apart in a text, so both of theirs are the same here. */
const ourOperator = (by: string): string => (by === "icontains" ? "contains" : by);

const sameValue: Convert = (value) => value;

const MS_PER_SECOND = 1000;

export const isoOf: Convert = (value, key) => {
  if (value === null) return null;
  const at =
    typeof value === "number" ? value * MS_PER_SECOND : typeof value === "string" ? timeOf(value) : NaN;
  return Number.isNaN(at)
    ? wrong(key, "must be a time, such as 2026-05-01 or 2026-05-01T12:00:00Z")
    : new Date(at).toISOString();
};

/** A memory is valid through its expiration date, so it stops being so when the next day begins. */
export const endOfDay: Convert = (value, key) => {
  const day = isoOf(value, key);
  return typeof day === "string" ? new Date(timeOf(day) + CONSTANTS.millisPerDay).toISOString() : null;
};

/** Whether it names somebody whose memories are meant; what stands under NOT names nobody. */
export function namesAnOwner(filters: JsonObject): boolean {
  return Object.entries(filters).some(([name, value]) => {
    if (name.toUpperCase() === "AND" || name.toUpperCase() === "OR")
      return [value].flat().some((part) => isObject(part) && namesAnOwner(part));
    return OWNERS.has(snake(name));
  });
}

/**
 * The owners that a filter asks for in so many words and that all of its results share, as a recall's scope: a recall is
 * logged with its scope, so that later changes can tell whom they would have reached.
 */
export function scopeOf(filters: JsonObject): Scope {
  return Object.assign(
    {},
    ...Object.entries(filters).map(([name, value]): Scope => {
      if (name.toUpperCase() === "AND")
        return Object.assign({}, ...[value].flat().map((part) => (isObject(part) ? scopeOf(part) : {})));
      const field = OWNERS.get(snake(name));
      return field === undefined ||
        field.startsWith("metadata.") ||
        typeof value !== "string" ||
        value === "*"
        ? {}
        : { [field]: value };
    }),
  );
}

const snake = (name: string): string => name.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function wrong(key: string, message: string): never {
  throw new Refusal("invalid_input", `filters.${key}: ${message}.`, {
    fields: [{ path: `filters.${key}`, message }],
  });
}
