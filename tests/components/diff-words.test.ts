import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countDiff, diffWords } from "@/components/ui/diff-words";

const before = "Anna prefers oat milk.";
const after = "Anna prefers soy milk now.";

describe("a word diff", () => {
  it("marks words, not letters", () => {
    const marked = diffWords(before, after).filter((part) => part.kind !== "same");
    expect(marked).toContainEqual({ kind: "removed", text: "oat" });
    expect(marked).toContainEqual({ kind: "added", text: "soy" });
  });
  it("holds both texts exactly, whatever they are", () => {
    const words = fc
      .array(fc.constantFrom("a", "b", "milk", " ", "\n", ".", "oat"))
      .map((list) => list.join(""));
    fc.assert(
      fc.property(words, words, (one, other) => {
        const parts = diffWords(one, other);
        const text = (skipped: string) =>
          parts
            .filter((part) => part.kind !== skipped)
            .map((part) => part.text)
            .join("");
        expect(text("removed")).toBe(other);
        expect(text("added")).toBe(one);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
  it("counts what came and what went", () => {
    expect(countDiff(diffWords("one two three", "one 2 three four"))).toEqual({ added: 2, removed: 1 });
    expect(countDiff(diffWords(before, before))).toEqual({ added: 0, removed: 0 });
  });
});
