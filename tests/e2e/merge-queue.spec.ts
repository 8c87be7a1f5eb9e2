import { expect, test } from "@/tests/support/browser-test";
import { openWorkspace, type E2eWorkspace } from "../support/e2e-workspace";
import { seedNearDuplicates, standingTexts } from "../support/near-duplicates";

/**
 * If this broke, a queue worked through by key would merge what was meant to stay apart, or hide words that a merge loses; and a
 * merge from the queue could not be taken apart like one made by hand.
 */
const NOBODY = 1.01;
let workspace: E2eWorkspace;
test.beforeAll(async () => {
  workspace = await openWorkspace("merge queue");
  await seedNearDuplicates(workspace, NOBODY);
  await workspace.post("/cycles", {});
});

test("a proposed merge is accepted, another kept apart, and the accepted one taken apart again", async ({
  page,
}) => {
  const queued = async () => (await workspace.get("/proposals?kind=merge")).items.length;
  const before = await standingTexts(workspace);
  const waiting = await queued();
  await workspace.signIn(page);
  await page.goto("/merges");
  const current = page.getByRole("group", { name: "Proposed merge" });

  await test.step("every word shows its source, an invented one is marked, lost ones are named", async () => {
    await expect(current.getByText(`1 of ${waiting}`)).toBeVisible();
    await expect(current.getByText("Lost words:")).toBeVisible();
    await page.keyboard.press("e");
    const text = current.getByLabel("Edit the text");
    await text.fill(`${await text.inputValue()} in Lisbon`);
    await expect(current.getByText("Lisbonnew")).toBeVisible();
    await text.fill((await text.inputValue()).replace(" in Lisbon", ""));
    await text.press("Escape");
  });

  await test.step("m merges", async () => {
    await page.keyboard.press("m");
    await expect(page.getByText("Merged 2 memories")).toBeVisible();
    await expect(current.getByText(`1 of ${waiting - 1}`)).toBeVisible();
    expect((await standingTexts(workspace)).length).toBe(before.length - 1);
  });

  await test.step("k keeps both", async () => {
    await page.keyboard.press("k");
    await expect(page.getByText("Kept apart.", { exact: false })).toBeVisible();
    await expect.poll(queued).toBe(waiting - 2);
    expect((await standingTexts(workspace)).length).toBe(before.length - 1);
  });

  await test.step("the threshold answers with these decisions, and is saved", async () => {
    await page.getByLabel("Threshold").fill("0.5");
    await expect(page.getByText(/^Would merge \d+ more by itself, of which you declined 1\.$/)).toBeVisible();
    await page.getByLabel("Threshold").fill("0.99");
    await page.getByRole("button", { name: "Save the threshold" }).click();
    await expect(page.getByText("Set cycle.auto.merge to 0.99")).toBeVisible();
  });

  await test.step("the merge is taken apart again", async () => {
    await page.getByRole("tab", { name: "Made" }).click();
    const merge = page.getByRole("listitem", { name: /^Merge: / });
    await merge.getByRole("button", { name: "Unmerge" }).click();
    await page
      .getByRole("dialog", { name: "Take this back?" })
      .getByRole("button", { name: /^Revert \d+ changes?$/ })
      .click();
    await expect(merge.getByText("Reverted", { exact: true })).toBeVisible();
    expect(await standingTexts(workspace)).toEqual(before);
  });
});
