import { expect, test, type Page } from "@/tests/support/browser-test";
import { openWorkspace, type E2eWorkspace } from "../support/e2e-workspace";

/**
 * If this broke, the product would take judgements politely and learn nothing from them: every page would look well while
 * no rank ever moved. Undo has to put the rank back as it was, or a slip of the finger would be learned for good.
 */
const QUESTION = "How do we deploy?";
const JUDGED = "We deploy with the tool called Heron";

let workspace: E2eWorkspace;
test.beforeAll(async () => {
  workspace = await openWorkspace("outcome moves rank");
  for (const content of [
    JUDGED,
    "We deploy with the tool called Stork",
    "We deploy with the tool called Crane",
  ])
    await workspace.post("/memories", { content });
});

test("a judgement moves a rank on the page at once, and undo moves it back", async ({ page }) => {
  await workspace.signIn(page);
  await page.goto(`/recall?q=${encodeURIComponent(QUESTION)}`);
  await expect(page.getByRole("listitem", { name: /^Result 3:/ })).toBeVisible();
  const before = await order(page);
  const last = before.at(-1) ?? "";

  await test.step("the lowest result helped", async () => {
    await page.getByRole("listitem", { name: last }).focus();
    await page.keyboard.press("h");
    const judgements = page.getByRole("list", { name: "Judgements" });
    await expect(judgements.getByText("Noted: helpful")).toBeVisible();
    await expect(judgements.getByRole("meter", { name: "Confidence" })).toHaveAttribute(
      "aria-valuetext",
      /rising/,
    );
  });

  await test.step("it rises above the others on the same page", async () => {
    await expect.poll(() => order(page)).not.toEqual(before);
    const after = await order(page);
    expect(after.findIndex((name) => textOf(name) === textOf(last))).toBeLessThan(before.length - 1);
  });

  await test.step("undo puts every rank back", async () => {
    await page.getByRole("list", { name: "Judgements" }).getByRole("button", { name: "Undo" }).click();
    await expect(page.getByRole("list", { name: "Judgements" }).getByText("Taken back")).toBeVisible();
    await expect.poll(() => order(page)).toEqual(before);
  });
});

async function order(page: Page): Promise<string[]> {
  const items = await page.getByRole("listitem", { name: /^Result \d+:/ }).all();
  return Promise.all(items.map(async (item) => (await item.getAttribute("aria-label")) ?? ""));
}

function textOf(name: string): string {
  return name.replace(/^Result \d+: /, "");
}
