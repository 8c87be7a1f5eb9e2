/**
 * A file comes in: looked at, written, taken back. Without this, a preview that writes, or an undo that leaves something
 * behind, would not be noticed.
 */
import { expect, test, type Locator, type Page } from "@/tests/support/browser-test";
import path from "node:path";

import { E2E_ADMIN_KEY } from "@/tests/support/e2e-server";
import { ask, ownWorkspace, signIn, type OwnWorkspace } from "@/tests/support/signed-in";

const FIXTURES = path.join(import.meta.dirname, "../fixtures/import");
let workspace: OwnWorkspace;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ request }) => {
  workspace = await ownWorkspace(request, "Import and undo");
});

test.beforeEach(async ({ context }) => signIn(context, workspace));

async function choose(page: Page, file: string): Promise<void> {
  await page.goto("/settings?tab=data");
  await give(page, path.join(FIXTURES, file));
}

/** A file that is given before the page has come alive is not seen by it, so it is given until it is. */
async function give(page: Page, file: Parameters<Locator["setInputFiles"]>[0]): Promise<void> {
  await expect(async () => {
    await page.getByLabel("File").setInputFiles(file);
    await expect(page.getByRole("button", { name: "Dry run" })).toBeEnabled({ timeout: 1000 });
  }).toPass();
}

test("a file of another program is previewed, imported, and taken back as one", async ({ page, request }) => {
  await test.step("the dry run says what it would bring and writes nothing", async () => {
    await choose(page, "mem0.json");
    await page.getByRole("button", { name: "Dry run" }).click();
    await expect(page.getByText("Read as mem0")).toContainText("2 new, 0 known already");
    await expect(page.getByText("Kept in the metadata: structured_attributes.")).toBeVisible();
    await expect(page.getByRole("region", { name: "The first memories of the file" })).toContainText(
      "allergic to peanuts",
    );
    expect(await texts(request)).toEqual([]);
  });
  await test.step("the import writes it", async () => {
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await expect(page.getByText("Imported 2 memories.")).toBeVisible();
    expect(await texts(request)).toHaveLength(2);
  });
  await test.step("undo takes all of it back", async () => {
    await page.getByRole("button", { name: "Undo import" }).click();
    await expect(page.getByText("Taken back: the memory is as it was")).toBeVisible();
    expect(await texts(request)).toEqual([]);
  });
});

test("a file that nobody knows is refused in words, and the button to import it stays off", async ({
  page,
}) => {
  await page.goto("/settings?tab=data");
  await give(page, { name: "odd.json", mimeType: "application/json", buffer: Buffer.from('{"a":1}') });
  await page.getByRole("button", { name: "Dry run" }).click();
  await expect(
    page.getByText("could not be recognised").or(page.getByText("an object with the fields")).first(),
  ).toBeVisible();
  await expect(page.getByRole("button", { name: "Import", exact: true })).toBeDisabled();
});

test("every export downloads, and backups are left to who looks after the server", async ({ page }) => {
  await page.goto("/settings?tab=data");
  for (const [title, ending] of [
    ["Whole ledger", ".ndjson"],
    ["Obsidian vault", ".zip"],
    ["Table", ".csv"],
    ["COGX archive", ".cogx.tar.gz"],
    ["Judged pairs", ".pairs.jsonl"],
  ]) {
    const started = page.waitForEvent("download");
    await page.getByRole("link", { name: `Download: ${title}` }).click();
    expect((await started).suggestedFilename().endsWith(ending ?? "")).toBe(true);
  }
  await expect(page.getByText("A backup holds every workspace of this server")).toBeVisible();
  await expect(page.getByRole("button", { name: "Back up now" })).toHaveCount(0);
});

test("a backup made by hand is listed", async ({ page, context }) => {
  await signIn(context, { key: E2E_ADMIN_KEY });
  await page.goto("/settings?tab=data");
  await page.getByRole("button", { name: "Back up now" }).click();
  await expect(page.getByRole("list", { name: "Backups" }).getByRole("listitem").first()).toContainText(
    ".ndjson.gz",
  );
});

async function texts(request: Parameters<typeof ask>[0]): Promise<string[]> {
  const listed = await ask(request, workspace, { method: "GET", path: "/memories?lifecycle=all" });
  return listed.items.map(({ content }: { content: string }) => content);
}
