import { expect, it } from "vitest";

import { countsOf, f1Of } from "@/scripts/bench/entities";

it("a name counts when both of its ends meet the data's tokens, and its type is counted apart", () => {
  const sentence = {
    text: "Ann saw Port Said",
    tokens: ["Ann", "saw", "Port", "Said"],
    entities: [
      { start: 0, end: 1, type: "person" },
      { start: 2, end: 4, type: "location" },
    ],
    source: "x",
  };
  const mentions = [
    { start: 0, end: 3, type: "product" as const },
    { start: 8, end: 12, type: "place" as const },
    { start: 8, end: 17, type: "place" as const },
  ];
  const counts = countsOf(sentence, { mentions, relations: [] });
  expect(counts).toEqual({ said: 3, gold: 2, right: 2, rightType: 1 });
  expect(f1Of([counts])).toEqual({ untyped: 4 / 5, typed: 2 / 5 });
});
