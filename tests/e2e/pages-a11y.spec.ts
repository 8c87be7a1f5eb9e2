import { readFile } from "node:fs/promises";

import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

import { ask, ownWorkspace, signIn, type OwnWorkspace } from "@/tests/support/signed-in";

/** Every page of the product; `{id}` is a memory of the sample data. */
const pages = {
  overview: "/",
  memories: "/memories",
  memory: "/memories/{id}",
  recall: "/recall?q=Where+are+the+servers",
  merges: "/merges",
  timeline: "/timeline",
  settings: "/settings",
  "settings-keys": "/settings?tab=keys",
  "settings-data": "/settings?tab=data",
} as const;
const themes = ["light", "dark"] as const;
/** Charts and lists of a page are there when nothing says it is loading; live streams never end, so silence is no sign. */
const BUSY = '[aria-busy="true"]';

let workspace: OwnWorkspace;
let memoryId = "";

test.describe.configure({ mode: "serial", timeout: 60_000 });

test.beforeAll(async ({ request }) => {
  workspace = await ownWorkspace(request, "Tidepool team");
  const data = await readFile("public/sample/notes.ndjson");
  await ask(request, workspace, { method: "POST", path: "/import?format=ndjson", data });
  memoryId = await useAndJudge(request);
});

for (const theme of themes) {
  for (const [name, path] of Object.entries(pages)) {
    test(`${name} has no accessibility violation in the ${theme} theme`, async ({ page, context }) => {
      await signIn(context, workspace);
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await page.goto(path.replace("{id}", memoryId));
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator(BUSY)).toHaveCount(0);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
      if (process.env["UPDATE_SCREENSHOTS"] === "1") {
        await page.screenshot({ path: `docs/screenshots/${name}-${theme}.png` });
      }
    });
  }
}

test("the sign-in page has no accessibility violation in either theme", async ({ page }) => {
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await page.goto("/login");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  }
});

/** Recalls some questions and judges the answers, so that charts have something to draw; gives a memory that moved. */
async function useAndJudge(request: Parameters<typeof ask>[0]): Promise<string> {
  let first = "";
  for (const query of [
    "How does Noor drink coffee?",
    "Where are the servers?",
    "When are releases allowed?",
  ]) {
    const recall = { method: "POST", path: "/recall", data: { query, limit: 5 } } as const;
    const { retrievalId, results } = await ask(request, workspace, recall);
    const used = [String(results[0]?.memory.id)];
    await ask(request, workspace, {
      method: "POST",
      path: "/signals",
      data: { retrievalId, outcome: 1, used },
    });
    first = used[0] ?? first;
  }
  return first;
}
