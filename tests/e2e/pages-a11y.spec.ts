import { writeFile } from "node:fs/promises";

import { expect, test, type Page } from "@/tests/support/browser-test";

import { pageNames, pagesOf, type PageName } from "@/scripts/page-list";
import { violationsOf } from "@/tests/support/accessibility";
import { drawAll } from "@/tests/support/draw-all";
import { sampleInUse } from "@/tests/support/sample-in-use";
import { ownWorkspace, signIn, type OwnWorkspace } from "@/tests/support/signed-in";

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
let pages: Readonly<Record<PageName, string>>;

/** What the browser says of things that the page's policy did not let it do, and what the page's own code threw. */
function faultsOf(page: Page): string[] {
  const faults: string[] = [];
  page.on("console", (message) => {
    if (/content security policy/iu.test(message.text())) faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(error.message));
  return faults;
}

test.describe.configure({ mode: "serial", timeout: 60_000 });

test.beforeAll(async ({ request }) => {
  workspace = await ownWorkspace(request, "Tidepool team");
  pages = pagesOf(await sampleInUse(request, workspace));
});

for (const name of pageNames) {
  test(`${name} has no accessibility violation in either theme`, async ({ page, context }) => {
    const faults = faultsOf(page);
    await signIn(context, workspace);
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      // The second theme is the open page's answer to its system's change, as it happens at nightfall.
      if (theme === themes[0]) await page.goto(pages[name]);
      await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator(BUSY)).toHaveCount(0);
      await drawAll(page);
      expect(await violationsOf(page), `in the ${theme} theme`).toEqual([]);
      if (process.env["UPDATE_SCREENSHOTS"] === "1") await keepPicture(page, name, theme);
    }
    expect(faults).toEqual([]);
  });
}

async function keepPicture(page: Page, name: PageName, theme: (typeof themes)[number]): Promise<void> {
  await page.mouse.move(0, 0);
  const picture = await page.screenshot({ path: `docs/screenshots/${name}-${theme}.png` });
  const guided = theme === "light" ? guidePictures[name] : undefined;
  if (guided !== undefined) await writeFile(`public/guide/${guided}.png`, picture);
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
  const faults = faultsOf(page);
  await page.evaluate(() => {
    const holder = document.createElement("div");
    holder.innerHTML = "<img src='/nothing' onerror='document.title = `taken over`'>";
    document.body.append(holder);
  });
  await expect.poll(() => faults.length).toBeGreaterThan(0);
  await expect(page).not.toHaveTitle("taken over");
});

test("the sign-in page has no accessibility violation in either theme", async ({ page }) => {
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await page.goto("/login");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect(await violationsOf(page)).toEqual([]);
  }
});
