import { expect, test } from "@/tests/support/browser-test";
import { openWorkspace, type E2eWorkspace } from "../support/e2e-workspace";
import { refusedAnswer } from "../support/refused-answer";

/**
 * If this broke, a person would take a server that is down for an empty memory, or lose what they were reading the moment it
 * could not be refreshed.
 */
const LIST = /\/api\/v1\/memories\?/u;

let workspace: E2eWorkspace;
test.beforeAll(async () => {
  workspace = await openWorkspace("states of a page");
});

test.beforeEach(async ({ page }) => {
  await workspace.signIn(page);
});

test.describe.configure({ mode: "serial" });

test("an empty list says how it is filled, and the overview offers the sample and a command that works", async ({
  page,
}) => {
  await page.goto("/memories");
  await expect(page.getByText("No memories yet")).toBeVisible();
  await expect(page.getByRole("button", { name: "Write the first memory" })).toBeVisible();
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Load it and take the tour" })).toBeVisible();
  await expect(page.getByText(`${new URL(page.url()).origin}/api/v1/memories`)).toBeVisible();
});

test("what is loading keeps its place, and is announced", async ({ page }) => {
  let answer: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route(LIST, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/memories");
  await expect(page.locator('main [aria-busy="true"]')).toBeVisible();
  await expect(page.locator("main").getByRole("status").getByText("Loading")).toBeAttached();
  answer();
  await expect(page.getByText("No memories yet")).toBeVisible();
});

test("a filter that nothing passes is named, and can be taken off", async ({ page }) => {
  await workspace.post("/memories", { content: "The boathouse opens at seven" });
  await page.goto("/memories?q=kind%3Ainsight");
  await expect(page.getByText("Nothing matches")).toBeVisible();
  await expect(page.getByText("Filtered by kind:insight.")).toBeVisible();
  await page.getByRole("button", { name: "Clear the filter" }).click();
  await expect(page.getByRole("row", { name: /The boathouse opens at seven/ })).toBeVisible();
});

test("a refused refresh keeps what was there, says so with the request, and a retry mends it", async ({
  page,
}) => {
  await page.goto("/memories");
  const row = page.getByRole("row", { name: /The boathouse opens at seven/ });
  await expect(row).toBeVisible();
  await page.route(LIST, (route) => route.fulfill(refusedAnswer));
  // A change elsewhere makes the list look again.
  await workspace.post("/memories", { content: "The oars are locked away at dusk" });
  const notice = page.getByRole("alert").filter({ hasText: "Could not refresh" });
  await expect(notice).toBeVisible();
  await expect(notice).toContainText("request-of-the-test");
  await expect(row).toBeVisible();
  await page.unroute(LIST);
  await notice.getByRole("button", { name: "Retry" }).click();
  await expect(page.getByRole("row", { name: /The oars are locked away/ })).toBeVisible();
  await expect(notice).toHaveCount(0);
});

test("a list that never came names the failure and the request, and a retry loads it", async ({ page }) => {
  await page.route(LIST, (route) => route.fulfill(refusedAnswer));
  await page.goto("/memories");
  await expect(page.getByText("The memories could not be loaded")).toBeVisible();
  await expect(page.getByText("request-of-the-test")).toBeVisible();
  await page.unroute(LIST);
  await page.getByRole("button", { name: "Retry" }).click();
  await expect(page.getByRole("row", { name: /The boathouse opens at seven/ })).toBeVisible();
});

test("a view is saved under a name, found by its address, and gone when it is deleted", async ({ page }) => {
  await page.goto("/memories?q=boathouse");
  await page.getByRole("button", { name: "Save this view" }).click();
  await page.getByLabel("Name").fill("Around the boathouse");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const view = page.getByRole("link", { name: "Around the boathouse" });
  await expect(view).toHaveAttribute("aria-current", "page");
  await page.goto("/memories");
  await view.click();
  await expect(page).toHaveURL(/q=boathouse/u);
  await expect(page.getByRole("combobox", { name: "Search memories" })).toHaveValue("boathouse");
  await page.getByRole("button", { name: "Delete “Around the boathouse”" }).click();
  await expect(view).toHaveCount(0);
});

test("a draft of a setting is tried out, set for a reason, and undone", async ({ page }) => {
  await page.goto("/settings?tab=parameters&group=time");
  await page.getByRole("spinbutton", { name: "time.halfLife.fact", exact: true }).fill("90");
  await expect(page.getByRole("img", { name: /How evidence on a fact fades/ })).toBeVisible();
  await page.getByLabel("Why?").fill("Facts of ours change by season");
  await page.getByRole("button", { name: "Set it" }).click();
  await expect(page.getByText("Set time.halfLife.fact to 90")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Draft" })).toHaveCount(0);
  const { items } = await workspace.get("/changes?op=tune");
  expect(JSON.stringify(items[0])).toContain("Facts of ours change by season");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("spinbutton", { name: "time.halfLife.fact", exact: true })).toHaveValue("180");
});
