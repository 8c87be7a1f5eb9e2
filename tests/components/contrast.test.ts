import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { contrastRatio, readTokens, type Tokens } from "../support/contrast";

const css = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");
const themes: readonly (readonly [string, Tokens])[] = [
  ["light", readTokens(css, ":root")],
  ["dark", readTokens(css, '[data-theme="dark"]')],
];

const TEXT_RATIO = 4.5;
const GRAPHIC_RATIO = 3;
const grounds = ["canvas", "sidebar", "surface", "sunken", "overlay", "hover"];
const meanings = ["accent", "gain", "loss", "reverted", "suspended", "contested", "unsupported"];
const learnedParts = ["part-utility", "part-cue"];

function ratio(tokens: Tokens, one: string, other: string): number {
  const [first, second] = [tokens.get(one), tokens.get(other)];
  if (first === undefined || second === undefined) throw new Error(`no token ${one} or ${other}`);
  return contrastRatio(first, second);
}

describe("the contrast formula", () => {
  it("gives 21 for black on white and 1 for a colour on itself", () => {
    expect(contrastRatio("oklch(0 0 0)", "oklch(1 0 0)")).toBeCloseTo(21, 1);
    expect(contrastRatio("oklch(0.5 0.1 20)", "oklch(0.5 0.1 20)")).toBe(1);
  });
});

describe.each(themes)("the %s theme", (_theme, tokens) => {
  it.each(["ink", "muted", ...meanings])("keeps %s readable on every ground", (name) => {
    for (const ground of grounds) {
      expect(ratio(tokens, name, ground), `${name} on ${ground}`).toBeGreaterThanOrEqual(TEXT_RATIO);
    }
  });

  it.each(meanings)("keeps the text of %s readable on its own wash", (name) => {
    expect(ratio(tokens, name, `${name}-soft`)).toBeGreaterThanOrEqual(TEXT_RATIO);
    expect(ratio(tokens, "ink", `${name}-soft`)).toBeGreaterThanOrEqual(TEXT_RATIO);
  });

  it.each([...meanings.map((name) => `${name}-mark`), "line-control", "focus", ...learnedParts])(
    "keeps the graphic %s visible where it is drawn",
    (name) => {
      for (const ground of ["canvas", "surface", "overlay"]) {
        expect(ratio(tokens, name, ground), `${name} on ${ground}`).toBeGreaterThanOrEqual(GRAPHIC_RATIO);
      }
    },
  );

  it("keeps the label of a solid button readable, also while hovered", () => {
    for (const solid of ["accent-solid", "danger-solid"].flatMap((name) => [name, `${name}-hover`])) {
      expect(ratio(tokens, "on-accent", solid), solid).toBeGreaterThanOrEqual(TEXT_RATIO);
    }
  });
});
