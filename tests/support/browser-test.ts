/**
 * The test of the browser's files: a page that was gone to is alive before anything is pressed. Between the first paint and
 * the moment React has taken the page over, a press is lost; a person presses again, a test would wait in vain.
 */
import { test as base, type Page } from "@playwright/test";

export {
  expect,
  type APIRequestContext,
  type BrowserContext,
  type Locator,
  type Page,
} from "@playwright/test";

export const test = base.extend({
  page: async ({ page }, use) => use(comingAlive(page)),
});

/** Also for pages of a context that a test opens itself. */
export function comingAlive(page: Page): Page {
  const goto = page.goto.bind(page);
  const reload = page.reload.bind(page);
  page.goto = async (...address) => {
    const answer = await goto(...address);
    await alive(page);
    return answer;
  };
  page.reload = async (...options) => {
    const answer = await reload(...options);
    await alive(page);
    return answer;
  };
  return page;
}

/** For a document that the page itself went to, as after signing out: nobody called `goto` for it. */
export async function arrived(page: Page): Promise<void> {
  await page.waitForLoadState("load");
  await alive(page);
}

/** React marks each element that it has taken over. Documents without a control, such as a download, are alive at once. */
async function alive(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll("body :is(a, button, input, select, textarea)")].every((control) =>
      Object.keys(control).some((key) => key.startsWith("__reactProps$")),
    ),
  );
}
