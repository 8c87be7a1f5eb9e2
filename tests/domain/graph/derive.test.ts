import { describe, expect, it } from "vitest";
import { CONSTANTS } from "@/lib/domain/parameters";
import { derive } from "@/lib/domain/graph/derive";
import type { EntityType, Extraction } from "@/lib/domain/graph/extraction";

/** An extraction of names as they first stand in a text after one another. */
function reading(
  text: string,
  names: readonly (readonly [string, EntityType])[],
  relations: Extraction["relations"] = [],
): Extraction {
  let at = 0;
  const mentions = names.map(([name, type]) => {
    const start = text.indexOf(name, at);
    at = start + name.length;
    return { start, end: at, type };
  });
  return { mentions, relations };
}

const entitiesOf = (text: string, extraction: Extraction) =>
  derive(text, extraction).entities.map(({ name, isAlias }) => (isAlias ? `(${name})` : name));

describe("the entities of a text", () => {
  it("take a short name for the fuller one of the same text, and keep short forms as aliases", () => {
    const text = "Ada Byron met Bo. Byron left.";
    const extraction = reading(text, [
      ["Ada Byron", "person"],
      ["Bo", "person"],
      ["Byron", "person"],
    ]);
    expect(entitiesOf(text, extraction)).toEqual(["ada byron", "bo", "(byron)"]);
  });

  it("know the place in its state", () => {
    const text = "the State of Georgia";
    expect(entitiesOf(text, reading(text, [["State of Georgia", "place"]]))).toEqual([
      "state of georgia",
      "(georgia)",
    ]);
  });

  it("are written as the text writes them first", () => {
    const text = "CAFÉ Luna, café luna";
    const { entities } = derive(
      text,
      reading(text, [
        ["CAFÉ Luna", "place"],
        ["café luna", "place"],
      ]),
    );
    expect(entities).toEqual([{ name: "cafe luna", type: "place", written: "CAFÉ Luna", isAlias: false }]);
  });

  it("are bounded, however many names there are", () => {
    const names = Array.from({ length: 50 }, (_, i) => [`Name${i}`, "other"] as const);
    const text = names.map(([name]) => name).join(" ");
    expect(derive(text, reading(text, names)).entities).toHaveLength(CONSTANTS.mostEdges);
  });
});

it("a relation is said once, between two things, by the names that are meant", () => {
  const text = "Ada Byron knows Bo. Byron knows Bo. Byron is Byron.";
  const names = ["Ada Byron", "Bo", "Byron", "Bo", "Byron", "Byron"].map((name) => [name, "person"] as const);
  const knows = { type: "knows" };
  const extraction = reading(text, names, [
    { from: 0, to: 1, ...knows },
    { from: 2, to: 3, ...knows },
    { from: 4, to: 5, type: "is" },
  ]);
  expect(derive(text, extraction).relations).toEqual([{ from: "ada byron", to: "bo", type: "knows" }]);
});
