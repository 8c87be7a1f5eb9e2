/** From no key to a client that gets through, and to one that is shut out again. */
import { expect, test } from "@/tests/support/browser-test";

import { E2E_ADDRESS } from "../support/e2e-server";
import { openWorkspace, type E2eWorkspace } from "../support/e2e-workspace";

let workspace: E2eWorkspace;
test.beforeAll(async () => {
  workspace = await openWorkspace("Connect");
});

test("a key made here connects, its copied curl works, and once revoked the test says what to do", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: E2E_ADDRESS });
  await workspace.signIn(page);
  await page.goto("/connect?client=curl");
  await page.getByRole("textbox", { name: "Name" }).fill("Kitchen agent");
  await page.getByRole("button", { name: "Make a key" }).click();

  await page.getByRole("button", { name: "Test it" }).click();
  await expect(page.getByText(/^Connected in /u)).toBeVisible();
  const steps = page.getByRole("list", { name: "Steps of the test" });
  await expect(steps.getByRole("img", { name: "Passed" })).toHaveCount(2);
  await expect(steps).toContainText("Workspace Connect; may read, write, feedback");

  await page.getByRole("button", { name: "Copy Remember" }).click();
  const curl = await page.evaluate(() => navigator.clipboard.readText());
  const remember = () =>
    fetch(/https?:\S+/u.exec(curl)?.[0] ?? "", {
      method: "POST",
      headers: {
        authorization: /Authorization: (Bearer \S+)"/u.exec(curl)?.[1] ?? "",
        "content-type": "application/json",
      },
      body: /-d '(.+)'/u.exec(curl)?.[1] ?? "",
    });
  expect((await remember()).status).toBe(201);
  await expect(page.getByRole("link", { name: "On the timeline: 1" })).toBeVisible();

  await page.getByRole("button", { name: "Revoke…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("button", { name: "Test again" }).click();
  await expect(page.getByText("Not connected.")).toBeVisible();
  await expect(steps).toContainText("401");
  await expect(steps).toContainText("Make a new key here, put it into the client, and test again.");
  expect((await remember()).status).toBe(401);
});

test("an operation of the reference is found by its tool and kept in the address", async ({ page }) => {
  await workspace.signIn(page);
  await page.goto("/docs");
  await page.getByRole("searchbox", { name: "Find an operation" }).fill("search_memories");
  await expect(page.getByRole("status").filter({ hasText: "1 operation" })).toBeVisible();
  await page.getByRole("button", { name: /\/recall/u }).click();
  await expect(page).toHaveURL(/#recall$/u);
  await page.reload();
  await expect(page.getByText("palimpsest.recall()")).toBeVisible();
});

test("a tool is tried from the page with the client's key, and what changes something has to be asked for", async ({
  page,
}) => {
  await workspace.signIn(page);
  await page.goto("/connect?client=claude-code");
  await page.getByRole("textbox", { name: "Name" }).fill("Trial");
  await page.getByRole("button", { name: "Make a key" }).click();
  await page.getByRole("combobox", { name: "Tool" }).click();
  await expect(page.getByRole("option", { name: "add_memory" })).toHaveCount(0);
  await page.getByRole("option", { name: "search_memories" }).click();
  await page.getByLabel("Arguments").fill('{ "query": "anything at all" }');
  await page.getByRole("button", { name: "Call search_memories" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Answered after" })).toContainText("retrievalId");
  await page.getByRole("checkbox", { name: "Also tools that change something" }).click();
  await page.getByRole("combobox", { name: "Tool" }).click();
  await page.getByRole("option", { name: "revert_change" }).click();
  await page.getByLabel("Arguments").fill('{ "changeIds": ["01990000-0000-7000-8000-0000000000ff"] }');
  await page.getByRole("button", { name: "Call revert_change" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Refused after" })).toContainText("curate");
});
