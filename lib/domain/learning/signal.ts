import { unreachable } from "@/lib/domain/errors";

/** Ways in which outcomes are reported; all become one number in 0…1, and the raw form is kept beside it. */
export const OUTCOME_SCALES = ["-1..1", "0..1", "1-5", "named", "success"] as const;
export type OutcomeScale = (typeof OUTCOME_SCALES)[number];

export type RawOutcome =
  number | boolean | string | { readonly scale: OutcomeScale; readonly value: number | boolean | string };

/** What a judge can say of one memory. */
export const VERDICTS = ["helpful", "harmful", "irrelevant", "outdated"] as const;
export type Verdict = (typeof VERDICTS)[number];

const NAMED: ReadonlyMap<string, number> = new Map(
  Object.entries({ POSITIVE: 1, NEUTRAL: 0.5, NEGATIVE: 0.25, VERY_NEGATIVE: 0 }),
);
const SUCCESS: ReadonlyMap<string, number> = new Map(
  Object.entries({ success: 1, failure: 0, true: 1, false: 0 }),
);
const LOWEST_STAR = 1;
const HIGHEST_STAR = 5;

/**
 * Outcome y in 0…1 (1: it helped). Bare numbers are read on −1…1, bare words as a name or as success and failure.
 * null: it cannot be read on that scale, e.g. 7 on 1–5; the caller names the field.
 */
export function normaliseOutcome(raw: RawOutcome): number | null {
  if (typeof raw === "object") return onScale(raw.scale, raw.value);
  if (typeof raw === "number") return onScale("-1..1", raw);
  if (typeof raw === "boolean") return onScale("success", raw);
  return onScale("named", raw) ?? onScale("success", raw);
}

function onScale(scale: OutcomeScale, value: number | boolean | string): number | null {
  switch (scale) {
    case "-1..1":
      return typeof value === "number" && Math.abs(value) <= 1 ? (value + 1) / 2 : null;
    case "0..1":
      return typeof value === "number" && value >= 0 && value <= 1 ? value : null;
    case "1-5":
      return typeof value === "number" && value >= LOWEST_STAR && value <= HIGHEST_STAR
        ? (value - LOWEST_STAR) / (HIGHEST_STAR - LOWEST_STAR)
        : null;
    case "named":
      return typeof value === "string" ? (NAMED.get(value.toUpperCase()) ?? null) : null;
    case "success":
      return SUCCESS.get(String(value).toLowerCase()) ?? null;
    default:
      return unreachable(scale);
  }
}

/** A verdict as an outcome of that one memory: helpful 1, everything else 0. `outdated` also asks for a supersession. */
export function normaliseVerdict(raw: Verdict | boolean | 1 | -1): {
  readonly verdict: Verdict;
  readonly outcome: 0 | 1;
} {
  if (raw === true || raw === 1 || raw === "helpful") return { verdict: "helpful", outcome: 1 };
  if (raw === false || raw === -1) return { verdict: "harmful", outcome: 0 };
  return { verdict: raw, outcome: 0 };
}
