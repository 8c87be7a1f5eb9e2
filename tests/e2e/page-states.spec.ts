import { pagesOf, type PageName } from "@/scripts/page-list";
import { expect, test, type Page } from "@/tests/support/browser-test";
import { violationsOf } from "../support/accessibility";
import { openWorkspace, type E2eWorkspace } from "../support/e2e-workspace";
import { refusedAnswer } from "../support/refused-answer";

/**
 * If this broke, a page that has nothing yet, waits or was refused would throw, be empty without a word, or tell only those who
 * can see it. `states.spec.ts` follows one list through its states; this holds all pages to the rules in each of them.
 */
const looked: readonly PageName[] = [
  "overview",
  "memories",
  "recall",
  "learning",
  "learning-diagnosis",
  "graph-map",
  "graph-table",
  "merges",
  "merge-queue",
  "cycles",
  "timeline",
  "settings-keys",
  "settings-people",
];
/** Who one is stays known, and the stream stays open: what fails or waits is what the page asks for. */
const ASKED = /\/api\/v1\/(?!session|events)/u;

let workspace: E2eWorkspace;
const pages = pagesOf({
  memory: "",
  cycle: "",
  entity: "",
  entityName: "noor",
  question: "Who has the keys?",
});

test.setTimeout(120_000);

test.beforeAll(async () => {
  workspace = await openWorkspace("Nothing yet");
});

test.beforeEach(async ({ page }) => {
  await workspace.signIn(page);
});

async function holdsToTheRules(page: Page, name: PageName): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect.soft(await violationsOf(page), name).toEqual([]);
}

/** Of every page in turn; what a page throws is its failure. */
async function eachPage(page: Page, then: (name: PageName) => Promise<void>): Promise<void> {
  const thrown: string[] = [];
  page.on("pageerror", (error) => thrown.push(error.message));
  for (const name of looked)
    await test.step(name, async () => {
      await page.goto(pages[name]);
      await then(name);
      expect.soft(thrown, name).toEqual([]);
    });
}

test("a page that has nothing yet holds to the rules", async ({ page }) => {
  await eachPage(page, async (name) => {
    await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
    await holdsToTheRules(page, name);
  });
});

test("a page that waits says so, and holds to the rules", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await page.route(ASKED, () => new Promise(() => undefined));
  await eachPage(page, async (name) => {
    await expect(page.locator('main [aria-busy="true"]').first()).toBeAttached();
    await holdsToTheRules(page, name);
  });
});

test("a page that was refused says so and offers to try again, and holds to the rules", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await page.route(ASKED, (route) => route.fulfill(refusedAnswer));
  await eachPage(page, async (name) => {
    await expect(page.getByText("request-of-the-test").first()).toBeVisible();
    await expect(page.getByRole("button", { name: /Retry|Try again/u }).first()).toBeVisible();
    await holdsToTheRules(page, name);
  });
});
