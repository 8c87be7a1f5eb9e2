import { pagesOf, type PageName } from "@/scripts/page-list";
import { expect, test } from "@/tests/support/browser-test";
import { hardToHit } from "@/tests/support/hard-to-hit";
import { sampleInUse } from "@/tests/support/sample-in-use";
import { ownWorkspace, signIn, type OwnWorkspace } from "@/tests/support/signed-in";

/** If this broke, a page would have to be pushed to and fro on a telephone to be read, or a finger would press what is beside. */
const WIDTH = 390;

const softly = expect.configure({ soft: true });

let workspace: OwnWorkspace;
let pages: Readonly<Record<PageName, string>>;

test.use({ viewport: { width: WIDTH, height: 844 }, hasTouch: true, reducedMotion: "reduce" });
test.setTimeout(150_000);

test.beforeAll(async ({ request }) => {
  workspace = await ownWorkspace(request, "Narrow");
  pages = pagesOf(await sampleInUse(request, workspace));
});

test("no page scrolls sideways on a narrow screen, and a finger hits what it means to", async ({
  page,
  context,
}) => {
  await signIn(context, workspace);
  for (const [name, path] of Object.entries(pages)) {
    await test.step(name, async () => {
      await page.goto(path);
      await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
      // Until it settles: on a busy machine a page with charts was seen too wide once, and has not been since.
      const width = () => page.evaluate(() => document.documentElement.scrollWidth);
      await softly.poll(width, `${name} is wider than its screen`).toBeLessThanOrEqual(WIDTH);
      expect.soft(await hardToHit(page), `${name} has what a finger misses`).toEqual([]);
    });
  }
});
