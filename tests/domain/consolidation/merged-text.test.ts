import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { provenanceOf } from "@/lib/domain/consolidation/provenance";
import { memoryId } from "@/lib/domain/ids";
import { mergeText } from "@/lib/domain/memory/merge-text";

const merged = (...contents: string[]) =>
  mergeText(contents.map((content, i) => ({ id: memoryId(`m${i}`), content })));
const sentence = fc
  .array(
    fc.constantFrom("Anna", "owes", "17", "not", "the", "bank", "v1.2", "May", "unless", "rain", "3,000"),
    { minLength: 1, maxLength: 9 },
  )
  .map((words) => words.join(" "));
const cut = (text: string, at: { start: number; end: number }) => text.slice(at.start, at.end);
const wordsOf = (text: string) => text.match(/[\p{L}\p{N}]+(?:[-_.,:'’][\p{L}\p{N}]+)*/gu) ?? [];

describe("a merged text", () => {
  it("leaves out another wording of the same", () => {
    expect(
      merged("Anna has a red bike from Utrecht.", "Anna has a red bicycle from Utrecht.").madeFrom,
    ).toEqual(["m1"]);
  });

  it("keeps every sentence with a number, a name, a denial or a condition that the others lack", () => {
    const first = "Anna rides her bike to the office every single morning.";
    for (const more of [
      "Anna rides 12 miles.",
      "Bernard and Anna ride.",
      "Anna never rides home.",
      "Anna rides if it is dry.",
    ]) {
      expect(merged(first, `They say so. ${more}`).text).toContain(more);
    }
  });

  it("cuts no number in two", () => {
    expect(
      merged("The rate is 2.5 percent in the north and v1.2 in force there", "The rate is 3.5 percent.").text,
    ).toBe("The rate is 2.5 percent in the north and v1.2 in force there. The rate is 3.5 percent.");
  });

  it("holds every number and name of every source, and no word that is in none", () => {
    fc.assert(
      fc.property(fc.array(sentence, { minLength: 2, maxLength: 5 }), (sources) => {
        const { text } = merged(...sources);
        const { words, lost } = provenanceOf(text, sources);
        expect(words.filter((word) => word.from.length === 0)).toEqual([]);
        const missing = lost.map((word) => cut(sources[word.source] ?? "", word));
        expect(missing.filter((word) => /\d|not/u.test(word))).toEqual([]);
      }),
    );
  });
});

describe("provenance", () => {
  it("accounts for every word of the text and of the sources", () => {
    fc.assert(
      fc.property(sentence, fc.array(sentence, { maxLength: 4 }), (text, sources) => {
        const { words, lost } = provenanceOf(text, sources);
        expect(words.map((word) => cut(text, word))).toEqual([...wordsOf(text)]);
        const kept = new Set(wordsOf(text).map((word) => word.toLowerCase()));
        for (const [i, source] of sources.entries()) {
          const own = wordsOf(source);
          const gone = lost.filter((word) => word.source === i).map((word) => cut(source, word));
          expect(gone).toEqual(own.filter((word) => !kept.has(word.toLowerCase())));
          const shown = words
            .filter((word) => word.from.includes(i))
            .map((word) => cut(text, word).toLowerCase());
          expect(new Set(shown)).toEqual(
            new Set(own.map((word) => word.toLowerCase()).filter((word) => kept.has(word))),
          );
        }
      }),
    );
  });

  it("shows a rewording as one new word and one lost", () => {
    const { words, lost } = provenanceOf("Anna bakes bread", ["Anna baked bread", "Anna loves bread"]);
    expect(words.map((word) => word.from)).toEqual([[0, 1], [], [0, 1]]);
    expect(lost.map(({ source }) => source)).toEqual([0, 1]);
  });
});
