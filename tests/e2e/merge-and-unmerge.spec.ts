import { expect, test } from "@/tests/support/browser-test";
import { openWorkspace, type E2eWorkspace } from "../support/e2e-workspace";

/**
 * If this broke, a merge would be a way to lose memories: words could vanish without being named, a source could not leave
 * again, or an unmerge would bring back less than there was. All of that is silent until the lost fact is needed.
 */
const LONG = "The release is on Friday after lunch";
const SHORT = "Release happens Friday at noon";

let workspace: E2eWorkspace;
test.beforeAll(async () => {
  workspace = await openWorkspace("merge and unmerge");
  for (const content of [LONG, SHORT, "The printer is on the third floor"])
    await workspace.post("/memories", { content });
});

test("two memories become one, one of them leaves, and all of it comes back", async ({ page }) => {
  const standing = async () =>
    (await workspace.get("/memories?sort=oldest")).items
      .filter((memory: { mergedInto: string | null }) => memory.mergedInto === null)
      .map((memory: { content: string }) => memory.content);
  const before = await standing();
  await workspace.signIn(page);
  await page.goto("/merges");

  await test.step("preview and merge", async () => {
    await page.getByRole("button", { name: "Merge memories" }).first().click();
    const dialog = page.getByRole("dialog", { name: "Merge memories" });
    await dialog.getByRole("searchbox").fill("release");
    await dialog.getByRole("button", { name: `Add: ${LONG}` }).click();
    await dialog.getByRole("button", { name: `Add: ${SHORT}` }).click();
    await expect(dialog.getByText("No word of the sources is lost.")).toBeVisible();
    await dialog.getByLabel("Edit the text").fill("The release is on Friday in Lisbon");
    await expect(dialog.getByRole("region", { name: "Proposed text" }).getByText("Lisbonnew")).toBeVisible();
    await expect(dialog.getByText("Lost words:")).toBeVisible();
    await dialog.getByRole("button", { name: "Merge 2 memories" }).click();
    await expect(dialog).toHaveCount(0);
  });

  const merge = page.getByRole("listitem", { name: /^Merge: The release is on Friday in Lisbon/ });
  await test.step("one source leaves", async () => {
    await merge.getByRole("button", { name: `Let this one leave: ${SHORT}` }).click();
    const dialog = page.getByRole("dialog", { name: "Take this back?" });
    await dialog.getByRole("button", { name: "Revert 1 change" }).click();
    await expect(merge.getByText("stands alone")).toBeVisible();
    expect(await standing()).toContain(SHORT);
    expect(await standing()).not.toContain(LONG);
  });

  await test.step("the whole merge is taken back", async () => {
    await merge.getByRole("button", { name: "Unmerge" }).click();
    const dialog = page.getByRole("dialog", { name: "Take this back?" });
    await dialog.getByLabel("Reason").fill("different times");
    await dialog.getByRole("button", { name: /^Revert \d changes?$/ }).click();
    await expect(merge.getByText("Reverted", { exact: true })).toBeVisible();
    expect(await standing()).toEqual(before);
  });

  await test.step("redo merges again", async () => {
    await merge.getByRole("button", { name: "Redo" }).click();
    const dialog = page.getByRole("dialog", { name: "Redo this?" });
    await dialog.getByRole("button", { name: /^Redo \d changes?$/ }).click();
    await expect(merge.getByText("In force")).toBeVisible();
    expect(await standing()).not.toContain(LONG);
    expect(await standing()).not.toContain(SHORT);
  });
});
