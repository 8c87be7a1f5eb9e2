import { describe, expect, it } from "vitest";

import { CONSTANTS } from "@/lib/domain/parameters";
import { passagesOf } from "@/lib/domain/recall/passages";

const sentence = (words: number, end = "."): string =>
  `${Array.from({ length: words }, (_, i) => `w${i}`).join(" ")}${end}`;

describe("passages of a text", () => {
  it("are none of a short text, nor of one long sentence", () => {
    expect(passagesOf(`${sentence(12)} ${sentence(13)}`)).toEqual([]);
    expect(passagesOf(sentence(60))).toEqual([]);
  });

  it("keep neighbouring sentences together up to their length, and never part one", () => {
    const texts = [sentence(9), sentence(11), sentence(30, "!"), sentence(4, "?")];
    expect(passagesOf(texts.join(" "))).toEqual([`${texts[0]} ${texts[1]}`, texts[2], texts[3]]);
  });

  it("lose no word and add none", () => {
    const text = `${sentence(14)}\n${sentence(3)} ${sentence(18, "?!")}\n\n${sentence(7, "")}`;
    expect(passagesOf(text).join(" ").split(" ")).toEqual(text.split(/\s+/u));
  });

  it("are no more than a memory may have", () => {
    expect(passagesOf(Array.from({ length: 300 }, () => sentence(15)).join(" "))).toHaveLength(
      CONSTANTS.mostPassages,
    );
  });
});
