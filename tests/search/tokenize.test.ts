import { describe, expect, it } from "vitest";

import { stemsOf } from "@/lib/search/tokenize";

describe("stems of a text", () => {
  it("are in the order of the words, without case, diacritics and the words that are in every text", () => {
    expect(stemsOf("The CAFÉ was closed, and my Garden waits")).toEqual(["cafe", "close", "garden", "wait"]);
  });

  it.each([
    ["went", "go"],
    ["children", "child"],
    ["bought", "buying"],
    ["Taken", "takes"],
    ["teeth", "tooth"],
  ])("bring %s and %s together", (form, other) => expect(stemsOf(form)).toEqual(stemsOf(other)));

  it.each(["rose", "lives", "wound"])("leave %s, which is more often another word, as it is", (word) => {
    expect(stemsOf(word)).not.toEqual(stemsOf({ rose: "rise", lives: "life", wound: "wind" }[word] ?? ""));
  });
});
