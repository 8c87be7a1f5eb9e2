import { expect, test, type Page } from "@/tests/support/browser-test";

import { ownWorkspace, signIn } from "@/tests/support/signed-in";

/**
 * The first two minutes of a newcomer, by keyboard alone: an empty store offers sample data and the tour, the tour follows what
 * is done, and it ends when it is told to. If this broke, nobody who knows the product would notice.
 */
test.beforeEach(async ({ context, request, page }) => {
  await signIn(context, await ownWorkspace(request, "tour"));
  await page.goto("/");
});

test("an empty store offers the tour, which walks the loop once by keyboard", async ({ page }) => {
  const tour = page.getByRole("region", { name: "Tour" });

  await test.step("it begins with the sample data, and the focus follows", async () => {
    await pressFocused(page, "Load it and take the tour");
    await expect(tour).toContainText("1 of 4");
    await expect(tour).toBeFocused();
  });

  await test.step("asking moves it on", async () => {
    await pressFocused(page, "Ask about Noor's food");
    await expect(page.getByRole("list", { name: "Results" })).toContainText("hazelnuts");
    await expect(tour).toContainText("2 of 4");
  });

  await test.step("a judgement moves the memory, and the tour", async () => {
    const hazelnuts = page.getByRole("listitem", { name: /Result \d+: Noor is allergic to hazelnuts/ });
    await hazelnuts.focus();
    await page.keyboard.press("h");
    await expect(tour).toContainText("3 of 4");
    await expect(page.getByRole("listitem", { name: /Result 1: Noor is allergic/ })).toBeVisible();
    await pressFocused(page, "Next");
  });

  await test.step("taking it back is the last step", async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("t");
    await page.getByRole("article", { name: /Reinforced “Noor is allergic/ }).focus();
    await page.keyboard.press("u");
    await expect(tour).toContainText("That is the loop");
    await pressFocused(page, "End the tour");
    await expect(tour).toHaveCount(0);
  });
});

test("nobody has to take it: the sample data alone starts none, and the offer can be put away", async ({
  page,
}) => {
  await pressFocused(page, "Load the sample data");
  await expect(page.getByText("Loaded 61 memories")).toBeVisible();
  const offer = page.getByRole("region", { name: "Tour" });
  await expect(offer).toContainText("Try the loop once");
  await pressFocused(page, "Put the tour away");
  await expect(offer).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  await expect(page.getByText("Active memories")).toBeVisible();
  await expect(offer).toHaveCount(0);
});

async function pressFocused(page: Page, name: string): Promise<void> {
  const button = page.getByRole("button", { name, exact: true });
  await button.focus();
  await page.keyboard.press("Enter");
}
