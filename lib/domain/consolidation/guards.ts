import { CONSTANTS } from "@/lib/domain/parameters";
import { deniedBetween, lacking, opposites, rolesApart, type Compared } from "./pair-features";
import { rivalClaims } from "./supersession";
import type { Claim } from "./claims";
import type { Wording } from "./wording";
import type { Millis } from "@/lib/domain/ids";

/** What keeps two texts apart however alike they are otherwise. */
export const GUARDS = [
  "numbers",
  "dates",
  "ids",
  "negation",
  "subject",
  "opposite",
  "roles",
  "attribute",
  "time",
] as const;
export type Guard = (typeof GUARDS)[number];

export interface Guarded extends Pick<Compared, "a" | "b" | "antonyms"> {
  /** What each of them claims. */
  readonly claims: readonly [readonly Claim[], readonly Claim[]];
  /** Since when each of them is valid; null where it is not known, which stops nothing. */
  readonly times: readonly [Millis, Millis] | null;
}

/** Every guard that stops the pair; none: nothing in the words speaks against their saying the same. Symmetric. */
export function guardsAgainst({ a, b, antonyms, claims, times }: Guarded): Guard[] {
  const stops: Readonly<Record<Guard, boolean>> = {
    numbers: differ(a, b, "numbers"),
    dates: differ(a, b, "dates"),
    ids: differ(a, b, "ids"),
    negation:
      deniedBetween(a, b).length >= CONSTANTS.guardDenied * Math.min(a.said.size, b.said.size) &&
      deniedBetween(a, b).length > 0,
    subject: a.subject !== null && b.subject !== null && !b.said.has(a.subject) && !a.said.has(b.subject),
    opposite: opposites(a, b, antonyms),
    roles: rolesApart(a, b) >= CONSTANTS.guardRoles,
    attribute: rivalClaims(...claims) !== null,
    time:
      times !== null &&
      (a.isRelative || b.isRelative) &&
      Math.abs(times[0] - times[1]) >= CONSTANTS.millisPerDay,
  };
  return GUARDS.filter((guard) => stops[guard]);
}

/** Each has some that the other lacks, and more than a few of its own. */
function differ(a: Wording, b: Wording, what: "numbers" | "dates" | "ids"): boolean {
  const apart = Math.min(lacking(a[what], b.values).length, lacking(b[what], a.values).length);
  return apart > 0 && apart >= CONSTANTS.guardValues * Math.min(a[what].size, b[what].size);
}
