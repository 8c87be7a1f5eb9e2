import { describe, expect, it } from "vitest";

import { claimsOf, NEWS } from "@/lib/domain/consolidation/claims";
import { disagreement, type Disagreement, type Statement } from "@/lib/domain/consolidation/supersession";
import { wordingOf } from "@/lib/domain/consolidation/wording";
import { millis } from "@/lib/domain/ids";
import { readerWith } from "@/lib/search/reader";

const DAY = 86_400_000;
const reader = readerWith(() => false);
const statement = (text: string, day: number): Statement => ({
  wording: wordingOf(text, reader),
  claims: claimsOf(text, reader),
  validAt: millis(day * DAY),
  isNews: NEWS.test(text),
});
const between = (older: string, newer: string, daysLater = 30): Disagreement | null =>
  disagreement(statement(older, 0), statement(newer, daysLater));

const REPLACED: readonly (readonly [string, string])[] = [
  ["I live in Berlin", "I moved to Munich last week"],
  ["Anna lives in Berlin.", "Anna has moved from Berlin to Lisbon."],
  ["Anna works at Siemens", "Anna now works for Bosch"],
  ["My phone number is 555 1234", "My phone number is now 555 9876"],
  ["Anna's favourite colour is blue", "Anna's favourite colour is green"],
  ["The project deadline is due on 3 May", "The project deadline was moved to 10 May"],
  ["I am 34 years old", "I'm 35 years old"],
  ["The staging server runs on Node 18", "The staging server runs on Node 20"],
  ["Wifi password: hunter2", "Wifi password: correct horse"],
  ["Who is the mayor of Utrecht? Jan van Zanen", "Who is the mayor of Utrecht? Sharon Dijksma"],
  ["The capital of Kazakhstan is Astana", "The capital of Kazakhstan is Nur-Sultan"],
];

const STAND: readonly (readonly [string, string])[] = [
  ["My hobby is chess", "My hobby is sailing"],
  ["Anna's friend is Bernard", "Anna's friend is Carla"],
  ["I live in Berlin", "I live in Berlin, Germany"],
  ["I live in Berlin", "Anna lives in Munich"],
  ["I visited Rome", "I visited Paris"],
  ["She works at Siemens", "She works at Bosch"],
  ["The man is playing the guitar", "The man is playing the flute"],
  ["I bought a 50mm lens", "I bought a 70-200mm lens"],
  ["Who are the members of the board? Anna", "Who are the members of the board? Bernard"],
];

describe("a later memory", () => {
  it.each(REPLACED)("replaces: %s → %s", (older, newer) => {
    expect(between(older, newer)).toMatchObject({ kind: "supersede" });
  });

  it.each(STAND)("leaves standing: %s → %s", (older, newer) => {
    expect(between(older, newer)).toBeNull();
  });

  it("is surer with words of change", () => {
    const plain = between("Anna works at Siemens", "Anna works at Bosch")?.certainty ?? 0;
    const news = between("Anna works at Siemens", "Anna now works at Bosch")?.certainty ?? 0;
    expect(news).toBeGreaterThan(plain);
  });
});

describe("two that both stand and disagree", () => {
  it("of the same time are contested", () => {
    expect(between("I live in Berlin", "I live in Munich", 0)).toMatchObject({ kind: "contest" });
  });

  it("are contested where the older one tells of more", () => {
    const older =
      "I live in Berlin. My sister sails around the world with two friends and a parrot called Kees.";
    expect(between(older, "I moved to Munich")).toMatchObject({ kind: "contest" });
  });

  it("are contested where one denies the other, and replaced only by words of change", () => {
    expect(between("Anna eats meat", "Anna does not eat meat")).toMatchObject({
      kind: "contest",
      about: "negation",
    });
    expect(between("Anna eats meat", "Anna does not eat meat anymore")).toMatchObject({ kind: "supersede" });
  });
});
