/**
 * If this broke, taking back thousands of changes would hold a person in front of a dialog and end without a word on whether it
 * came out right; and a long timeline would slow down with every window, or lose the focus of whoever walks it by keyboard.
 */
import { expect, test } from "@/tests/support/browser-test";
import { openWorkspace, type Answer, type E2eWorkspace } from "../support/e2e-workspace";

const MEMORIES = 450;

test.setTimeout(90_000);

let workspace: E2eWorkspace;
let made: Answer;
test.beforeAll(async () => {
  workspace = await openWorkspace("a long timeline");
  const items = Array.from({ length: MEMORIES }, (_, n) => ({ content: `Entry ${n} of the wrong logbook` }));
  made = await workspace.post("/memories/batch", { items });
});

test.beforeEach(async ({ page }) => workspace.signIn(page));

test("a long list holds what is in view, walks by keyboard into older windows, and keeps the focus while it scrolls", async ({
  page,
}) => {
  await page.goto(`/timeline?group=${made.groupId}`);
  const rows = page.getByRole("article", { name: /Remembered/ });
  await expect(rows.first()).toBeVisible();
  expect(await rows.count()).toBeLessThan(60);
  await page.keyboard.press("j");
  await expect(page.locator('[data-list-row="0"]')).toBeFocused();
  for (let row = 1; row <= 15; row += 1) {
    await page.keyboard.press("j");
    await expect(page.locator(`[data-list-row="${row}"]`)).toBeFocused();
  }
  await page.mouse.move(600, 500);
  const last = page.locator(`[aria-posinset="${MEMORIES}"]`);
  await expect(async () => {
    await page.mouse.wheel(0, 20_000);
    await expect(last).toBeAttached({ timeout: 300 });
  }).toPass({ timeout: 20_000 });
  expect(await rows.count()).toBeLessThan(60);
  // Far out of sight, it is still where the keys go on.
  await expect(page.locator('[data-list-row="15"]')).toBeFocused();
});

test("much is taken back beside the page: it can be left, comes back verified, and can be undone", async ({
  page,
}) => {
  await page.goto("/timeline");
  const row = page.getByRole("article", { name: `Remembered ${MEMORIES} memories` });
  await row.getByRole("button", { name: /^Revert/ }).click();
  const dialog = page.getByRole("dialog", { name: "Take this back?" });
  await dialog.getByLabel("Reason").fill("the wrong logbook");
  await dialog.getByRole("button", { name: `Revert ${MEMORIES} changes` }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("link", { name: "Memories", exact: true }).click();
  // Wherever the person is by then, it is said.
  await expect(page.getByText(`Reverted ${MEMORIES} changes. Verified.`)).toBeVisible({ timeout: 20_000 });
  await page.goto("/timeline");
  const job = page.getByRole("region", { name: "Reverts beside this page" });
  await expect(job.getByRole("article", { name: `Reverted ${MEMORIES} changes` })).toBeVisible();
  await expect(job).toContainText("the wrong logbook");
  await expect(job).toContainText(`Verified: the digests of ${MEMORIES} new changes`);
  await job.getByRole("button", { name: "Undo" }).click();
  await expect(job).toBeHidden();
  expect((await workspace.get("/memories")).total).toBe(MEMORIES);
});
