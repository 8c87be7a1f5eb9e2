import { CONSTANTS } from "@/lib/domain/parameters";

/** A stretch of time that a question names, in milliseconds of UTC. */
export interface TimeWindow {
  readonly from: number;
  /** Not part of it any more. */
  readonly until: number;
}

/**
 * The time a question is about, as it is spoken of at `at`: "on 3 July, 2023", "in May", "two weeks ago", "last Saturday",
 * "in the past three months". A month without a year is its latest one that has begun. null: the question names no time, or only
 * one that fits no calendar.
 */
export function askedWindow(query: string, at: number): TimeWindow | null {
  for (const { form, read } of FORMS) {
    const found = form.exec(query);
    if (found)
      return read(
        found.map((word) => (word ?? "").toLowerCase()),
        at,
      );
  }
  return null;
}

/** Days between a time and the window; 0 inside it. */
export function daysOutside({ from, until }: TimeWindow, time: number): number {
  return Math.max(0, from - time, time - until) / CONSTANTS.millisPerDay;
}

type Read = (words: readonly string[], at: number) => TimeWindow | null;

const MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december".split(
  "|",
);
const WEEKDAYS = "sunday|monday|tuesday|wednesday|thursday|friday|saturday".split("|");
const NUMBERS = "no|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve".split("|");
const UNIT_DAYS: Readonly<Record<string, number>> = {
  day: 1,
  week: CONSTANTS.daysPerWeek,
  weekend: CONSTANTS.daysPerWeek,
  month: CONSTANTS.daysPerMonth,
  year: CONSTANTS.daysPerYear,
};

const MONTH = `(${MONTHS.join("|")})`;
const YEAR = "((?:19|20)\\d\\d)";
const DAY = "(\\d{1,2})(?:st|nd|rd|th)?";
const COUNT = `(\\d+|an?|${NUMBERS.slice(1).join("|")}|a couple of|a few)`;
const PREPOSITION = "\\b(?:in|on|during|since|by|of|this|last|until|before|after)(?: early| late| mid)?[ -]";
const form = (pattern: string): RegExp => new RegExp(pattern, "iu");

/** The first that fits is taken, so the more exact ones come first. */
const FORMS: readonly { readonly form: RegExp; readonly read: Read }[] = [
  {
    form: form(`\\b${DAY}(?: of)? ${MONTH},? ${YEAR}\\b`),
    read: ([, day, month, year]) => dayOf(year, month, day),
  },
  { form: form(`\\b${MONTH} ${DAY},? ${YEAR}\\b`), read: ([, month, day, year]) => dayOf(year, month, day) },
  {
    form: form(`\\b${YEAR}-(\\d\\d)-(\\d\\d)\\b`),
    read: ([, year, month, day]) => dayOf(year, MONTHS[Number(month) - 1], day),
  },
  { form: form(`\\b${MONTH},? ${YEAR}\\b`), read: ([, month, year]) => monthOf(Number(year), month) },
  {
    form: form(`\\b${MONTH} ${DAY}\\b`),
    read: ([, month, day], at) => latest(at, (year) => dayOf(year, month, day)),
  },
  {
    form: form(`\\b${DAY}(?: of)? ${MONTH}\\b`),
    read: ([, day, month], at) => latest(at, (year) => dayOf(year, month, day)),
  },
  {
    form: form(`${PREPOSITION}${MONTH}\\b`),
    read: ([, month], at) => latest(at, (year) => monthOf(year, month)),
  },
  {
    form: form(`\\b(?:in|during|of) ${YEAR}\\b`),
    read: ([, year]) => between(Date.UTC(Number(year), 0), Date.UTC(Number(year) + 1, 0)),
  },
  {
    form: form(`\\b${COUNT} (day|week|month|year)s? ago\\b`),
    read: ([, count, unit], at) => ago(at, countOf(count), unit),
  },
  {
    form: form(`\\b(?:past|last|previous) (?:${COUNT} )(day|week|month|year)s?\\b`),
    read: ([, count, unit], at) => upTo(at, countOf(count), unit),
  },
  { form: form("\\b(?:past|this) (week|weekend|month|year)\\b"), read: ([, unit], at) => upTo(at, 1, unit) },
  { form: form("\\blast (week|weekend|month|year)\\b"), read: ([, unit], at) => ago(at, 1, unit) },
  { form: form("\\b(?:yesterday|last night)\\b"), read: (_, at) => ago(at, 1, "day") },
  { form: form(`\\blast (${WEEKDAYS.join("|")})\\b`), read: ([, weekday], at) => weekdayBefore(at, weekday) },
];

const between = (from: number, until: number): TimeWindow => ({ from, until });

const daysLong = (days: number): number => days * CONSTANTS.millisPerDay;

function dayOf(
  year: string | number | undefined,
  month: string | undefined,
  day: string | undefined,
): TimeWindow | null {
  const from = Date.UTC(Number(year), MONTHS.indexOf(month ?? ""), Number(day));
  const fits = new Date(from).getUTCDate() === Number(day) && Number(day) > 0;
  return fits ? between(from, from + CONSTANTS.millisPerDay) : null;
}

function monthOf(year: number, month: string | undefined): TimeWindow {
  const place = MONTHS.indexOf(month ?? "");
  return between(Date.UTC(year, place), Date.UTC(year, place + 1));
}

/** This year's, unless it has not begun yet: then last year's. */
function latest(at: number, inYear: (year: number) => TimeWindow | null): TimeWindow | null {
  const year = new Date(at).getUTCFullYear();
  const thisYear = inYear(year);
  return thisYear !== null && thisYear.from <= at ? thisYear : inYear(year - 1);
}

/** Half a unit to either side: who says "two weeks ago" does not count days. */
function ago(at: number, count: number, unit: string | undefined): TimeWindow {
  const days = UNIT_DAYS[unit ?? ""] ?? 1;
  return between(at - daysLong((count + 1 / 2) * days), at - daysLong((count - 1 / 2) * days));
}

const upTo = (at: number, count: number, unit: string | undefined): TimeWindow =>
  between(at - daysLong(count * (UNIT_DAYS[unit ?? ""] ?? 1)), at);

function weekdayBefore(at: number, weekday: string | undefined): TimeWindow {
  const today = Math.floor(at / CONSTANTS.millisPerDay) * CONSTANTS.millisPerDay;
  const back =
    (new Date(at).getUTCDay() - WEEKDAYS.indexOf(weekday ?? "") + CONSTANTS.daysPerWeek) %
    CONSTANTS.daysPerWeek;
  const from = today - daysLong(back === 0 ? CONSTANTS.daysPerWeek : back);
  return between(from, from + CONSTANTS.millisPerDay);
}

/** "a" is one, "a couple of" two, "a few" three. */
function countOf(word: string | undefined): number {
  const few = ["", "a", "a couple of", "a few"].indexOf(word ?? "");
  const named = NUMBERS.indexOf(word ?? "");
  return few > 0 ? few : named > 0 ? named : word === "an" ? 1 : Number(word) || 1;
}
