import { KINDS, LIFECYCLES, type Json } from "./memory";
import { Refusal } from "@/lib/domain/errors";
import { timeOf } from "@/lib/domain/time";

/**
 * A condition on memories as plain data, read from the API's JSON here and from the search box in `search-query.ts`, and
 * compiled to SQL in one place. Every leaf is either true or false of a memory, so `not` is its exact complement:
 * a memory without a speaker is one whose speaker is not Ann.
 */
export type Filter =
  | { readonly type: "all"; readonly of: readonly Filter[] }
  | { readonly type: "any"; readonly of: readonly Filter[] }
  | { readonly type: "not"; readonly of: Filter }
  | { readonly type: "is"; readonly state: MemoryState }
  | Comparison;

/** `field` is a name of `FILTER_FIELDS`, or `metadata.` and a key. Times are milliseconds since 1970. */
export interface Comparison {
  readonly type: "compare";
  readonly field: FilterField | MetadataField;
  readonly by: Comparator;
  readonly value: Json;
}

/** States of a memory that no single field holds. */
export const MEMORY_STATES = [
  "pinned",
  "quarantined",
  "contested",
  "superseded",
  "merged",
  "never-used",
  "in-last-cycle",
] as const;
export type MemoryState = (typeof MEMORY_STATES)[number];

/** What the caller of the API may write; `same` (equal apart from case) comes from the search box alone. */
export const COMPARATORS = ["eq", "ne", "gt", "gte", "lt", "lte", "in", "contains"] as const;
export type Comparator = (typeof COMPARATORS)[number] | "same";

export const FILTER_FIELDS = {
  content: "text",
  kind: "kind",
  tags: "tags",
  confidence: "number",
  createdAt: "time",
  updatedAt: "time",
  validAt: "time",
  invalidAt: "time",
  lifecycle: "lifecycle",
  pinned: "flag",
  quarantined: "flag",
  speaker: "text",
  channel: "text",
  userId: "text",
  agentId: "text",
  runId: "text",
  sessionId: "text",
  uses: "number",
  lastUsedAt: "time",
  id: "text",
} as const;
export type FilterField = keyof typeof FILTER_FIELDS;
export type MetadataField = `metadata.${string}`;

/** What a field holds, which decides how it can be compared. `metadata` is any JSON. */
export type FieldType = (typeof FILTER_FIELDS)[FilterField] | "metadata";

const ORDERED = ["eq", "ne", "gt", "gte", "lt", "lte", "in"] as const;
const CHOICES = ["eq", "ne", "in"] as const;
const WORDS = ["eq", "ne", "in", "contains"] as const;
const COMPARATORS_OF: Readonly<Record<FieldType, readonly Comparator[]>> = {
  text: WORDS,
  tags: WORDS,
  kind: CHOICES,
  lifecycle: CHOICES,
  number: ORDERED,
  time: ORDERED,
  flag: ["eq", "ne"],
  metadata: COMPARATORS,
};
/** Fields that may hold nothing, so that comparing them with null asks something. */
const NULLABLE: readonly string[] = [
  "invalidAt",
  "lastUsedAt",
  "speaker",
  "userId",
  "agentId",
  "runId",
  "sessionId",
];

const EXAMPLE = '{"AND": [{"kind": {"eq": "fact"}}, {"confidence": {"lt": 0.4}}]}';
const METADATA = "metadata.";

export function fieldType(field: FilterField | MetadataField): FieldType {
  return isPlainField(field) ? FILTER_FIELDS[field] : "metadata";
}

/** Whether the filter says anything about a field, whatever it says. */
export function mentions(filter: Filter, field: FilterField): boolean {
  switch (filter.type) {
    case "all":
    case "any":
      return filter.of.some((part) => mentions(part, field));
    case "not":
      return mentions(filter.of, field);
    case "compare":
      return filter.field === field;
    case "is":
      return false;
  }
}

/**
 * Reads a filter from JSON text. An object of several members asks for all of them; `NOT` of a list asks for none of it;
 * a bare value is short for `{"eq": value}`. Refuses with the JSON path of what is wrong, and says what would be right.
 */
export function parseFilter(text: string): Filter {
  let json: Json;
  try {
    // Whatever parses is JSON.
    json = JSON.parse(text) as Json;
  } catch {
    throw refusal("filter", `is not JSON; write it like ${EXAMPLE}`);
  }
  return group(json, "filter");
}

function group(json: Json | undefined, path: string): Filter {
  if (!isObject(json)) throw refusal(path, `must be an object like ${EXAMPLE}`);
  return {
    type: "all",
    of: Object.entries(json).map(([key, value]) => member(key, value, `${path}.${key}`)),
  };
}

function member(key: string, value: Json, path: string): Filter {
  switch (key.toUpperCase()) {
    case "AND":
      return { type: "all", of: list(value, path) };
    case "OR":
      return { type: "any", of: list(value, path) };
    case "NOT":
      return {
        type: "not",
        of: { type: "any", of: Array.isArray(value) ? list(value, path) : [group(value, path)] },
      };
    default:
      return comparisons(key, value, path);
  }
}

function list(value: Json, path: string): Filter[] {
  if (!Array.isArray(value)) throw refusal(path, `must be a list of filters, such as [${EXAMPLE}]`);
  return value.map((item: Json, i) => group(item, `${path}[${i}]`));
}

function comparisons(key: string, value: Json, path: string): Filter {
  const field = fieldOf(key, path);
  if (!isObject(value)) return comparison({ field, by: "eq", value }, path);
  const of = Object.entries(value).map(([by, operand]) =>
    comparison({ field, by: comparatorOf(field, by, `${path}.${by}`), value: operand }, `${path}.${by}`),
  );
  if (of.length === 0) throw refusal(path, `compares with nothing; write it like {"eq": …}`);
  return { type: "all", of };
}

function fieldOf(key: string, path: string): FilterField | MetadataField {
  if (isPlainField(key)) return key;
  if (isMetadataField(key)) return key;
  throw refusal(
    path,
    `is no field to filter by; use AND, OR, NOT, metadata.<key> or one of ${Object.keys(FILTER_FIELDS).join(", ")}`,
  );
}

function comparatorOf(field: FilterField | MetadataField, by: string, path: string): Comparator {
  const possible = COMPARATORS_OF[fieldType(field)];
  const found = possible.find((comparator) => comparator === by);
  if (found === undefined) throw refusal(path, `cannot compare ${field}; use ${possible.join(", ")}`);
  return found;
}

function comparison({ field, by, value }: Omit<Comparison, "type">, path: string): Comparison {
  const read = (one: Json, at: string) => operand(field, one, at);
  const isList = by === "in" || (fieldType(field) === "tags" && Array.isArray(value));
  if (!isList) return { type: "compare", field, by, value: read(value, path) };
  if (!Array.isArray(value)) throw refusal(path, `needs a list of values, such as ["a", "b"]`);
  return { type: "compare", field, by, value: value.map((one: Json, i) => read(one, `${path}[${i}]`)) };
}

/** One value to compare a field with, checked and in the form that the field is kept in. */
export function operand(field: FilterField | MetadataField, value: Json, path: string): Json {
  if (value === null && NULLABLE.includes(field)) return null;
  switch (fieldType(field)) {
    case "text":
    case "tags":
      return typeof value === "string" ? value : wrong(path, "must be a text");
    case "kind":
      return oneOf(KINDS, value, path);
    case "lifecycle":
      return oneOf(LIFECYCLES, value, path);
    case "number":
      return number(field, value, path);
    case "time":
      return time(value, path);
    case "flag":
      return typeof value === "boolean" ? value : wrong(path, "must be true or false");
    case "metadata":
      return value;
  }
}

function number(field: string, value: Json, path: string): number {
  if (typeof value !== "number") return wrong(path, "must be a number");
  if (field === "confidence" && (value < 0 || value > 1)) return wrong(path, "must be from 0 to 1");
  return value;
}

const ISO = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/iu;

function time(value: Json, path: string): number {
  const at = typeof value === "string" && ISO.test(value) ? timeOf(value) : NaN;
  return Number.isNaN(at) ? wrong(path, "must be a time such as 2026-05-01 or 2026-05-01T12:00:00Z") : at;
}

function oneOf(choices: readonly string[], value: Json, path: string): string {
  const found = choices.find((choice) => choice === value);
  return found ?? wrong(path, `must be one of ${choices.join(", ")}`);
}

function wrong(path: string, message: string): never {
  throw refusal(path, message);
}

/** A filter that cannot be read, as every other invalid input is refused. */
function refusal(path: string, message: string): Refusal {
  return new Refusal("invalid_input", `The filter cannot be read: ${path} ${message}.`, {
    fields: [{ path, message }],
  });
}

const isPlainField = (key: string): key is FilterField => Object.hasOwn(FILTER_FIELDS, key);
const isMetadataField = (key: string): key is MetadataField =>
  key.startsWith(METADATA) && key.length > METADATA.length;
const isObject = (json: Json | undefined): json is { readonly [key: string]: Json } =>
  typeof json === "object" && json !== null && !Array.isArray(json);
