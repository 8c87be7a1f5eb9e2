import { expect, test } from "@/tests/support/browser-test";
import { openWorkspace, type E2eWorkspace } from "../support/e2e-workspace";

/**
 * If this broke, a wrongly reported failure would go on counting against memories while the page that shows it looks well:
 * nobody could go from an outcome to what it moved, or taking it back would leave a trace of it.
 */
const QUESTION = "Where does the boat lie?";

let workspace: E2eWorkspace;
let memoryId: string;
test.beforeAll(async () => {
  workspace = await openWorkspace("learning page");
  const written = await workspace.post("/memories", { content: "The boat lies at the northern jetty" });
  memoryId = written.memory.id;
});

test("a failed outcome is found on the Learning page, taken back there, and leaves no trace", async ({
  page,
}) => {
  const memory = async () => (await workspace.get(`/memories/${memoryId}`)).memory;
  const untouched = await memory();
  const { retrievalId } = await workspace.post("/recall", { query: QUESTION });
  await workspace.post("/signals", { retrievalId, outcome: -1, used: [memoryId], source: "night tests" });
  expect((await memory()).confidence).toBeLessThan(untouched.confidence);

  await test.step("it is sorted by what the signals show", async () => {
    await workspace.signIn(page);
    await page.goto("/learning?tab=diagnosis");
    await expect(page.getByRole("button", { name: /^Recalled, still failed.*1 of 1/ })).toBeVisible();
    await expect(page.getByRole("list", { name: "Failed questions" })).toContainText(QUESTION);
  });

  await test.step("from the memory's confidence a link leads to the outcome and all that it moved", async () => {
    await page.goto(`/memories/${memoryId}`);
    await page.getByRole("link", { name: "The outcomes behind it" }).click();
    await expect(page.getByRole("tab", { name: "Outcomes" })).toHaveAttribute("aria-selected", "true");
    const outcome = page.getByRole("listitem", { name: QUESTION });
    await expect(outcome).toContainText("worse than expected");
    await expect(outcome).toContainText("night tests, by an API client");
    await expect(outcome.getByRole("list", { name: "Memories it moved" })).toContainText("against");
  });

  await test.step("it is taken back after a look at what that does", async () => {
    const outcome = page.getByRole("listitem", { name: QUESTION });
    await outcome.getByRole("button", { name: "Take this outcome back" }).click();
    const dialog = page.getByRole("dialog", { name: "Take this back?" });
    await expect(dialog.getByText("The boat lies at the northern jetty").first()).toBeVisible();
    await dialog.getByRole("button", { name: /^Revert \d+ change/ }).click();
    await expect(dialog).toHaveCount(0);
    await expect(outcome.getByText("Taken back", { exact: true })).toBeVisible();
    await expect(outcome.getByRole("button", { name: "Take this outcome back" })).toHaveCount(0);
  });

  await test.step("the memory is as before, and nothing failed any more", async () => {
    const now = await memory();
    expect(now.evidence).toEqual(untouched.evidence);
    expect(now.confidence).toBeCloseTo(untouched.confidence, 6);
    await page.getByRole("tab", { name: "Memory or model?" }).click();
    await expect(page.getByText("No answer was judged in this time")).toBeVisible();
  });
});
