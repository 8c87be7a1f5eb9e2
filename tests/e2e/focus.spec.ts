import { expect, test, type Page } from "@/tests/support/browser-test";
import { openWorkspace, type E2eWorkspace } from "../support/e2e-workspace";

/** If this broke, who works by keys would be thrown to the top of the page each time a dialog closes or a row goes. */
const OPENERS = [
  { path: "/memories", opener: "Add memory" },
  { path: "/graph", opener: "Add an entity" },
  { path: "/merges?view=made", opener: "Merge memories" },
  { path: "/timeline", opener: "State at…" },
  { path: "/settings?tab=keys", opener: "New key" },
  { path: "/settings?tab=workspaces", opener: "Rename…" },
  { path: "/settings?tab=people", opener: "Invite" },
  { path: "/settings?tab=webhooks", opener: "New webhook" },
] as const;

let workspace: E2eWorkspace;

test.setTimeout(90_000);

test.beforeAll(async () => {
  workspace = await openWorkspace("Focus");
  for (const content of ["The ferry leaves at nine", "The tide turns at noon", "The kiosk sells tickets"])
    await workspace.post("/memories", { content });
});

test.beforeEach(async ({ page }) => {
  await workspace.signIn(page);
});

/** What has the focus, in words. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement: element } = document;
    return element === null ? "" : (element.getAttribute("aria-label") ?? element.textContent ?? "").trim();
  });

test("goes back to what opened a dialog, a panel or a menu", async ({ page }) => {
  for (const { path, opener } of OPENERS) {
    await test.step(`${opener} on ${path}`, async () => {
      await page.goto(path);
      const button = page.getByRole("main").getByRole("button", { name: opener }).first();
      await button.focus();
      await page.keyboard.press("Enter");
      const opened = page.getByRole("dialog");
      await expect(opened).toBeVisible();
      await expect.poll(() => opened.evaluate((panel) => panel.contains(document.activeElement))).toBe(true);
      await page.keyboard.press("Escape");
      await expect(opened).toHaveCount(0);
      await expect.soft(button, `after ${opener}`).toBeFocused();
    });
  }
});

test("goes back from the list of keys and the command menu", async ({ page }) => {
  await page.goto("/memories");
  const row = page.getByRole("row", { name: /The tide turns/u });
  await row.focus();
  for (const key of ["?", "Control+k"]) {
    await page.keyboard.press(key);
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(row).toBeFocused();
  }
});

test("goes on in the row that took the place of one that is gone", async ({ page }) => {
  for (const name of ["First key", "Second key"])
    await workspace.post("/keys", { name, scopes: ["read"], trust: "ordinary" });
  await page.goto("/settings?tab=keys");
  const row = page.getByRole("listitem").filter({ hasText: "First key" });
  await row.getByRole("button", { name: /Revoke/u }).focus();
  await page.keyboard.press("Enter");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /Revoke/u })
    .click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(async () => {
    const within = await page.evaluate(
      () => document.activeElement?.closest("li")?.textContent ?? document.activeElement?.tagName,
    );
    expect(within, `focused: ${await focused(page)}`).toMatch(/key/u);
  }).toPass();
});
