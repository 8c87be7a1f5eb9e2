import { expect, test } from "@/tests/support/browser-test";
import { openWorkspace, type E2eWorkspace } from "../support/e2e-workspace";

/**
 * If this broke, the graph would be a picture that only a mouse can read: whoever uses keys or a screen reader could neither
 * find an entity nor correct one, and nobody would notice who sees the picture.
 */
let workspace: E2eWorkspace;
test.beforeAll(async () => {
  workspace = await openWorkspace("graph by keyboard");
  for (const content of [
    "In 1944 Grace Hopper met Howard Aiken at Harvard University.",
    "Grace Hopper worked with Howard Aiken on a computer.",
    "In June Alan Turing visited Princeton.",
    "In May Howard Aiken wrote to Alan Turing.",
    "Later on Amazing Grace retired in Arlington.",
  ])
    await workspace.post("/memories", { content });
});

test("an entity is found, walked around, connected, corrected and taken back by keys alone", async ({
  page,
}) => {
  await workspace.signIn(page);
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();

  await test.step("g g opens the page, f finds an entity", async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("g");
    await expect(page.getByRole("heading", { level: 1, name: "Graph" })).toBeVisible();
    await expect(page.getByRole("img", { name: /^A graph of \d+ entities/ })).toBeVisible();
    await page.keyboard.press("f");
    await page.keyboard.type("hopp");
    await expect(page.getByRole("option", { name: /Grace Hopper/ })).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("status").filter({ hasText: "around Grace Hopper" })).toBeVisible();
    await expect(page.getByRole("img", { name: /around Grace Hopper/ })).toBeVisible();
    await page.locator("body").press("Escape");
  });

  const table = page.getByRole("grid", { name: "Entities" });
  const row = (name: string) =>
    table
      .getByRole("row")
      .filter({ has: page.getByRole("checkbox", { name: `Select ${name}`, exact: true }) });
  await test.step("t turns the picture into a table that holds the same", async () => {
    await page.getByRole("combobox", { name: "Find an entity" }).blur();
    await page.keyboard.press("t");
    await expect(table).toBeVisible();
    for (const name of ["Grace Hopper", "Howard Aiken", "Harvard University"])
      await expect(row(name)).toBeVisible();
    await expect(page).toHaveURL(/view=table/);
  });

  await test.step("n opens the neighbours of a row, and two rows are connected", async () => {
    // The first row is the one that most memories name.
    await page.keyboard.press("j");
    await expect(row("Howard Aiken")).toBeFocused();
    await page.keyboard.press("n");
    await expect(row("Alan Turing")).toBeVisible();
    await row("Grace Hopper").getByRole("checkbox").press("Space");
    await row("Alan Turing").getByRole("checkbox").press("Space");
    await page.getByRole("button", { name: "Show the way" }).press("Enter");
    await expect(
      page.getByRole("status").filter({ hasText: "The way: Grace Hopper – Howard Aiken – Alan Turing" }),
    ).toBeVisible();
  });

  const panel = page.getByRole("dialog");
  await test.step("the panel shows what says so; renaming is one change, and z takes it back", async () => {
    await page.goto("/graph?entity=alan+turing&view=table");
    await expect(row("Princeton")).toBeVisible();
    await page.keyboard.press("j");
    await expect(row("Howard Aiken")).toBeFocused();
    await page.keyboard.press("j");
    await expect(row("Alan Turing")).toBeFocused();
    await page.keyboard.press("Space");
    await expect(
      panel.getByRole("link", { name: "In June Alan Turing visited Princeton." }).first(),
    ).toBeVisible();
    await panel.getByRole("textbox", { name: "Name" }).fill("Alan M. Turing");
    await page.keyboard.press("Enter");
    await expect(row("Alan M. Turing")).toBeVisible();
    // The row may hear of it from the stream before its own request is answered, and only then is there something to undo.
    await expect(page.getByText("Renamed it to Alan M. Turing")).toBeVisible();
    await panel.getByRole("button", { name: "Close" }).press("Enter");
    await page.keyboard.press("z");
    await expect(row("Alan Turing")).toBeVisible();
  });

  await test.step("two names become one after a preview, and are split again", async () => {
    await page.goto("/graph?view=table");
    await row("Grace Hopper").getByRole("checkbox").press("Space");
    await row("Amazing Grace").getByRole("checkbox").press("Space");
    await page.getByRole("button", { name: "Same entity…" }).press("Enter");
    const dialog = page.getByRole("dialog", { name: "Same entity" });
    await expect(dialog.getByText("What changes")).toBeVisible();
    await dialog.getByRole("button", { name: "Join" }).press("Enter");
    await expect(dialog).toHaveCount(0);
    await panel.getByRole("button", { name: /^Split off/ }).press("Enter");
    await expect(panel.getByRole("button", { name: /^Split off/ })).toHaveCount(0);
  });

  await test.step("every edit stands on the timeline", async () => {
    const { items } = await workspace.get("/changes?op=rename,alias,revert");
    expect(items.map((change: { op: string }) => change.op)).toEqual(["revert", "alias", "revert", "rename"]);
  });
});

test("without WebGL the table stands in for the picture and says why", async ({ page }) => {
  await page.addInitScript(() => {
    const get = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (
      this: HTMLCanvasElement,
      kind: string,
      ...more: unknown[]
    ) {
      return kind.startsWith("webgl")
        ? null
        : (get as (...args: unknown[]) => unknown).call(this, kind, ...more);
    } as typeof get;
  });
  await workspace.signIn(page);
  await page.goto("/graph");
  await expect(page.getByText("This browser cannot draw the picture")).toBeVisible();
  await expect(page.getByRole("grid", { name: "Entities" })).toBeVisible();
});
