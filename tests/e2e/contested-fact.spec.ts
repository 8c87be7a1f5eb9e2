import { expect, test } from "@/tests/support/browser-test";
import { openWorkspace, type E2eWorkspace } from "../support/e2e-workspace";

/**
 * If this broke, one of two contradicting facts would win without anybody having been asked, or the contradiction would be
 * shown where nobody looks. Recalls would go on answering as if there were none.
 */
const SAID = "2026-03-05";
const BLUE = "Ann's favourite colour is blue";
const GREEN = "Ann's favourite colour is green";
let workspace: E2eWorkspace;
let cycleId = "";
test.beforeAll(async () => {
  workspace = await openWorkspace("contested fact");
  for (const content of [BLUE, GREEN, "The mascot of the team is an octopus"])
    await workspace.post("/memories", { content, validAt: `${SAID}T09:00:00.000Z` });
  const { cycle } = await workspace.post("/cycles", {});
  cycleId = cycle.id;
});

test("a contradiction is found, shown with both dates, and settled by a person", async ({ page }) => {
  const contested = async (): Promise<number> =>
    (await workspace.get("/memories")).items.filter(
      (memory: { contestedWith: string[] }) => memory.contestedWith.length > 0,
    ).length;
  await workspace.signIn(page);

  await test.step("the review says what contradicts what, and since when each is held", async () => {
    await page.goto(`/cycles/${cycleId}`);
    await expect(page.getByText(`«${BLUE}» and «${GREEN}» contradict each other`)).toBeVisible();
    await expect(page.getByText(`valid since ${SAID} and ${SAID}`)).toBeVisible();
    expect(await contested()).toBe(0);
  });

  await test.step("approved, both stay and are marked", async () => {
    for (const key of ["j", "a"]) await page.keyboard.press(key);
    await page.getByRole("button", { name: "Apply 1 of 1" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Apply 1" }).click();
    await expect(page.getByText("Applied 1 proposal")).toBeVisible();
    expect(await contested()).toBeGreaterThan(0);
    await page.goto("/memories?q=is%3Acontested");
    await expect(page.getByText(BLUE)).toBeVisible();
    await page.goto(`/recall?q=${encodeURIComponent("What is Ann's favourite colour?")}`);
    await expect(page.getByText("contested").first()).toBeVisible();
  });

  await test.step("taken back on the timeline, nothing is contested and both are as they were", async () => {
    await page.goto("/timeline");
    await page
      .getByRole("article", { name: /contradict|contested/i })
      .getByRole("button", { name: /^Revert/ })
      .first()
      .click();
    await expect.poll(contested).toBe(0);
    const texts = (await workspace.get("/memories")).items.map(
      (memory: { content: string }) => memory.content,
    );
    expect(texts).toEqual(expect.arrayContaining([BLUE, GREEN]));
    expect((await workspace.get("/verify")).ok).toBe(true);
  });
});
