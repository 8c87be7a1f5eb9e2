import { CONSTANTS } from "@/lib/domain/parameters";
import { deniedBetween, lacking } from "./pair-features";
import type { Claim } from "./claims";
import type { Millis } from "@/lib/domain/ids";
import type { Wording } from "./wording";

/** A memory as the question whether another one replaces it reads it. */
export interface Statement {
  readonly wording: Wording;
  readonly claims: readonly Claim[];
  /** Since when it holds. */
  readonly validAt: Millis;
  /** Whether its words say that something is not so any more. */
  readonly isNews: boolean;
}

/** `supersede`: the newer one takes the older one's place. `contest`: both stand and say different things. */
export interface Disagreement {
  readonly kind: "supersede" | "contest";
  /** 0…1. */
  readonly certainty: number;
  /** The attribute they disagree about, for a person; "negation" where one denies what the other says. */
  readonly about: string;
}

/**
 * Whether two memories of one scope and speaker cannot both hold now. The one that is valid later replaces the other when they give one
 * attribute other values and the attribute is all that the older one tells of; else they are shown as contested. null: both stand.
 */
export function disagreement(older: Statement, newer: Statement): Disagreement | null {
  const later = newer.validAt - older.validAt;
  const rivals = rivalClaims(older.claims, newer.claims);
  if (rivals === null) return denial(older, newer, later);
  const [old, now] = rivals;
  const news = later > 0 && now.isNews ? CONSTANTS.newsCertainty : 0;
  const replaces = later > 0 && old.share >= CONSTANTS.wholeClaim;
  return {
    kind: replaces ? "supersede" : "contest",
    certainty: CONSTANTS.slotCertainty + news,
    about: old.slot.replace("|", " ").trim(),
  };
}

/** The first two claims about one attribute that give it other values. */
export function rivalClaims(
  older: readonly Claim[],
  newer: readonly Claim[],
): readonly [old: Claim, now: Claim] | null {
  for (const old of older) {
    const now = newer.find((claim) => claim.slot === old.slot && isOther(old.value, claim.value));
    if (now !== undefined) return [old, now];
  }
  return null;
}

/** One denies what the other says, and they say nothing else that differs. With words of change the later one replaces the other. */
function denial(older: Statement, newer: Statement, later: number): Disagreement | null {
  const [a, b] = [older.wording, newer.wording];
  const isDenied = deniedBetween(a, b).length > 0;
  const differing = lacking(a.said, b.said).length + lacking(b.said, a.said).length;
  if (!isDenied || differing > CONSTANTS.denialDiffering) return null;
  const replaces = later > 0 && newer.isNews && b.denied.size > 0;
  return { kind: replaces ? "supersede" : "contest", certainty: CONSTANTS.slotCertainty, about: "negation" };
}

/** Neither value says the other one in more or fewer words: "Paris" and "Paris, France" are one. */
const isOther = (a: Wording, b: Wording): boolean => {
  const [onlyA, onlyB] = [lacking(a.said, b.said), lacking(b.said, a.said)];
  return onlyA.length > 0 && onlyB.length > 0;
};
