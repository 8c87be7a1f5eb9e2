import { describe, expect, it } from "vitest";
import { bareName, isPartOf, lastName, namesInQuestion, normalName } from "@/lib/domain/graph/names";

describe("a name's normal form", () => {
  it.each([
    ["The Café’s", "cafe"],
    ["@ada_byron", "ada byron"],
    ["St. John's", "st john"],
    ["  Łódź ", "łodz"],
    ["…", ""],
  ])("of %j is %j", (written, name) => expect(normalName(written)).toBe(name));

  it("has short forms that follow from itself", () => {
    expect(bareName("state of georgia")).toBe("georgia");
    expect(bareName("georgia")).toBeNull();
    expect(lastName("mohandas karamchand gandhi")).toBe("gandhi");
    expect(lastName("gandhi")).toBeNull();
    expect([
      isPartOf("gandhi", "mohandas gandhi"),
      isPartOf("gand", "mohandas gandhi"),
      isPartOf("a", "a"),
    ]).toEqual([true, false, false]);
  });
});

describe("the names in a question", () => {
  const known = new Set(["ada byron", "byron", "law", "gisvi"]);
  const names = (question: string, telling: string[] = []) => [
    ...namesInQuestion(question, {
      isKnown: (name) => known.has(name),
      isTelling: (name) => telling.includes(name),
    }),
  ];

  it("are known names in any case, the words inside a longer one too when they are capitalised", () => {
    expect(names("where did Ada Byron's brother live?")).toEqual(["ada byron", "byron"]);
    expect(names("where did ada byron live?")).toEqual(["ada byron"]);
  });

  it("leave a common word alone, unless it is capitalised inside the question or tells enough", () => {
    expect(names("who broke the law?")).toEqual([]);
    expect(names("Law and order?")).toEqual([]);
    expect(names("who broke the Law?")).toEqual(["law"]);
    expect(names("gisvi's birthplace", ["gisvi"])).toEqual(["gisvi"]);
  });
});
