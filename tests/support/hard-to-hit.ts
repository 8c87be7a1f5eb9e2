import type { Page } from "@playwright/test";

import { violationsOf } from "./accessibility";
import { drawAll } from "./draw-all";

/** A control that is drawn as one is at least this high for a finger; the standard asks for 24 px, or room around it. */
const LOWEST_PX = 32;

/** What a finger would miss: targets that are small and crowded (WCAG 2.2, SC 2.5.8), and controls lower than ours are to be. */
export async function hardToHit(page: Page): Promise<string[]> {
  await drawAll(page);
  const violations = await violationsOf(page, { rules: ["target-size"] });
  const crowded = violations.flatMap(([, places]) => places.map((html) => `crowded: ${html}`));
  return [...crowded, ...(await lowControls(page))];
}

/** Words of a text that can be pressed have no room of their own and are as high as their line; all else is a control. */
function lowControls(page: Page): Promise<string[]> {
  return page.evaluate((lowest) => {
    const controls = document.querySelectorAll<HTMLElement>(
      "button:enabled, input:enabled:not([type=radio]), textarea, a[href]",
    );
    const isDrawn = (control: HTMLElement) =>
      control.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      control.closest("[inert], [aria-hidden=true]") === null &&
      control.offsetWidth > 1;
    const isControl = (control: HTMLElement) =>
      control instanceof HTMLInputElement || parseFloat(getComputedStyle(control).paddingLeft) > 0;
    // A target may reach beyond what is drawn of it: the box is 16 px wide, and what is pressed is larger.
    const heightOf = (control: HTMLElement) =>
      Math.max(control.offsetHeight, parseFloat(getComputedStyle(control, "::before").height) || 0);
    return [...controls]
      .filter((control) => isDrawn(control) && isControl(control) && heightOf(control) < lowest)
      .map((control) => `${heightOf(control)} px high: ${control.outerHTML.slice(0, 200)}`);
  }, LOWEST_PX);
}
