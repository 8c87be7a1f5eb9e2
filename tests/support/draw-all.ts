import type { Page } from "@playwright/test";

/**
 * Draws also what is drawn only near the screen. Until then such a part keeps a guessed height, over which its own parts would
 * seem to lie on others, and the colours of the theme that it was last drawn in.
 */
export function drawAll(page: Page): Promise<void> {
  return page.evaluate(() => {
    for (const part of document.querySelectorAll<HTMLElement>("main *"))
      if (getComputedStyle(part).contentVisibility === "auto") part.style.contentVisibility = "visible";
  });
}
