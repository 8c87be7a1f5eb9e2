import { readFile } from "node:fs/promises";

import { pagesOf } from "@/scripts/page-list";
import { expect, test } from "@/tests/support/browser-test";
import { openWorkspace, type Answer, type E2eWorkspace } from "../support/e2e-workspace";

/** If this broke, a page would have to be pushed to and fro on a telephone to be read. */
const WIDTH = 390;

let workspace: E2eWorkspace;
let pages: Readonly<Record<string, string>>;

test.use({ viewport: { width: WIDTH, height: 844 } });
test.setTimeout(150_000);

test.beforeAll(async () => {
  workspace = await openWorkspace("Narrow");
  const lines = (await readFile("public/sample/notes.ndjson", "utf8"))
    .split("\n")
    .filter((line) => line !== "");
  const items = lines.map((line) => ({ content: (JSON.parse(line) as Answer).content }));
  await workspace.post("/memories/batch", { items });
  const memories = await workspace.get("/memories?limit=1");
  const cycle = await workspace.post("/cycles", { dryRun: true });
  const question = "What should I know before I bake a cake for Noor?";
  const { retrievalId } = await workspace.post("/recall", { query: question });
  await workspace.post("/signals", { retrievalId, outcome: -1 });
  const found = await workspace.get("/entities?q=noor&limit=1");
  pages = pagesOf({
    memory: memories.items[0].id,
    cycle: cycle.cycle.id,
    entity: found.items[0].id,
    entityName: "noor",
    question,
  });
});

test("no page scrolls sideways on a narrow screen", async ({ page }) => {
  await workspace.signIn(page);
  for (const [name, path] of Object.entries(pages)) {
    await test.step(name, async () => {
      await page.goto(path);
      await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect.soft(width, `${name} is wider than its screen`).toBeLessThanOrEqual(WIDTH);
    });
  }
});
