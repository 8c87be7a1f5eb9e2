import { expect, test } from "@playwright/test";

import { pageWeights } from "@/scripts/page-weights";

/** If this broke, every page would open a little slower with every change, and nobody would notice which change it was. */
const MOST_BYTES = 250_000;

test("no page asks for more than 250 kB of JavaScript before it stands", () => {
  const weights = pageWeights();
  expect(weights.length).toBeGreaterThan(10);
  expect(weights.filter(({ bytes }) => bytes > MOST_BYTES)).toEqual([]);
});
