import { describe, expect, it } from "vitest";

import { claimsOf } from "@/lib/domain/consolidation/claims";
import { GUARDS, guardsAgainst, type Guard } from "@/lib/domain/consolidation/guards";
import { pairCertainty } from "@/lib/domain/consolidation/pair-score";
import { pairFeatures } from "@/lib/domain/consolidation/pair-features";
import { PLAIN_READER } from "@/lib/domain/consolidation/plain-reader";
import { antonymsFor, wordingOf, type Reader } from "@/lib/domain/consolidation/wording";
import { millis } from "@/lib/domain/ids";

const PEOPLE = new Set(["anna", "bernard"]);
const reader: Reader = { ...PLAIN_READER, isName: (word) => PEOPLE.has(word) };
const antonyms = antonymsFor(reader);
const DAY = 86_400_000;

const stops = (a: string, b: string, daysApart = 0): Guard[] =>
  guardsAgainst({
    a: wordingOf(a, reader),
    b: wordingOf(b, reader),
    antonyms,
    claims: [claimsOf(a, reader), claimsOf(b, reader)],
    times: [millis(0), millis(daysApart * DAY)],
  });

const certainty = (a: string, b: string, cosine: number): number =>
  pairCertainty(pairFeatures({ a: wordingOf(a, reader), b: wordingOf(b, reader), cosine, rarity: () => 1 }));

/** For each guard two texts that nothing but it keeps apart. */
const ONLY: Readonly<Record<Guard, readonly [string, string, number?]>> = {
  numbers: ["They paid 900 euros for the flat", "They paid 950 euros for the flat"],
  dates: ["The review is on Tuesday", "The review is on Thursday"],
  ids: ["The tests fail with v2.4 of the library", "The tests fail with v2.5 of the library"],
  negation: ["The cat is allowed in the kitchen", "The cat is not allowed in the kitchen"],
  subject: ["Anna sings in the bakery", "Bernard sings in the bakery"],
  opposite: ["The window was open at noon", "The window was closed at noon"],
  roles: ["The dog chased the cat", "The cat chased the dog"],
  attribute: ["The roof of the old barn is red", "The roof of the old barn is brown"],
  time: ["They had dinner at the harbour yesterday", "They had dinner at the harbour yesterday", 3],
};

describe("guards", () => {
  it.each(GUARDS)("%s alone stops its pair", (guard) => {
    const [a, b, days] = ONLY[guard];
    expect(stops(a, b, days)).toEqual([guard]);
    expect(stops(b, a, days)).toEqual([guard]);
  });

  it("nothing stops a paraphrase, a passive, another way to write a number, or two that both deny", () => {
    expect(stops("A man is eating a pizza", "A pizza is being eaten by a man")).toEqual([]);
    expect(stops("Anna owes $8,400.00 to the bank", "Anna owes the bank 8400 dollars")).toEqual([]);
    expect(stops("She has two cats", "She has 2 cats")).toEqual([]);
    expect(stops("The loan was not forgiven", "They did not forgive the loan")).toEqual([]);
  });

  it("more detail on one side alone stops nothing", () => {
    expect(stops("Anna moved to Lisbon", "Anna moved to Lisbon in May with 2 cats")).toEqual([]);
  });
});

describe("certainty", () => {
  it("is the same whichever text comes first", () => {
    const [a, b] = ["Anna bakes bread every Sunday", "Every Sunday Anna bakes rye bread"];
    expect(certainty(a, b, 0.9)).toBe(certainty(b, a, 0.9));
  });

  it("is near 1 for the same words and falls with what only one of them says", () => {
    const text = "Anna bakes bread every Sunday morning";
    const same = certainty(text, text, 1);
    const longer = certainty(text, `${text} and sells it to the bakery next to the old harbour`, 0.85);
    const other = certainty(text, "The trains to the coast are late in winter", 0.1);
    expect(same).toBeGreaterThan(0.95);
    expect(longer).toBeLessThan(same);
    expect(other).toBeLessThan(0.05);
  });
});
