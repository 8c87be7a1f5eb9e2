import { CONSTANTS } from "@/lib/domain/parameters";
import type { Wording } from "./wording";

/** What is measured of two texts; all but `cosine` of their words alone. Each is 0…1. */
export interface PairFeatures {
  /** Of the vectors of the whole texts, clipped at 0. */
  readonly cosine: number;
  /** Shared stems among all stems that say something. */
  readonly jaccard: number;
  /** As `jaccard`, each stem by its rarity. */
  readonly rare: number;
  /** Shared stems among those of the text with fewer, each by its rarity. */
  readonly rareContainment: number;
  /** The longest run of words in the same order, as a share of the longer text. */
  readonly sequence: number;
  /** How much of the longer text's length the shorter one has. */
  readonly length: number;
  /** How much each text says that the other does not, the lesser of the two, saturating: words that stand in each other's place. */
  readonly swapped: number;
  /** How much only one of them says, saturating. */
  readonly added: number;
  /** The longest run of words in one text of which the other says nothing, saturating: a clause of its own. */
  readonly clause: number;
  /** Numbers, dates and ids of each that the other lacks, the lesser of the two, as a share of all in the text with fewer. */
  readonly values: number;
  /** As `values`, for names. */
  readonly names: number;
  /** One has a number, date or id, and the other has none that differs. */
  readonly moreValues: number;
  /** How much of what the shorter one says the other denies. */
  readonly negation: number;
  /** How much of what they share stands in another order, so that who does it to whom may differ. */
  readonly roles: number;
}

export interface Compared {
  readonly a: Wording;
  readonly b: Wording;
  /** Cosine of the two texts, −1…1. */
  readonly cosine: number;
  /** How much a stem tells, 0…1: its inverse document frequency as a share of the highest there is. */
  readonly rarity: (stem: string) => number;
  /** Stems that mean the opposite of a stem. */
  readonly antonyms: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Measures a pair; symmetric in its two texts. */
export function pairFeatures({ a, b, cosine, rarity }: Omit<Compared, "antonyms">): PairFeatures {
  const shared = [...a.said].filter((stem) => b.said.has(stem));
  const weigh = (stems: Iterable<string>): number => [...stems].reduce((sum, stem) => sum + rarity(stem), 0);
  const [inA, inB, inBoth] = [weigh(a.said), weigh(b.said), weigh(shared)];
  const [onlyA, onlyB] = [inA - inBoth, inB - inBoth];
  const saturating = (amount: number): number => amount / (amount + CONSTANTS.halfRarity);
  const clause = Math.max(longestAlone(a, b), longestAlone(b, a));
  const [longer, shorter] = [
    Math.max(a.words.length, b.words.length),
    Math.min(a.words.length, b.words.length),
  ];
  return {
    cosine: Math.max(0, cosine),
    jaccard: share(shared.length, a.said.size + b.said.size - shared.length),
    rare: share(inBoth, inA + inB - inBoth),
    rareContainment: share(inBoth, Math.min(inA, inB)),
    sequence: share(longestCommon(stemsOf(a), stemsOf(b)), longer),
    length: share(shorter, longer),
    swapped: saturating(Math.min(onlyA, onlyB)),
    added: saturating(Math.max(onlyA, onlyB)),
    clause: clause / (clause + CONSTANTS.halfClause),
    values: apart(a, b, "values"),
    names: apart(a, b, "names"),
    moreValues:
      apart(a, b, "values") === 0 && lacking(a.values, b.said).length + lacking(b.values, a.said).length > 0
        ? 1
        : 0,
    negation: share(deniedBetween(a, b).length, Math.min(a.said.size, b.said.size)),
    roles: rolesApart(a, b),
  };
}

/** Stems that one text denies and the other says. Where both deny something, how it is put tells them apart and not what they mean. */
export function deniedBetween(a: Wording, b: Wording): string[] {
  if (a.denied.size > 0 && b.denied.size > 0) return [];
  return [...a.denied]
    .filter((stem) => b.said.has(stem))
    .concat([...b.denied].filter((stem) => a.said.has(stem)));
}

/** What one has and the other lacks. */
export const lacking = (of: ReadonlySet<string>, from: ReadonlySet<string>): string[] =>
  [...of].filter((item) => !from.has(item));

/** Telling words of the longest run of `a` in which no telling word is also in `b`. */
function longestAlone(a: Wording, b: Wording): number {
  let [longest, run] = [0, 0];
  for (const { stem } of a.words) {
    if (!a.said.has(stem)) continue;
    run = b.said.has(stem) ? 0 : run + 1;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** 1: each has nothing but what the other lacks; 0: one of them has nothing that the other lacks. */
function apart(a: Wording, b: Wording, what: "values" | "names"): number {
  const [onlyA, onlyB] = [lacking(a[what], b.said).length, lacking(b[what], a.said).length];
  return share(Math.min(onlyA, onlyB), Math.min(a[what].size, b[what].size));
}

/** Whether a word of one, missing in the other, means the opposite of a word of the other that is missing in the first. */
export function opposites(a: Wording, b: Wording, antonyms: Compared["antonyms"]): boolean {
  const [inA, inB] = [new Set(stemsOf(a)), new Set(stemsOf(b))];
  return lacking(inA, inB).some((stem) =>
    [...(antonyms.get(stem) ?? [])].some((other) => inB.has(other) && !inA.has(other)),
  );
}

/** A passive turns subject and object around and says the same, so "by" on one side alone explains any order. 0…1. */
export function rolesApart(a: Wording, b: Wording): number {
  if (isPassive(a) !== isPassive(b)) return 0;
  const shared = (of: Wording, by: Wording) =>
    of.words.filter((word) => of.said.has(word.stem) && by.said.has(word.stem)).map((word) => word.stem);
  const [inA, inB] = [shared(a, b), shared(b, a)];
  return 1 - share(longestCommon(inA, inB), Math.min(inA.length, inB.length));
}

const isPassive = ({ words }: Wording): boolean => words.some((word) => word.stem === "by");

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

const stemsOf = ({ words }: Wording): string[] => words.map((word) => word.stem);

/** Length of the longest common subsequence, in O(|a|·|b|). */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  let row = new Uint16Array(b.length + 1);
  for (const word of a) {
    const next = new Uint16Array(b.length + 1);
    for (let j = 0; j < b.length; j += 1) {
      next[j + 1] = word === b[j] ? (row[j] ?? 0) + 1 : Math.max(next[j] ?? 0, row[j + 1] ?? 0);
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
