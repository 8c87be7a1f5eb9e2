import { readFile, writeFile } from "node:fs/promises";

import AxeBuilder from "@axe-core/playwright";
import { expect, test, type APIRequestContext, type Page } from "@/tests/support/browser-test";

import { LOOKALIKES, PAIRS } from "@/tests/support/near-duplicates";
import { ask, ownWorkspace, signIn, type OwnWorkspace } from "@/tests/support/signed-in";

/** Every page of the product; `{id}` is a memory of the sample data, `{entity}` an entity. */
const pages = {
  overview: "/",
  memories: "/memories",
  memory: "/memories/{id}",
  recall: "/recall?q=What+should+I+know+before+I+bake+a+cake+for+Noor",
  compare: "/recall/compare?q=Where+are+the+servers&b=mode%3Dkeyword",
  learning: "/learning",
  "learning-outcomes": "/learning?tab=outcomes",
  "learning-diagnosis": "/learning?tab=diagnosis",
  "learning-safety": "/learning?tab=safety",
  "learning-costs": "/learning?tab=costs",
  graph: "/graph?entity=noor",
  "graph-table": "/graph?view=table",
  "graph-panel": "/graph?entity=noor&about={entity}",
  merges: "/merges?view=made",
  "merge-queue": "/merges",
  cycles: "/cycles",
  cycle: "/cycles/{cycle}",
  timeline: "/timeline",
  connect: "/connect",
  reference: "/docs#recall",
  settings: "/settings",
  "settings-keys": "/settings?tab=keys",
  tuning: "/settings?group=time&draft=recall.weight.utility%3D1.5%3Btime.halfLife.preference%3D30",
  "settings-data": "/settings?tab=data",
  "settings-workspaces": "/settings?tab=workspaces",
  "settings-people": "/settings?tab=people",
  "settings-webhooks": "/settings?tab=webhooks",
  "settings-models": "/settings?tab=models",
  "settings-audit": "/settings?tab=audit",
  "settings-account": "/settings?tab=account",
  guide: "/guide",
  "guide-task": "/guide/find-out-why",
} as const;
/** What the guide shows of a page, under the guide's own name for it. */
const guidePictures: Readonly<Record<string, string>> = {
  memories: "memories",
  memory: "memory",
  recall: "recall",
  cycle: "cycle",
  timeline: "timeline",
  connect: "connect",
  tuning: "tune",
};
const themes = ["light", "dark"] as const;
/** Charts and lists of a page are there when nothing says it is loading; live streams never end, so silence is no sign. */
const BUSY = '[aria-busy="true"]';

let workspace: OwnWorkspace;
let memoryId = "";
let cycleId = "";
let entityId = "";

/** What the browser says of things that the page's policy did not let it do. */
function refusedByPolicy(page: Page): string[] {
  const refused: string[] = [];
  page.on("console", (message) => {
    if (/content security policy/iu.test(message.text())) refused.push(message.text());
  });
  return refused;
}

test.describe.configure({ mode: "serial", timeout: 60_000 });

test.beforeAll(async ({ request }) => {
  workspace = await ownWorkspace(request, "Tidepool team");
  const data = await readFile("public/sample/notes.ndjson");
  await ask(request, workspace, { method: "POST", path: "/import?format=ndjson", data });
  memoryId = await useAndJudge(request);
  cycleId = await improve(request);
  const found = await ask(request, workspace, { method: "GET", path: "/entities?q=noor&limit=1" });
  entityId = String(found.items[0].id);
});

for (const theme of themes) {
  for (const [name, path] of Object.entries(pages)) {
    test(`${name} has no accessibility violation in the ${theme} theme`, async ({ page, context }) => {
      const refused = refusedByPolicy(page);
      await signIn(context, workspace);
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await page.goto(
        path.replace("{id}", memoryId).replace("{cycle}", cycleId).replace("{entity}", entityId),
      );
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator(BUSY)).toHaveCount(0);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
      expect(refused).toEqual([]);
      if (process.env["UPDATE_SCREENSHOTS"] === "1") {
        await page.mouse.move(0, 0);
        const picture = await page.screenshot({ path: `docs/screenshots/${name}-${theme}.png` });
        const guided = theme === "light" ? guidePictures[name] : undefined;
        if (guided !== undefined) await writeFile(`public/guide/${guided}.png`, picture);
      }
    });
  }
}

test("a page runs no script that its own answer did not bring, and each answer's nonce is new", async ({
  page,
  request,
}) => {
  const policyOf = async () => (await request.get("/login")).headers()["content-security-policy"] ?? "";
  const nonceOf = (policy: string) => /'nonce-([^']+)'/u.exec(policy)?.[1];
  const [first, second] = [await policyOf(), await policyOf()];
  expect(nonceOf(first)).toBeDefined();
  expect(nonceOf(first)).not.toBe(nonceOf(second));
  expect(/script-src [^;]*/u.exec(first)?.[0]).not.toContain("unsafe-inline");
  expect(first).toContain("frame-ancestors 'none'");
  await page.goto("/login");
  const refused = refusedByPolicy(page);
  await page.evaluate(() => {
    const holder = document.createElement("div");
    holder.innerHTML = "<img src='/nothing' onerror='document.title = `taken over`'>";
    document.body.append(holder);
  });
  await expect.poll(() => refused.length).toBeGreaterThan(0);
  await expect(page).not.toHaveTitle("taken over");
});

test("the sign-in page has no accessibility violation in either theme", async ({ page }) => {
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await page.goto("/login");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  }
});

/** Uses the store as its people would, so that every page has something to show; gives a memory that moved. */
async function useAndJudge(request: APIRequestContext): Promise<string> {
  const post = (path: string, data: unknown) => ask(request, workspace, { method: "POST", path, data });
  const judge = async (query: string, verdict: string) => {
    const { retrievalId, results } = await post("/recall", { query, limit: 5 });
    const ids: readonly string[] = results.map((result: { memory: { id: string } }) => result.memory.id);
    const signal = await post("/signals", { retrievalId, memories: [{ memoryId: ids[0], verdict }] });
    return { ids, changeId: String(signal.changes[0]?.id) };
  };
  const { ids } = await judge("Does Noor have an allergy?", "helpful");
  await judge("Does Noor have an allergy?", "helpful");
  const slip = await judge("Does Noor have an allergy?", "harmful");
  await post("/reverts", { changeIds: [slip.changeId], reason: "A slip of the finger" });
  await judge("Where are the servers?", "helpful");
  await judge("When are releases allowed?", "outdated");
  const failed = await post("/recall", { query: "Who designs?", limit: 5 });
  await post("/signals", {
    retrievalId: failed.retrievalId,
    outcome: -1,
    used: [failed.results[0]?.memory.id],
  });
  const coffee = await post("/recall", { query: "How does Noor drink coffee?", limit: 2 });
  await post("/signals", { retrievalId: coffee.retrievalId, outcome: 1 });
  await post("/merges", {
    sources: coffee.results.map((result: { memory: { id: string } }) => result.memory.id),
  });
  return ids[0] ?? "";
}

/** A cycle that leaves something to a person, and an earlier one that was only tried. */
async function improve(request: APIRequestContext): Promise<string> {
  const send = (method: "POST" | "PATCH", path: string, data: unknown) =>
    ask(request, workspace, { method, path, data });
  for (const content of [...PAIRS.flat(), ...LOOKALIKES]) await send("POST", "/memories", { content });
  await send("PATCH", "/parameters/cycle.bound.status", { value: 1 });
  await send("POST", "/cycles", { dryRun: true });
  const { cycle } = await send("POST", "/cycles", {});
  expect(cycle.waiting).toBeGreaterThan(0);
  return String(cycle.id);
}
