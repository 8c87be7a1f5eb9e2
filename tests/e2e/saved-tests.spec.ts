import { expect, test, type Page } from "@/tests/support/browser-test";
import { openWorkspace, type E2eWorkspace } from "../support/e2e-workspace";
import { violationsOf } from "../support/accessibility";

/**
 * If this broke, nobody could say what a right answer is and have every setting measured by it: grades would be lost between
 * the page they are given on and the page they are used on, or a slip of the finger would cost a test for good.
 */
const QUESTION = "What is the cat of the office called?";
const SECOND = "When do deploys run?";

let workspace: E2eWorkspace;
test.beforeAll(async () => {
  workspace = await openWorkspace("saved tests");
  for (const content of [
    "The cat of the office is called Mila",
    "The office has a garden",
    "Production deploys run on Tuesdays",
  ])
    await workspace.post("/memories", { content });
});

test("a question is graded by keys, kept, compared by, deleted and brought back", async ({ page }) => {
  await workspace.signIn(page);

  await test.step("grade the results with the keyboard alone and save them", async () => {
    await page.goto(`/recall?q=${encodeURIComponent(QUESTION)}`);
    await expect(page.getByRole("listitem", { name: /^Result 1: The cat/ })).toBeVisible();
    await page.keyboard.press("t");
    await expect(page.getByRole("listitem", { name: /^Result 1:/ })).toBeFocused();
    for (const key of ["3", "j", "0"]) await page.keyboard.press(key);
    await expect(page.getByText("2 results graded")).toBeVisible();
    await expectNoViolation(page, "dark");
    await page.keyboard.press("s");
    await expect(page.getByRole("button", { name: "Edit grades" })).toBeFocused();
    expect(await grades()).toEqual([3, 0]);
  });

  await test.step("the question is a test on later visits, and undo after an edit is the grade before", async () => {
    await page.goto(`/recall?q=${encodeURIComponent(QUESTION)}`);
    await expect(page.getByText("Saved as test")).toBeVisible();
    await page.getByRole("button", { name: "Edit grades" }).click();
    const first = page.getByRole("group", { name: "Grade result 1" });
    await expect(first.getByRole("button", { name: "The answer" })).toHaveAttribute("aria-pressed", "true");
    await first.getByRole("button", { name: "Related" }).click();
    await page.getByRole("button", { name: "Save the test" }).click();
    await expect.poll(grades).toEqual([0, 1]);
    await expect(page.getByText("The test has these grades now")).toBeVisible();
    await page.keyboard.press("z");
    await expect.poll(grades).toEqual([3, 0]);
  });

  await test.step("both sides are measured by it, and by one that another tab saves meanwhile", async () => {
    await page.goto("/recall/compare?b=mode%3Dkeyword");
    await expect(page.getByRole("button", { name: "Ask 1 question on both sides" })).toBeVisible();
    await workspace.post("/test-questions", { query: SECOND, grades: [] });
    await page.getByRole("button", { name: "Ask 2 questions on both sides" }).click();
    const measured = page.getByRole("table", { name: "Measures of the set" });
    await expect(measured.getByRole("row", { name: /^nDCG@10 1\.000/ })).toBeVisible();
    await expect(page.getByText("Of 1 question without an answer")).toBeVisible();
    await expectNoViolation(page, "light");
  });

  await test.step("a test that was deleted is back with its grades after undo", async () => {
    const rows = page.getByRole("list", { name: "Questions, the largest loss first" }).getByRole("listitem");
    await expect(rows).toHaveCount(2);
    await page.getByRole("button", { name: `Delete the test “${QUESTION}”` }).press("Enter");
    await expect(rows).toHaveCount(1);
    await expect(rows.locator(":focus")).toHaveCount(1);
    await page.keyboard.press("z");
    await expect(rows).toHaveCount(2);
    expect(await grades()).toEqual([3, 0]);
  });
});

async function grades(): Promise<number[]> {
  const { items } = await workspace.get(`/test-questions?query=${encodeURIComponent(QUESTION)}`);
  return items[0].grades.map((one: { grade: number }) => one.grade);
}

async function expectNoViolation(page: Page, theme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
  expect(await violationsOf(page)).toEqual([]);
}
