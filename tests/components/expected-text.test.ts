import { describe, expect, it } from "vitest";

import { expectedText } from "@/components/recall/expected-text";

describe("what a confidence has turned out to be worth", () => {
  it("is told where it is something else than the confidence says", () => {
    expect(expectedText({ confidence: 0.8, expected: 0.62 })).toBe(
      "Of memories with this confidence, 62% helped",
    );
  });
  it("is not repeated where confidence keeps its word, to the percent that is shown", () => {
    expect(expectedText({ confidence: 0.8, expected: 0.8 })).toBeNull();
    expect(expectedText({ confidence: 0.8, expected: 0.801 })).toBeNull();
  });
});
