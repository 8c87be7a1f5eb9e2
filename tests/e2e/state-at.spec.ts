import { expect, test } from "@/tests/support/browser-test";
import { openWorkspace, type E2eWorkspace } from "../support/e2e-workspace";

/**
 * If this broke, the dashboard would mix the past with the present: a page that forgot the state would show today's memories
 * under yesterday's date, or something could be changed from where nobody sees what it does.
 */
let workspace: E2eWorkspace;
test.beforeAll(async () => {
  workspace = await openWorkspace("state at");
  const ulm = await workspace.post("/memories", { content: "Ann lives in Ulm" });
  await workspace.post("/memories", { content: "Bo plays the piano" });
  await workspace.patch(`/memories/${ulm.memory.id}`, { content: "Ann lives in Bonn", reason: "she moved" });
  await workspace.post("/memories", { content: "Cleo lives in Rome" });
});

test("the whole dashboard is shown as of a change, read only, until one goes back to now", async ({
  page,
}) => {
  await workspace.signIn(page);
  const frame = page.getByRole("region", { name: "Earlier state" });

  await test.step("a row of the timeline leads there", async () => {
    await page.goto("/timeline");
    const row = page.getByRole("article").filter({ hasText: "Bo plays the piano" });
    await row.getByRole("button", { name: /^More for/ }).click();
    await page.getByRole("menuitem", { name: "See the store as of here" }).click();
    await expect(frame).toContainText("The store as of");
    await expect(frame).toContainText("change 2");
    await expect(page).toHaveURL(/asOf=2/);
    await expect(page.getByRole("article")).toHaveCount(2);
    await expect(page.getByRole("button", { name: /^Revert/ })).toHaveCount(0);
  });

  await test.step("the memories are those of then, with what they said, and nothing can be added", async () => {
    await page.getByRole("link", { name: "Memories", exact: true }).click();
    await expect(page.getByText("Ann lives in Ulm").first()).toBeVisible();
    await expect(page).toHaveURL(/\/memories\?.*asOf=2/);
    await expect(frame).toContainText("Read only");
    await expect(page.getByText("Ann lives in Bonn")).toHaveCount(0);
    await expect(page.getByText("Cleo lives in Rome")).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Add memory" })).toBeDisabled();
  });

  await test.step("so are the overview and a recall, which is not logged", async () => {
    await page.getByRole("link", { name: "Overview", exact: true }).click();
    await expect(frame).toBeVisible();
    await expect(page).toHaveURL(/\/\?asOf=2/);
    await page.getByRole("link", { name: "Recall", exact: true }).click();
    await page.getByRole("searchbox").or(page.getByRole("textbox")).first().fill("Where does Ann live?");
    await page.keyboard.press("Enter");
    await expect(page.getByText("Ann lives in Ulm").first()).toBeVisible();
    expect((await workspace.get("/retrievals")).items).toEqual([]);
  });

  await test.step("a reload stays there, and Back to now shows today again", async () => {
    await page.goto("/memories?asOf=2");
    await page.reload();
    await expect(page.getByText("Ann lives in Ulm").first()).toBeVisible();
    await frame.getByRole("button", { name: "Back to now" }).click();
    await expect(frame).toHaveCount(0);
    await expect(page).not.toHaveURL(/asOf/);
    await expect(page.getByText("Cleo lives in Rome").first()).toBeVisible();
    await expect(page.getByText("Ann lives in Bonn").first()).toBeVisible();
  });

  await test.step("nothing of it was written", async () => {
    const verified = await workspace.get("/verify");
    expect(verified).toMatchObject({ ok: true, head: { seq: 4 } });
  });
});
