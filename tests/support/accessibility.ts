import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

export type Violation = readonly [rule: string, places: readonly string[]];

interface Looked {
  /** Only these rules; all of axe's default ones without it. */
  readonly rules?: readonly string[];
  /** A selector of the part to look at. */
  readonly within?: string;
}

/**
 * What axe finds wrong with a page as it stands, with the elements that are at fault. Our pages have no frames of other origins,
 * for which axe would open a second page each time, and nobody reads the details of what passes: without both it takes less than half.
 */
export async function violationsOf(
  page: Page,
  { rules, within = "html" }: Looked = {},
): Promise<Violation[]> {
  const axe = new AxeBuilder({ page })
    .setLegacyMode(true)
    .include(within)
    .options({
      resultTypes: ["violations"],
      ...(rules && { runOnly: { type: "rule", values: [...rules] } }),
    });
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}
