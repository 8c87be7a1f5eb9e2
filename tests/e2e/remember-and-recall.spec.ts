import { expect, test } from "@/tests/support/browser-test";
import { openWorkspace, type E2eWorkspace } from "../support/e2e-workspace";

/**
 * If this broke, memories could be written and never found, or the numbers a person judges a ranking by would not be those
 * it was ranked by: a score whose parts do not add up explains nothing, and nobody would notice.
 */
let workspace: E2eWorkspace;
test.beforeAll(async () => {
  workspace = await openWorkspace("remember and recall");
  for (const content of [
    "Production deploys run on Tuesdays after the review",
    "The cat of the office is called Mila",
    "Rollbacks of a deploy are done with the deploy tool",
  ])
    await workspace.post("/memories", { content });
});

test("a memory is found by its question, with a score that is the sum of its parts", async ({ page }) => {
  await test.step("sign in with the key of the workspace", async () => {
    await page.goto("/login?next=/recall");
    await page.getByLabel("With an API key").fill(workspace.secret);
    await page.getByRole("button", { name: "Sign in with the key" }).click();
    await expect(page.getByRole("heading", { name: "Recall", level: 1 })).toBeVisible();
  });

  const results = page.getByRole("list", { name: "Results", exact: true }).getByRole("group");
  await test.step("ask", async () => {
    await page.getByRole("searchbox", { name: "Question" }).fill("What is the cat called?");
    await page.getByRole("button", { name: "Recall", exact: true }).click();
    await expect(page.getByRole("listitem", { name: /^Result 1: The cat of the office/ })).toBeVisible();
    await expect(results).not.toHaveCount(0);
  });

  await test.step("open the parts of the first score", async () => {
    await page
      .getByRole("button", { name: /^Score / })
      .first()
      .click();
    const rows = page.getByRole("table", { name: "Parts of the score" }).getByRole("row");
    const amounts = (await rows.getByRole("cell").allTextContents()).filter((_, index) => index % 3 === 1);
    const figures = amounts.map((text) => Number(text.replace("−", "-").replace("+", "")));
    const total = figures.pop() ?? Number.NaN;
    const sum = figures.reduce((all, part) => all + part, 0);
    expect(Math.abs(sum - total)).toBeLessThan(0.005);
    await page.keyboard.press("Escape");
  });

  await test.step("the recall was logged, and its page names what fell out", async () => {
    await expect(
      page.getByRole("list", { name: "Recent questions" }).getByText("What is the cat called?"),
    ).toBeVisible();
    const logged = await workspace.get("/retrievals");
    expect(logged.items).toHaveLength(1);
    await expect(page.getByRole("region", { name: "Stages of the recall" })).toBeVisible();
  });
});
