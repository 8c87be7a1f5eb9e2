import { expect, test, type Page } from "@/tests/support/browser-test";

import { ask, ownWorkspace, signIn, type OwnWorkspace } from "@/tests/support/signed-in";

const kept = "The blue ladder belongs to the third floor.";
const doomed = "The spare key hangs behind the calendar.";
let workspace: OwnWorkspace;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ request }) => {
  workspace = await ownWorkspace(request, "Delete and restore");
});

test.beforeEach(async ({ context }) => signIn(context, workspace));

const row = (page: Page, text: string) => page.getByRole("row").filter({ hasText: text });
const toast = (page: Page, text: string | RegExp) => page.getByText(text).first();

test("a memory written with the key c is in the list", async ({ page }) => {
  await page.goto("/memories");
  // Keys work once the page runs; the button is there before.
  await expect(page.getByText("No memories yet")).toBeVisible();
  for (const text of [kept, doomed]) {
    await page.keyboard.press("c");
    await page.getByLabel("What should be remembered?").fill(text);
    await page.getByRole("button", { name: "Remember" }).click();
    await expect(row(page, text)).toBeVisible();
  }
});

test("a deleted memory leaves the list and the recall, and undo brings it back into both", async ({
  page,
  request,
}) => {
  await page.goto("/memories");
  await row(page, doomed).getByRole("checkbox").click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(toast(page, "Deleted 1 memory")).toBeVisible();
  await expect(row(page, doomed)).toHaveCount(0);
  await expect(row(page, kept)).toBeVisible();
  expect(await recalled(request)).not.toContain(doomed);

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row(page, doomed)).toBeVisible();
  expect(await recalled(request)).toContain(doomed);
});

test("the page of a deleted memory says so and restores it", async ({ page, request }) => {
  const id = await idOf(request, doomed);
  await page.goto(`/memories/${id}`);
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("This memory was deleted.")).toBeVisible();
  await page.reload();
  await page.getByRole("button", { name: "Restore the memory" }).click();
  await expect(page.getByText("This memory was deleted.")).toHaveCount(0);
  expect(await recalled(request)).toContain(doomed);
});

test("a memory whose creation is taken back keeps its page, which offers to redo it", async ({
  page,
  request,
}) => {
  const id = await idOf(request, doomed);
  const { items } = await ask(request, workspace, { method: "GET", path: `/memories/${id}/history` });
  const created = items.find((change: { op: string }) => change.op === "create");
  await ask(request, workspace, { method: "POST", path: "/reverts", data: { changeIds: [created.id] } });
  await page.goto(`/memories/${id}`);
  await page.getByRole("button", { name: "Redo its creation" }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Redo \d/ })
    .click();
  // The preview shows the text, too: only once it is closed has the redo been written.
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByText(doomed).first()).toBeVisible();
  expect(await recalled(request)).toContain(doomed);
});

test("an erased memory cannot be restored, and only its typed id erases it", async ({ page, request }) => {
  const id = await idOf(request, doomed);
  await page.goto(`/memories/${id}`);
  await page.getByRole("button", { name: "Erase for good…" }).click();
  const erase = page.getByRole("dialog").getByRole("button", { name: "Erase for good" });
  await expect(erase).toBeDisabled();
  await page.getByLabel("Type the memory's id to confirm").fill(id);
  await erase.click();
  await expect(page.getByText("This memory was erased")).toBeVisible();
  expect(await recalled(request)).not.toContain(doomed);
});

type Request = Parameters<typeof ask>[0];

async function recalled(request: Request): Promise<string[]> {
  const data = { query: "Where is the spare key?", dryRun: true };
  const { results } = await ask(request, workspace, { method: "POST", path: "/recall", data });
  return results.map((result: { memory: { content: string } }) => result.memory.content);
}

async function idOf(request: Request, content: string): Promise<string> {
  const { items } = await ask(request, workspace, { method: "GET", path: "/memories?lifecycle=all" });
  const found = items.find((memory: { content: string }) => memory.content === content);
  return String(found?.id);
}
