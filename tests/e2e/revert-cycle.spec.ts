import { expect, test } from "@/tests/support/browser-test";
import { openWorkspace, type E2eWorkspace } from "../support/e2e-workspace";
import { seedNearDuplicates, standingTexts } from "../support/near-duplicates";

/**
 * If this broke, an improvement that went wrong could not be taken back as the one thing it was: part of it would stay, or what
 * people wrote since would go with it. The page would still say "Reverted".
 */
const MOST_OF_THEM = 0.85;
let workspace: E2eWorkspace;
test.beforeAll(async () => {
  workspace = await openWorkspace("revert a cycle");
  await seedNearDuplicates(workspace, MOST_OF_THEM);
});

test("a cycle is run, written after, and taken back as one", async ({ page }) => {
  const cycleNow = async () => (await workspace.get("/cycles")).items[0];
  const before = await standingTexts(workspace);
  await workspace.signIn(page);

  await test.step("a dry run changes nothing", async () => {
    await page.goto("/cycles");
    await page.getByRole("button", { name: "Dry run" }).first().click();
    await expect(page.getByText("This was a dry run")).toBeVisible();
    expect(await standingTexts(workspace)).toEqual(before);
  });

  await test.step("a run applies what is safe", async () => {
    await page.goto("/cycles");
    await page.getByRole("button", { name: "Run now" }).click();
    await expect.poll(async () => (await cycleNow()).number).toBe(2);
    await expect.poll(async () => (await cycleNow()).state).not.toBe("running");
    expect((await standingTexts(workspace)).length).toBeLessThan(before.length);
    await workspace.post("/memories", { content: "Written after the cycle" });
  });

  await test.step("on the timeline it is one row", async () => {
    await page.goto("/timeline");
    const row = page.getByRole("article", { name: /^Improvement cycle: \d+ merges?/ });
    await expect(row).toHaveCount(1);
    await expect(row.getByRole("button", { name: /^Revert: Improvement cycle/ })).toHaveText("Revert cycle");
    await row.getByRole("link", { name: "Review of the cycle" }).click();
  });

  await test.step("all of it is taken back, after a look at what that does", async () => {
    await page.getByRole("button", { name: "Revert cycle" }).click();
    const dialog = page.getByRole("dialog", { name: "Take this back?" });
    await dialog.getByRole("button", { name: /^Revert \d+ changes$/ }).click();
    await expect(dialog).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Revert cycle" })).toHaveCount(0);
  });

  await test.step("nothing else went with it", async () => {
    expect(await standingTexts(workspace)).toEqual([...before, "Written after the cycle"]);
    expect((await workspace.get("/merges?status=inForce")).total).toBe(0);
    expect((await workspace.get("/verify")).ok).toBe(true);
  });
});
