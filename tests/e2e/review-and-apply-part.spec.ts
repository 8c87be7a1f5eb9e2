import { expect, test } from "@/tests/support/browser-test";
import { openWorkspace, type E2eWorkspace } from "../support/e2e-workspace";
import { seedNearDuplicates, standingTexts } from "../support/near-duplicates";

/**
 * If this broke, a review would be a rubber stamp: what nobody approved would be applied, what was declined would come back, or
 * the preview would differ from the act. None of it shows on the page that claims to have done as told.
 */
const NOBODY = 1.01;
let workspace: E2eWorkspace;
let cycleId = "";
test.beforeAll(async () => {
  workspace = await openWorkspace("review and apply part");
  await seedNearDuplicates(workspace, NOBODY);
  const { cycle } = await workspace.post("/cycles", {});
  cycleId = cycle.id;
});

test("a part of a cycle is approved with the keyboard, looked at, applied and taken back", async ({
  page,
}) => {
  const states = async (): Promise<Record<string, number>> => {
    const { cycle } = await workspace.get(`/cycles/${cycleId}`);
    const sums: Record<string, number> = {};
    for (const { state, count } of cycle.counts) sums[state] = (sums[state] ?? 0) + Number(count);
    return sums;
  };
  const before = await standingTexts(workspace);
  const offered = (await states())["waiting"] ?? 0;
  expect(offered).toBeGreaterThanOrEqual(3);
  await workspace.signIn(page);

  await test.step("the overview leads to the review", async () => {
    await page.goto("/");
    await page.getByRole("link", { name: /wait for your review/ }).click();
    await page.getByRole("link", { name: "Cycle 1" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Cycle 1" })).toBeVisible();
    await expect(page.getByText(`${offered} proposals wait for you`)).toBeVisible();
    await expect(page.getByText("they give other numbers")).toBeAttached();
  });

  await test.step("one is approved, one declined, and nothing is final", async () => {
    await expect(page.getByRole("button", { name: `Apply 0 of ${offered}` })).toBeDisabled();
    for (const key of ["j", "a", "r"]) await page.keyboard.press(key);
    await expect(page.getByText("1 to approve, 1 to decline")).toBeVisible();
    expect((await states())["waiting"]).toBe(offered);
    await page.reload();
    await expect(page.getByText("1 to approve, 1 to decline")).toBeVisible();
  });

  await test.step("the effect is shown before it is applied", async () => {
    await page.getByRole("button", { name: `Apply 2 of ${offered}` }).click();
    const dialog = page.getByRole("dialog", { name: "Apply 1 proposal?" });
    await expect(dialog.getByText("What changes")).toBeVisible();
    expect((await states())["waiting"]).toBe(offered);
    await dialog.getByRole("button", { name: "Apply 1, decline 1" }).click();
    await expect(dialog).toHaveCount(0);
    await expect(page.getByText("Applied 1 proposal, declined 1")).toBeVisible();
  });

  await test.step("exactly that is in force", async () => {
    expect(await states()).toMatchObject({ applied: 1, declined: 1, waiting: offered - 2 });
    expect((await workspace.get("/merges?status=inForce")).total).toBe(1);
    expect((await standingTexts(workspace)).length).toBe(before.length - 1);
  });

  await test.step("undo takes back what was decided, the no as well as the yes, and nothing else", async () => {
    await page.keyboard.press("z");
    await expect(page.getByText("Undone")).toBeVisible();
    expect(await standingTexts(workspace)).toEqual(before);
    expect(await states()).toMatchObject({ reverted: 1, waiting: offered - 1 });
    expect((await workspace.get("/verify")).ok).toBe(true);
  });
});
