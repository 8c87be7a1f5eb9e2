import { expect, test } from "@/tests/support/browser-test";
import { openWorkspace, type E2eWorkspace } from "../support/e2e-workspace";

/**
 * If this broke, a change of a token or a shared part would bend pages that nobody opened. Only what never moves is compared:
 * pages without times, ids or addresses, in a workspace of their own, without animation. `npx playwright test pictures
 * --update-snapshots` draws them anew; look at them before they are kept.
 */
const pages = {
  "no-memories": "/memories",
  guide: "/guide",
} as const;
/** Fonts are drawn a little differently by each version of the browser. */
const MOST_DIFFERENT = 0.02;

let workspace: E2eWorkspace;
test.beforeAll(async () => {
  workspace = await openWorkspace("Pictures");
});

for (const theme of ["light", "dark"] as const) {
  for (const [name, path] of Object.entries(pages)) {
    test(`${name} looks as it was reviewed, in the ${theme} theme`, async ({ page }) => {
      await workspace.signIn(page);
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      await page.evaluate(() => document.fonts.ready);
      await expect(page.locator("main")).toHaveScreenshot(`${name}-${theme}.png`, {
        animations: "disabled",
        caret: "hide",
        maxDiffPixelRatio: MOST_DIFFERENT,
        mask: [page.locator("time")],
      });
    });
  }
}
