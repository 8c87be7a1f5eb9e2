import { pagesOf, type PageName } from "@/scripts/page-list";
import { expect, test, type Page } from "@/tests/support/browser-test";
import { openWorkspace } from "@/tests/support/e2e-workspace";
import { sampleInUse } from "@/tests/support/sample-in-use";
import { ownWorkspace, signIn, type OwnWorkspace } from "@/tests/support/signed-in";

/**
 * If this broke, a change of a token or a shared part would bend pages that nobody opened. The sample data is used in the same
 * way each time; what moves with the clock is covered. `npx playwright test pictures --update-snapshots` draws them anew; look
 * at them before they are kept.
 */
const pictured = [
  "overview",
  "memories",
  "memory",
  "recall",
  "timeline",
  "cycle",
  "graph-table",
  "merges",
  "settings",
  "guide",
] as const satisfies readonly PageName[];
/** Fonts are drawn a little differently by each version of the browser. */
const MOST_DIFFERENT = 0.02;

test.describe.configure({ mode: "serial" });

let used: OwnWorkspace;
let pages: Readonly<Record<PageName, string>>;
test.beforeAll(async ({ request }) => {
  used = await ownWorkspace(request, "Pictures");
  pages = pagesOf(await sampleInUse(request, used));
});

for (const name of pictured) {
  test(`${name} looks as it was reviewed, in both themes`, async ({ page, context }) => {
    await signIn(context, used);
    await looksAsReviewed(page, pages[name], name);
  });
}

test("a list without a memory looks as it was reviewed, in both themes", async ({ page }) => {
  await (await openWorkspace("Empty")).signIn(page);
  await looksAsReviewed(page, "/memories", "no-memories");
});

async function looksAsReviewed(page: Page, address: string, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
    await expect(page).toHaveScreenshot(`${name}-${theme}.png`, {
      animations: "disabled",
      caret: "hide",
      maxDiffPixelRatio: MOST_DIFFERENT,
      mask: whatMoves(page),
    });
  }
}

/** Times, durations, ids, and charts whose days move on. */
const whatMoves = (page: Page) => [
  page.locator("time"),
  page.locator(".recharts-wrapper"),
  page.locator("code"),
  page.getByText(/\d (?:ms|s|seconds?|minutes?)\b/u),
];
