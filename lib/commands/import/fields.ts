/** An object of a foreign file: nothing is known of its fields until they are looked at. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The objects of a list; whatever else stands in it is left out. */
export const objectsIn = (value: unknown): readonly Fields[] =>
  Array.isArray(value) ? value.filter(isFields) : [];

/** Text that says something, else undefined. */
export const textAt = (value: unknown): string | undefined =>
  typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;

/** The first of these fields that holds text. */
export function firstText(from: Fields, names: readonly string[]): string | undefined {
  for (const name of names) {
    const found = textAt(from[name]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Ids come as text or as numbers. */
export const idAt = (value: unknown): string | undefined =>
  typeof value === "number" ? String(value) : textAt(value);

/** Texts of a list, of a JSON list written as text, or of a text with commas. */
export function textsAt(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one) => textAt(String(one)) ?? []);
  const text = textAt(value);
  if (text === undefined) return [];
  const parsed = text.startsWith("[") ? jsonOrNull(text) : null;
  return Array.isArray(parsed) ? textsAt(parsed) : text.split(",").flatMap((one) => textAt(one) ?? []);
}

export function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What is left of an object without the fields that were read, or that hold nothing. */
export function restOf(from: Fields, read: readonly string[]): Fields {
  return Object.fromEntries(
    Object.entries(from).filter(([name, value]) => !read.includes(name) && !isEmpty(value)),
  );
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isFields(value) && Object.keys(value).length === 0;
}

/** The year 2603 in seconds: what is larger counts in milliseconds, microseconds or nanoseconds. */
const LARGEST_SECONDS = 2e10;
const THOUSAND = 1000;

/** ISO text (without a zone: UTC) or seconds since 1970 and their thousandths, as ISO; undefined for anything else. */
export function timeAt(value: unknown): string | undefined {
  const ms = typeof value === "number" ? fromSeconds(value) : Date.parse(zoned(textAt(value) ?? ""));
  return Number.isNaN(ms) || Math.abs(ms) > LATEST_MS ? undefined : new Date(ms).toISOString();
}

/** The end of the year 9999: later times do not fit into the four digits of a year. */
const LATEST_MS = 253_402_300_799_999;

function fromSeconds(value: number): number {
  let seconds = value;
  while (Number.isFinite(seconds) && Math.abs(seconds) > LARGEST_SECONDS) seconds /= THOUSAND;
  return Number.isFinite(seconds) ? Math.round(seconds * THOUSAND) : Number.NaN;
}

/** JavaScript reads a time without a zone as the machine's; the programs that wrote it meant UTC. */
const zoned = (text: string): string =>
  /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/u.test(text) ? `${text.replace(" ", "T")}Z` : text;
